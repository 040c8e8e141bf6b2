async function read(url: string): Promise<string> {
  try {
    const response = await fetch(url);
    return await response.text();
  } catch {
    return '';
  }
}

// Each handles its own failure, in the function that is named.
export async function report(services: readonly string[]): Promise<void> {
  const states = await Promise.all(services.map(read));
  for (const [index, state] of states.entries()) console.log(services[index], state);
}

export async function joined(urls: readonly string[]): Promise<string> {
  const parts = await Promise.all(urls.map((url) => fetch(url)));
  return `${parts.length} parts`;
}
