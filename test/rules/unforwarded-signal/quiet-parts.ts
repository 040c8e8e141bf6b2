import { load, sleep } from './lib';

declare function omit(value: object, names: readonly string[]): object;
declare function raceSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T>;

/** What was made of the options is spread, and brings their signal along. */
export async function mostOfIt(url: string, init?: RequestInit): Promise<Response> {
  const others = omit(init ?? {}, ['headers']);
  return await fetch(url, { redirect: 'follow', ...others });
}

export async function theRest(url: string, init: RequestInit & { readonly depth?: number }): Promise<Response> {
  const { depth, ...others } = init;
  console.log(depth);
  return await fetch(url, { ...others });
}

/** Whoever waits for it stops waiting when another signal says so. */
export class Puller {
  readonly #ending = new AbortController();

  async pull(id: string, options: { readonly signal?: AbortSignal } = {}): Promise<string> {
    await raceSignal(sleep(1000), this.#ending.signal);
    return await load(id, options);
  }
}

/** What has the signal knows it by itself. */
export class Manager {
  readonly signal: AbortSignal | undefined;
  readonly #stopping = new AbortController();

  async find(id: string, options: { readonly signal?: AbortSignal } = {}): Promise<string> {
    return await load(id, { signal: options.signal ?? this.signal ?? this.#stopping.signal });
  }

  async first(ids: readonly string[]): Promise<string | undefined> {
    const [id] = ids;
    return id === undefined ? undefined : await this.find(id);
  }
}

export async function firstOf(manager: Manager, id: string): Promise<string> {
  return await manager.find(id);
}

/** A field that holds the controller of one operation, or none, says nothing of the others. */
export class Operations {
  #current: AbortController | undefined;

  async start(id: string): Promise<string> {
    this.#current?.abort();
    const current = new AbortController();
    this.#current = current;
    return await load(id, { signal: current.signal });
  }

  isRunning(): boolean {
    return this.#current !== undefined && !this.#current.signal.aborted;
  }

  async other(id: string): Promise<string> {
    return await load(id);
  }
}

declare function withTimeout(signal?: AbortSignal): { readonly linked: AbortController };

/** The signal that will be is not there yet; and whoever asks in the next line knows that the wait goes on. */
export async function before(id: string, signal?: AbortSignal): Promise<string> {
  const first = await load(id);
  signal?.throwIfAborted();
  const { linked } = withTimeout(signal);
  return first + (await load(id, { signal: linked.signal }));
}
