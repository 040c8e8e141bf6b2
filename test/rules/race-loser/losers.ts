import { once, type EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { search, sleep } from './lib.ts';

export async function limited(text: string): Promise<string[]> {
  const found = await Promise.race([search(text), sleep(5000).then(() => [])]);
//                                  ^^^^^^ race-loser loser
  return found;
}

export async function limitedFetch(url: string): Promise<Response> {
  return Promise.race([
    fetch(url, { method: 'POST' }),
//  ^^^^^ race-loser loser
    sleep(5000).then(() => {
      throw new Error('too late');
    }),
  ]);
}

export async function openOrFail(emitter: EventEmitter): Promise<void> {
  const opened = once(emitter, 'open');
//               ^^^^ race-loser loser
//               related losers.ts:25 "goes on too when it has lost"
  await Promise.race([opened, once(emitter, 'close')]);
}

export async function timed(work: Promise<string[]>): Promise<string[] | undefined> {
  return Promise.race([work, wait(1000)]).then((value) => value ?? undefined);
//                           ^^^^ race-loser loser
}

export async function chained(text: string): Promise<string[]> {
  return Promise.race([
    search(text).then((found) => found.toSorted()),
//  ^^^^^^ race-loser loser
    sleep(5000).then(() => []),
  ]);
}
