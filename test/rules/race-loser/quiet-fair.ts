import { once, type EventEmitter } from 'node:events';
import { compute, search, sleep } from './lib.ts';

export async function aborted(text: string): Promise<string[]> {
  const controller = new AbortController();
  try {
    return await Promise.race([search(text, { signal: controller.signal }), sleep(5000).then(() => [])]);
  } finally {
    controller.abort();
  }
}

// Whoever has a signal at hand passes that one on, which is another rule's finding.
export async function withSignal(text: string, signal: AbortSignal): Promise<string[]> {
  return Promise.race([search(text), sleep(5000).then(() => (signal.aborted ? [] : ['late']))]);
}

// Nothing here could be told to stop.
export async function deaf(text: string): Promise<string[]> {
  return Promise.race([compute(text), sleep(5000).then(() => [])]);
}

// The one that comes later is used too.
export async function bothUsed(text: string): Promise<string[]> {
  const found = search(text);
  const early = await Promise.race([found, sleep(50).then(() => undefined)]);
  if (early) return early;
  console.log('still searching');
  return found;
}

export async function last(text: string): Promise<never> {
  await Promise.race([search(text), sleep(5000)]);
  process.exit(0);
}

// A pool of promises of which each is short-lived.
export async function pool(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const running = new Set<Promise<void>>();
  for (const task of tasks) {
    const promise: Promise<void> = task().finally(() => running.delete(promise));
    running.add(promise);
    if (running.size >= 4) await Promise.race(running);
  }
  while (running.size > 0) await Promise.race([...running]);
}

// A new promise for each round.
export async function renewed(next: () => Promise<string | undefined>, emitter: EventEmitter): Promise<void> {
  let closed = once(emitter, 'close', { signal: AbortSignal.timeout(1000) });
  while (await Promise.race([next(), closed])) {
    closed = once(emitter, 'close', { signal: AbortSignal.timeout(1000) });
  }
}

// The promise ends with the loop, which is as long as a list.
export async function each(urls: readonly string[], aborted: Promise<void>): Promise<void> {
  for (const url of urls) await Promise.race([compute(url), aborted]);
}

// A wait that a timer ends holds its handlers no longer than that.
export async function until(next: () => Promise<boolean>): Promise<void> {
  const late = sleep(5000);
  let isDone = false;
  while (!isDone) isDone = (await Promise.race([next(), late])) ?? true;
}

// Both end with the stream.
export async function write(chunks: AsyncIterable<string>, drained: () => Promise<void>): Promise<void> {
  const closed = compute('closed');
  for await (const chunk of chunks) if (chunk) await Promise.race([drained(), closed]);
}

// What a function makes for itself ends with it.
export async function candidates(read: () => Promise<string | undefined>): Promise<void> {
  const connected = Promise.withResolvers<undefined>();
  const opened = compute('opened');
  while (true) {
    if (!(await Promise.race([connected.promise, read()]))) break;
    if (!(await Promise.race([opened, read()]))) break;
  }
}

export class Service {
  // What loses here has little time left.
  async shutDown(text: string): Promise<void> {
    await Promise.race([search(text), sleep(2000)]);
  }
}
