import { readFile } from 'node:fs/promises';

// An error in an async executor is lost: the promise waits for ever.
export function readConfig(path: string) {
  return new Promise<unknown>(async (resolve) => {
    const text = await readFile(path, 'utf8');
    resolve(JSON.parse(text));
  });
}

// Nothing to wait for, and yet a turn later.
export async function nameLength(name: string) {
  return await name.length;
}
