import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { readFile } from 'node:fs/promises';

// Whether anybody waits is for the callers to say, and they are not here.
export function load(path: string): string {
  return fs.readFileSync(path, 'utf8');
}

export function* walk(directory: string): Generator<string> {
  yield* fs.readdirSync(directory);
}

export async function token(path: string): Promise<string> {
  const salt = randomBytes(16).toString('hex');
  return salt + (await readFile(path, 'utf8'));
}

// Somebody else's function of the same name.
const local = { readFileSync: (path: string) => path, confirm: () => true };
const alert = (text: string): void => console.log(text);

export async function others(path: string): Promise<string> {
  if (local.confirm()) alert(path);
  return local.readFileSync(path);
}

export async function later(path: string): Promise<() => string> {
  return () => fs.readFileSync(path, 'utf8');
}

export async function asynchronousRequest(url: string): Promise<void> {
  const request = new XMLHttpRequest();
  request.open('GET', url, true);
  request.send();
}
