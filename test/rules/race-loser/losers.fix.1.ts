import { once, type EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { search, sleep } from './lib.ts';

export async function limited(text: string): Promise<string[]> {
  const controller = new AbortController();
  const found = await Promise.race([search(text, { signal: controller.signal }), sleep(5000).then(() => [])]).finally(() => controller.abort());
  return found;
}

export async function limitedFetch(url: string): Promise<Response> {
  return Promise.race([
    fetch(url, { method: 'POST' }),
    sleep(5000).then(() => {
      throw new Error('too late');
    }),
  ]);
}

export async function openOrFail(emitter: EventEmitter): Promise<void> {
  const controller = new AbortController();
  const opened = once(emitter, 'open', { signal: controller.signal });
  await Promise.race([opened, once(emitter, 'close', { signal: controller.signal })]).finally(() => controller.abort());
}

export async function timed(work: Promise<string[]>): Promise<string[] | undefined> {
  const controller = new AbortController();
  return Promise.race([work, wait(1000, undefined, { signal: controller.signal })]).finally(() => controller.abort()).then((value) => value ?? undefined);
}

export async function chained(text: string): Promise<string[]> {
  const controller = new AbortController();
  return Promise.race([
    search(text, { signal: controller.signal }).then((found) => found.toSorted()),
    sleep(5000).then(() => []),
  ]).finally(() => controller.abort());
}
