// @options {"threading": false}
export async function turn(url: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  return await page(url);
}

async function page(url: string): Promise<string> {
  const response = await fetch(url);
  return await response.text();
}
