import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { writeFile } from 'node:fs/promises';
import { closeAll, load, logger, plain, sleep } from './lib';

export async function passed(url: string, signal: AbortSignal): Promise<Response> {
  return await fetch(url, { signal });
}

export async function passedWhole(id: string, options: { readonly signal?: AbortSignal }): Promise<string> {
  return await load(id, options);
}

export async function passedBySpread(id: string, options: { readonly signal?: AbortSignal }): Promise<string> {
  return await load(id, { ...options, depth: 2 });
}

export async function takesNone(id: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  return await plain(id);
}

/** Its own controller: another signal is passed on purpose. */
export async function ownController(url: string, signal: AbortSignal): Promise<Response> {
  const controller = new AbortController();
  signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
  return await fetch(url, { signal: controller.signal });
}

export async function joined(url: string, signal: AbortSignal): Promise<Response> {
  return await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(1000)]) });
}

export async function cleaningUp(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } finally {
    await closeAll();
  }
}

export async function close(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await closeAll();
}

export async function logging(id: string, signal: AbortSignal): Promise<string> {
  await logger.info(id);
  return await load(id, { signal });
}

export async function afterAbort(id: string, signal: AbortSignal): Promise<string | undefined> {
  if (signal.aborted) {
    await sleep(10);
    return undefined;
  }
  return await load(id, { signal });
}

export async function inTheBackground(id: string, signal: AbortSignal): Promise<string> {
  void sleep(1000).catch(() => {});
  return await load(id, { signal });
}

/** What is kept for later runs after the work that the signal was for. */
export function handlers(signal: AbortSignal): { readonly refresh: (id: string) => Promise<string> } {
  signal.throwIfAborted();
  return { refresh: async (id) => await load(id) };
}

export function listens(signal: AbortSignal, target: EventTarget): void {
  target.addEventListener('click', async () => {
    console.log(await load('1'));
  });
  signal.addEventListener('abort', async () => await sleep(10), { once: true });
}

export async function noSignal(id: string): Promise<string> {
  return await load(id);
}

/** A timeout for one call is nobody else's business. */
export async function ownTimeout(url: string): Promise<string> {
  const signal = AbortSignal.timeout(1000);
  const response = await fetch(url, { signal });
  return await load(await response.text());
}

/** Whoever writes an underscore knows of it. */
export async function unused(id: string, _signal: AbortSignal): Promise<string> {
  return await load(id);
}

export async function byController(url: string, signal: AbortSignal, controller: AbortController): Promise<Response> {
  return await fetch(url, { signal: controller.signal ?? signal });
}

/** Others wait for the promise that is kept. */
export class Cache {
  #loading: Promise<string> | undefined;

  async get(id: string, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    this.#loading ??= load(id);
    return await this.#loading;
  }
}

export async function commented(id: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  // Not given the signal: it has to be finished once it has begun.
  return await load(id);
}

/** It deals with the abort by itself. */
export async function listensItself(id: string, signal: AbortSignal): Promise<string> {
  const stopped = new Promise<string>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return await Promise.race([load(id), stopped]);
}

/** Half a file is worse than none. */
export async function writes(path: string, text: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await writeFile(path, text);
}

export async function otherBranch(id: string, stop: AbortController | undefined, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  return await (stop ? load(id, { signal: stop.signal }) : load(id));
}

/** Elements of a list are no options. */
export class Listeners {
  readonly #all: { readonly signal: AbortSignal; readonly work: () => void }[] = [];

  clear(): void {
    for (const { signal, work } of this.#all.splice(0)) signal.removeEventListener('abort', work);
  }
}

/** What is made of a stream ends with it. */
export async function lines(source: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  for await (const line of createInterface({ input: Readable.from(source) })) console.log(line);
}

const pollMs = 25;

// The next round begins in a moment, and looks at the signal itself.
export async function shortPolls(isFree: () => boolean, signal: AbortSignal): Promise<void> {
  while (!isFree()) {
    signal.throwIfAborted();
    await sleep(pollMs);
  }
}

export async function shortPollsOf(isFree: () => boolean, everyMs = 20, signal?: AbortSignal): Promise<void> {
  while (!isFree()) {
    if (signal?.aborted === true) return;
    await sleep(everyMs);
  }
}
