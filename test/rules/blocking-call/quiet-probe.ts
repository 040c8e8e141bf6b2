import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** One probe beside asynchronous work is no reason to wait. */
export async function readIfThere(path: string) {
  if (!existsSync(path)) return '';
  return readFile(path, 'utf8');
}
