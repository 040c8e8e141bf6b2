import { appendFile, readFile } from 'node:fs/promises';

// The rounds write what they read.
export async function appended(rows: readonly string[]): Promise<number> {
  let size = 0;
  for (const row of rows) {
    const text = await readFile('log.txt', 'utf8');
    await appendFile('log.txt', row);
    size += text.length;
  }
  return size;
}
