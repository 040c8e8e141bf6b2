// @options {"late": true}
import { load, plain } from './lib.ts';

export async function read(id: string, options: { readonly signal?: AbortSignal }): Promise<{ text: string }> {
  const text = await plain(id);
  if (options.signal?.aborted) {
//                    ^^^^^^^ ignored-signal late
//                    related late.ts:5 "nothing stops this"
    throw new Error('aborted');
  }
  return { text };
}

// Spares the second wait.
export async function readBoth(id: string, signal: AbortSignal): Promise<string> {
  const text = await plain(id);
  if (signal.aborted) throw signal.reason;
  return plain(text);
}

// What is waited for is given it too.
export async function readPassed(id: string, signal: AbortSignal): Promise<string> {
  const text = await load(id, { signal });
  if (signal.aborted) throw signal.reason;
  return text;
}

// Looked at in time as well.
export async function readAsked(id: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const text = await plain(id);
  if (signal.aborted) throw signal.reason;
  return text;
}

const kept = new Map<string, string>();

// What follows is not to happen after an abort.
export async function readKept(id: string, signal: AbortSignal): Promise<string> {
  const text = await plain(id);
  if (signal.aborted) throw signal.reason;
  kept.set(id, text);
  return text;
}
