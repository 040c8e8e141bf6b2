import * as fs from 'fs';

export async function read(path: string): Promise<string> {
  await fs.promises.access(path);
  return (await fs.promises.readFile(path, 'utf8')).trim();
}
