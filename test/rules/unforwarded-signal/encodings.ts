import { readFile } from 'node:fs/promises';

export async function read(path: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  return await readFile(path, 'utf8');
//             ^^^^^^^^ unforwarded-signal unforwarded
//             related encodings.ts:3 "the signal comes from here"
}
