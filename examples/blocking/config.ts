import { readFileSync } from 'node:fs';

export async function readConfig(path: string): Promise<unknown> {
  return JSON.parse(readFileSync(path, 'utf8'));
}
