import { load, quiet } from './lib.ts';

export async function neverRead(id: string): Promise<void> {
  const user = await load(id);
}

export async function neverReadInSync(id: string): Promise<void> {
  const user = await load(id);
}

export async function onlyCompared(id: string, other: unknown): Promise<void> {
  const user = await load(id);
  if (user === other) return;
}

export async function harmless(): Promise<void> {
  const done = await quiet();
}

export async function list(ids: readonly string[]): Promise<void> {
  const users = await Promise.all(ids.map((id) => load(id)));
}

export async function created(): Promise<void> {
  const waiting = await new Promise<void>((resolve, reject) => {
    setTimeout(() => (Math.random() < 0.5 ? resolve() : reject(new Error('Too late.'))), 1);
  });
}

export class Store {
  readonly #ready = load('store');
  private readonly known = load('known');
  private later: Promise<unknown> | undefined;

  start(): void {
    this.later = load('later');
  }
}

/** A list that nobody reads. */
export async function crawl(urls: readonly string[]): Promise<number> {
  const pending: Promise<unknown>[] = [];
  for (const url of urls) {
    pending.push(fetch(url));
  }
  return urls.length;
}

/** Whoever asks for the result handles its rejection, and nobody has to ask in time. */
export class Operation {
  readonly #result: Promise<string>;
  #resolve: ((value: string) => void) | undefined;
  #reject: ((error: unknown) => void) | undefined;

  constructor() {
    this.#result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  async result(): Promise<string> {
    return await this.#result;
  }

  finish(text: string): void {
    if (text === '') this.#reject?.(new Error('No text.'));
    else this.#resolve?.(text);
  }
}
