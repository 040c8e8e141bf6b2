import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** The pipeline ends all of its streams. */
export async function copy(from: string, to: string, signal: AbortSignal): Promise<void> {
  await pipeline(createReadStream(from), createWriteStream(to), { signal });
}

export async function kept(from: string, to: string, signal: AbortSignal): Promise<void> {
  const source = createReadStream(from);
  await pipeline(source, createWriteStream(to), { signal });
}

interface Options {
  readonly cwd?: string;
  readonly signal?: AbortSignal;
}

/** Where nobody gave any options there is no signal either. */
export function start(command: string, options?: Options): unknown {
  return options === undefined ? spawn(command) : spawn(command, [], options);
}

export async function load(url: string, signal?: AbortSignal): Promise<Response> {
  if (!signal) return await fetch(url);
  return await fetch(url, { signal });
}

/** A controller that was handed out is the affair of whoever has it. */
export function handedOut(url: string): { readonly controller: AbortController; readonly response: Promise<Response> } {
  const controller = new AbortController();
  return { controller, response: fetch(url) };
}

/** Somebody has the signal; the other call is to go on. */
export async function one(url: string, close: (end: () => void) => void): Promise<Response> {
  const controller = new AbortController();
  close(() => controller.abort());
  await fetch(`${url}/first`, { signal: controller.signal });
  return await fetch(url);
}

/** The abort ends the wait, and the stream behind it. */
export async function first(path: string, signal: AbortSignal): Promise<unknown> {
  const stream = createReadStream(path);
  try {
    const [chunk] = await once(stream, 'data', { signal });
    return chunk;
  } finally {
    stream.destroy();
  }
}
