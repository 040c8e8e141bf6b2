/** The inner loop runs more often: that is where to ask. */
export async function all(
  groups: readonly (readonly string[])[],
  work: (item: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  for (const group of groups) {
    for (const item of group) {
//  ^^^ unchecked-loop unchecked
//  related nested.ts:12 "waits here"
      await work(item);
    }
    await work('');
  }
}
