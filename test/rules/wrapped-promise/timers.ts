import { readFile } from 'node:fs/promises';

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
//                                   ^^^^^^^^^^^ wrapped-promise callback

export async function retry(path: string): Promise<string> {
  await new Promise<void>((resolve) => {
//      ^^^^^^^^^^^ wrapped-promise callback
    setTimeout(() => resolve(), 100);
  });
  return readFile(path, 'utf8');
}
