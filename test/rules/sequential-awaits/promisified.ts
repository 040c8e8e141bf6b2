import * as fs from 'node:fs';
import { promisify } from 'node:util';

const readdir = promisify(fs.readdir);

export async function both(from: string, to: string): Promise<string[]> {
  const before = await readdir(from);
  const after = await readdir(to);
//              ^^^^^ sequential-awaits pair
//              related promisified.ts:7 "waits for `before`"
  return [...before, ...after];
}
