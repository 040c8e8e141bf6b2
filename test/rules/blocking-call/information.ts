import fs from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const database = new DatabaseSync('items.db');

export async function count(): Promise<unknown> {
  return database.prepare('select count(*) from items').get();
//                                                      ^^^ blocking-call async
}

export async function anyOf(paths: string[]) {
  for (const path of paths) {
    if (fs.existsSync(path)) return path;
//         ^^^^^^^^^^ blocking-call async
  }
  return undefined;
}

export async function search(folder: string, depth: number): Promise<string[]> {
  if (depth < 0 || !fs.existsSync(folder)) return [];
//                     ^^^^^^^^^^ blocking-call async
  return search(`${folder}/..`, depth - 1);
}
