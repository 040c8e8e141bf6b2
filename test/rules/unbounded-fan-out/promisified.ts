import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A process for each file of a folder. */
export async function resizeAll(dir: string): Promise<void> {
  const files = (await readdir(dir)).filter((name) => /\.(?:png|jpg)$/.test(name));
  await Promise.all(files.map((file) => run('convert', [`${dir}/${file}`, '-resize', '50%'])));
//                        ^^^ unbounded-fan-out atOnce
}
