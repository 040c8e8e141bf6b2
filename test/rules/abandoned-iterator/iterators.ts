import { lines } from './lib.ts';

export async function first(path: string): Promise<string | undefined> {
  const iterator = lines(path)[Symbol.asyncIterator]();
  const { value } = await iterator.next();
//                                 ^^^^ abandoned-iterator byHand
  return value as string | undefined;
}

export async function until(path: string, isLast: (line: string) => boolean): Promise<void> {
  const iterator = lines(path)[Symbol.asyncIterator]();
  for (;;) {
    const result = await iterator.next();
//                                ^^^^ abandoned-iterator byHand
    if (result.done || isLast(result.value)) break;
    if (isLast('')) return;
  }
}

export async function all(path: string): Promise<string[]> {
  const found: string[] = [];
  const iterator = lines(path)[Symbol.asyncIterator]();
  for (let result = await iterator.next(); !result.done; result = await iterator.next()) found.push(result.value);
  return found;
}

export async function ended(path: string): Promise<unknown> {
  const iterator = lines(path)[Symbol.asyncIterator]();
  try {
    return (await iterator.next()).value;
  } finally {
    await iterator.return?.(undefined);
  }
}

export function handed(path: string): AsyncIterator<string> {
  const iterator = lines(path)[Symbol.asyncIterator]();
  void iterator.next();
  return iterator;
}
