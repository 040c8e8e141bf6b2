import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { load, odd, query, read, rows, send, sleep } from './lib';

export async function optionsAbsent(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url);
//                       ^^^^^ unforwarded-signal unforwarded
//                       related calls.ts:5 "the signal comes from here"
  return response.text();
}

export async function optionsPresent(url: string, signal: AbortSignal): Promise<Response> {
  return fetch(url, { method: 'POST' });
//       ^^^^^ unforwarded-signal unforwarded
//       related calls.ts:12 "the signal comes from here"
}

export async function optionsOnLines(url: string, signal: AbortSignal): Promise<Response> {
  return fetch(url, {
//       ^^^^^ unforwarded-signal unforwarded
//       related calls.ts:18 "the signal comes from here"
    method: 'POST',
    headers: { accept: 'text/plain' },
  });
}

export async function optionsEmpty(id: string, signal: AbortSignal): Promise<string> {
  return await load(id, {});
//             ^^^^ unforwarded-signal unforwarded
//             related calls.ts:27 "the signal comes from here"
}

export async function optionsSpread(id: string, base: { readonly depth: number }, signal: AbortSignal): Promise<string> {
  return await load(id, { ...base });
//             ^^^^ unforwarded-signal unforwarded
//             related calls.ts:33 "the signal comes from here"
}

export async function otherName(text: string, signal: AbortSignal): Promise<void> {
  await send(text);
//      ^^^^ unforwarded-signal unforwarded
//      related calls.ts:39 "the signal comes from here"
}

export async function anyName(id: string, signal: AbortSignal): Promise<void> {
  await odd(id);
//      ^^^ unforwarded-signal unforwarded
//      related calls.ts:45 "the signal comes from here"
}

export async function positional(signal: AbortSignal): Promise<void> {
  await sleep(100);
//      ^^^^^ unforwarded-signal unforwarded
//      related calls.ts:51 "the signal comes from here"
}

export async function positionalWithGap(signal: AbortSignal): Promise<string> {
  return await query('select 1');
//             ^^^^^ unforwarded-signal unforwarded
//             related calls.ts:57 "the signal comes from here"
}

export async function overload(path: string, signal: AbortSignal): Promise<string> {
  return await read(path);
//             ^^^^ unforwarded-signal unforwarded
//             related calls.ts:63 "the signal comes from here"
}

export async function fromOptions(url: string, options: { readonly signal?: AbortSignal; readonly retries: number }) {
  console.log(options.retries);
  return await fetch(url);
//             ^^^^^ unforwarded-signal unforwarded
//             related calls.ts:69 "the signal comes from here"
}

export async function fromOptionalOptions(url: string, options?: { readonly signal?: AbortSignal }) {
  console.log(options);
  return await fetch(url);
//             ^^^^^ unforwarded-signal unforwarded
//             related calls.ts:76 "the signal comes from here"
}

export async function destructured(id: string, { signal, depth }: { signal: AbortSignal; depth: number }) {
  return await load(id, { depth });
//             ^^^^ unforwarded-signal unforwarded
//             related calls.ts:83 "the signal comes from here"
}

export async function nodeFunctions(emitter: import('node:events').EventEmitter, signal: AbortSignal) {
  await wait(10);
//      ^^^^ unforwarded-signal unforwarded
//      related calls.ts:89 "the signal comes from here"
  await once(emitter, 'ready');
//      ^^^^ unforwarded-signal unforwarded
//      related calls.ts:89 "the signal comes from here"
}

export async function iterated(signal: AbortSignal): Promise<void> {
  for await (const row of rows('users')) console.log(row);
//                        ^^^^ unforwarded-signal unforwarded
//                        related calls.ts:98 "the signal comes from here"
}

export async function inCallbacks(ids: readonly string[], signal: AbortSignal): Promise<string[]> {
  return await Promise.all(ids.map(async (id) => await load(id)));
//                                                     ^^^^ unforwarded-signal unforwarded
//                                                     related calls.ts:104 "the signal comes from here"
}

export async function inLocalFunction(id: string, signal: AbortSignal): Promise<string> {
  const attempt = async (): Promise<string> => await load(id);
//                                                   ^^^^ unforwarded-signal unforwarded
//                                                   related calls.ts:110 "the signal comes from here"
  return await attempt();
}

export async function combined(url: string, signal: AbortSignal): Promise<Response> {
  const both = AbortSignal.any([signal, AbortSignal.timeout(1000)]);
  console.log(both.aborted);
  return await fetch(url);
//             ^^^^^ unforwarded-signal unforwarded
//             related calls.ts:118 "the signal comes from here"
}

export async function request(url: string, signal: AbortSignal): Promise<Response> {
  return await fetch(new Request(url, { method: 'POST' }));
//                       ^^^^^^^ unforwarded-signal unforwarded
//                       related calls.ts:125 "the signal comes from here"
}

export class Client {
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  async get(url: string): Promise<Response> {
    console.log(this.#signal.aborted);
    return await fetch(url);
//               ^^^^^ unforwarded-signal unforwarded
//               related calls.ts:132 "the signal comes from here"
  }
}

export async function iteratedLater(signal: AbortSignal): Promise<void> {
  const all = rows('users');
//            ^^^^ unforwarded-signal unforwarded
//            related calls.ts:146 "the signal comes from here"
  for await (const row of all) console.log(row);
}

export function handedOn(id: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    load(id).then(resolve, reject);
//  ^^^^ unforwarded-signal unforwarded
//  related calls.ts:153 "the signal comes from here"
  });
}
