// @options {"threading": false}
export async function turn(url: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  return await page(url);
//             ^^^^ unforwarded-signal unthreaded
//             related threading-known.ts:10 "could take a signal here"
}

async function page(url: string): Promise<string> {
  const response = await fetch(url);
  return await response.text();
}
