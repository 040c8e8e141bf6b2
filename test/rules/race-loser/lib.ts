export interface Options {
  readonly signal?: AbortSignal;
}
export async function search(text: string, options: Options = {}): Promise<string[]> {
  const response = await fetch(`https://example.org/?q=${text}`, { signal: options.signal ?? null });
  return (await response.json()) as string[];
}
export async function compute(text: string): Promise<string[]> {
  await Promise.resolve();
  return [text];
}
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
