import { execFile } from 'node:child_process';
import path from 'node:path';
import { root } from '../../../tools/lib/paths.mjs';

/** What the TypeScript compiler says about the project in `folder`, a line each; empty where it compiles. */
export function typeErrors(folder: string): Promise<readonly string[]> {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [tsc, '-p', folder], (error, stdout) => {
      if (error === null) return resolve([]);
      if (typeof error.code === 'number' && stdout !== '') return resolve(stdout.trim().split('\n'));
      reject(error);
    });
  });
}
