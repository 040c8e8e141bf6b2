// @path store.test.ts
import fs from 'node:fs';

export async function fixture(): Promise<string> {
  return fs.readFileSync('fixture.json', 'utf8');
}
