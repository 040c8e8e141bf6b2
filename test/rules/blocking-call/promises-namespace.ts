import * as fs from 'fs';

export async function read(path: string): Promise<string> {
  await fs.promises.access(path);
  return fs.readFileSync(path, 'utf8').trim();
//          ^^^^^^^^^^^^ blocking-call async
}
