import { readFileSync as slurp } from 'node:fs';
import * as fs from 'node:fs';

// The twin has the name of the function around it.
export async function readFile(path: string): Promise<string> {
  return slurp(path, 'utf8');
//       ^^^^^ blocking-call async
}

export async function indirect(path: string): Promise<void> {
  fs.writeFileSync.call(fs, path, '');
//   ^^^^^^^^^^^^^ blocking-call async
  fs.rmSync.apply(fs, [path]);
//   ^^^^^^ blocking-call async
}

export async function optional(path: string): Promise<void> {
  (fs.mkdirSync)(path);
//    ^^^^^^^^^ blocking-call async
  fs?.rmdirSync(path);
//    ^^^^^^^^^ blocking-call async
}
