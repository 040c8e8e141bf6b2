import { readFile as readFile2, rmdir } from 'node:fs/promises';
import * as fs from 'node:fs';
import { mkdir } from 'node:fs/promises';

// The twin has the name of the function around it.
export async function readFile(path: string): Promise<string> {
  return await readFile2(path, 'utf8');
}

export async function indirect(path: string): Promise<void> {
  fs.writeFileSync.call(fs, path, '');
  fs.rmSync.apply(fs, [path]);
}

export async function optional(path: string): Promise<void> {
  await (mkdir)(path);
  await rmdir(path);
}
