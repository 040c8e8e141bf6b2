import { lines } from './lib.ts';

export async function all(path: string): Promise<number> {
  let count = 0;
  for await (const line of lines(path)) count += line.length;
  const plain = [1, 2, 3][Symbol.iterator]();
  plain.next();
  return count;
}
