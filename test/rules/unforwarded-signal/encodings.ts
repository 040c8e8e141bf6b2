import { readFile } from 'node:fs/promises';

export async function read(path: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  return await readFile(path, 'utf8');
//             ^^^^^^^^ unforwarded-signal unforwarded
//             related encodings.ts:3 "the signal comes from here"
}

/** A condition on something else than the signal. */
export async function other(path: string, config: { readonly text?: string }, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  if (!config.text) return await readFile(path, 'utf8');
//                               ^^^^^^^^ unforwarded-signal unforwarded
//                               related encodings.ts:11 "the signal comes from here"
  return config.text;
}
