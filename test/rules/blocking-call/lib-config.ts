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

let last: string | undefined;
const texts = new Map<string, string>();

export function remembered(path: string): string {
  last = readConfig(path);
  return last;
}

export function stored(path: string): string {
  const known = texts.get(path);
  if (known) return known;
  return readConfig(path);
}

export function whenAsked(path: string, isWanted: boolean): string {
  return isWanted ? readConfig(path) : '';
}

export function isThere(path: string): boolean {
  return existsSync(path);
}

export async function readLater(path: string): Promise<string> {
  return readFile(path, 'utf8');
}
