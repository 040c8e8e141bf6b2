/** The loop has enough before the iterator has come to its end. */
export async function take<T>(source: AsyncIterable<T>, limit: number): Promise<T[]> {
  const taken: T[] = [];
  const iterator = source[Symbol.asyncIterator]();
  while (taken.length < limit) {
    const result = await iterator.next();
//                                ^^^^ abandoned-iterator byHand
    if (result.done) break;
    taken.push(result.value);
  }
  return taken;
}

/** Only its own end leaves the loop. */
export async function count<T>(source: AsyncIterable<T>): Promise<number> {
  const iterator = source[Symbol.asyncIterator]();
  let result = await iterator.next();
  let n = 0;
  while (!result.done) {
    n++;
    result = await iterator.next();
  }
  return n;
}
