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

// A map of all of them is one thing.
declare function fetched(url: string): Promise<string>;

export async function receipts(devices: readonly { readonly id: string; readonly url: string }[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const results = await Promise.all(devices.map((device) => fetched(device.url)));
  results.forEach((result, index) => found.set(devices[index]?.id ?? '', result));
  return found;
}

