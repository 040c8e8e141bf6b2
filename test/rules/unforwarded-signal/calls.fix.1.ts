import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { load, odd, query, read, rows, send, sleep } from './lib';

export async function optionsAbsent(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal });
  return response.text();
}

export async function optionsPresent(url: string, signal: AbortSignal): Promise<Response> {
  return fetch(url, { method: 'POST', signal });
}

export async function optionsOnLines(url: string, signal: AbortSignal): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { accept: 'text/plain' },
    signal,
  });
}

export async function optionsEmpty(id: string, signal: AbortSignal): Promise<string> {
  return await load(id, { signal });
}

export async function optionsSpread(id: string, base: { readonly depth: number }, signal: AbortSignal): Promise<string> {
  return await load(id, { ...base, signal });
}

export async function otherName(text: string, signal: AbortSignal): Promise<void> {
  await send(text, { abortSignal: signal });
}

export async function anyName(id: string, signal: AbortSignal): Promise<void> {
  await odd(id, { stopWhen: signal });
}

export async function positional(signal: AbortSignal): Promise<void> {
  await sleep(100, signal);
}

export async function positionalWithGap(signal: AbortSignal): Promise<string> {
  return await query('select 1', undefined, signal);
}

export async function overload(path: string, signal: AbortSignal): Promise<string> {
  return await read(path, { signal });
}

export async function fromOptions(url: string, options: { readonly signal?: AbortSignal; readonly retries: number }) {
  console.log(options.retries);
  return await fetch(url, { signal: options.signal });
}

export async function fromOptionalOptions(url: string, options?: { readonly signal?: AbortSignal }) {
  console.log(options);
  return await fetch(url, { signal: options?.signal });
}

export async function destructured(id: string, { signal, depth }: { signal: AbortSignal; depth: number }) {
  return await load(id, { depth, signal });
}

export async function nodeFunctions(emitter: import('node:events').EventEmitter, signal: AbortSignal) {
  await wait(10, undefined, { signal });
  await once(emitter, 'ready', { signal });
}

export async function iterated(signal: AbortSignal): Promise<void> {
  for await (const row of rows('users', { signal })) console.log(row);
}

export async function inCallbacks(ids: readonly string[], signal: AbortSignal): Promise<string[]> {
  return await Promise.all(ids.map(async (id) => await load(id, { signal })));
}

export async function inLocalFunction(id: string, signal: AbortSignal): Promise<string> {
  const attempt = async (): Promise<string> => await load(id, { signal });
  return await attempt();
}

export async function combined(url: string, signal: AbortSignal): Promise<Response> {
  const both = AbortSignal.any([signal, AbortSignal.timeout(1000)]);
  console.log(both.aborted);
  return await fetch(url, { signal: both });
}

export async function request(url: string, signal: AbortSignal): Promise<Response> {
  return await fetch(new Request(url, { method: 'POST', signal }));
}

export class Client {
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  async get(url: string): Promise<Response> {
    console.log(this.#signal.aborted);
    return await fetch(url, { signal: this.#signal });
  }
}

export async function iteratedLater(signal: AbortSignal): Promise<void> {
  const all = rows('users', { signal });
  for await (const row of all) console.log(row);
}

export function handedOn(id: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    load(id, { signal }).then(resolve, reject);
  });
}
