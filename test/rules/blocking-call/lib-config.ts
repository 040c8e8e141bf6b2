import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

export function readConfig(path: string): string {
  return readFileSync(path, 'utf8');
}

export function parse(text: string): unknown {
  return JSON.parse(text);
}

export function parsed(path: string): unknown {
  return parse(readConfig(path));
}

export function isThere(path: string): boolean {
  return existsSync(path);
}

export async function readLater(path: string): Promise<string> {
  return readFile(path, 'utf8');
}
