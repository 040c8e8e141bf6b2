export async function consume(
  source: AsyncIterable<string>,
  sink: (text: string) => Promise<void>,
  options: { readonly signal?: AbortSignal },
): Promise<void> {
  options.signal?.throwIfAborted();
  for await (const text of source) {
//^^^ unchecked-loop unchecked
// related iterated.ts:10 "waits here"
    await sink(text.trim());
  }
}
