import { readFileSync } from 'node:fs';

export async function readAll(paths: readonly string[]) {
  return paths.map((path) => readFileSync(path, 'utf8'));
}
