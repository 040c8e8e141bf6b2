export async function download(url: string): Promise<string> {
  const response = await fetch(url);
  return await response.text();
}

export async function first(urls: readonly string[], signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  return await download(urls[0] ?? '');
}
