import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

export async function importFile(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
//            ^^^^^ heavy-computation parsed
}

export async function importInSteps(path: string): Promise<unknown> {
  const bytes = await readFile(path);
  const text = bytes.toString('utf8');
  return JSON.parse(text);
//            ^^^^^ heavy-computation parsed
}

export async function digest(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
//   ^^^^^^ heavy-computation digested
    .digest('hex');
}

export async function digestAtOnce(path: string): Promise<unknown> {
  const hash = createHash('sha256');
  hash.update(await readFile(path));
//     ^^^^^^ heavy-computation digested
  return hash.digest('hex');
}

export class Digester {
  async digest(folder: string, name: string): Promise<string> {
    const path = `${folder}/${name}`;
    const bytes = await readFile(path);
    return createHash('sha256').update(bytes).digest('hex');
//                              ^^^^^^ heavy-computation digested
  }
}
