import { readFile } from 'node:fs/promises';

/** Fake timers do not know of the promise form. */
export async function later(): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 10));
  return readFile('a.txt', 'utf8');
}
