import { load, quiet } from './lib.ts';

export async function neverRead(id: string): Promise<void> {
  const user = load(id);
//      ^^^^ unused-promise neverUsed
//      related lib.ts:6 "can throw here"
}

export function neverReadInSync(id: string): void {
  const user = load(id);
//      ^^^^ unused-promise neverUsed
//      related lib.ts:6 "can throw here"
}

export async function onlyCompared(id: string, other: unknown): Promise<void> {
  const user = load(id);
//      ^^^^ unused-promise onlyLookedAt
//      related lib.ts:6 "can throw here"
  if (user === other) return;
}

export async function harmless(): Promise<void> {
  const done = quiet();
//      ^^^^ unused-promise unordered
}

export async function list(ids: readonly string[]): Promise<void> {
  const users = ids.map((id) => load(id));
//      ^^^^^ unused-promise neverUsed
}

export function created(): void {
  const waiting = new Promise<void>((resolve, reject) => {
//      ^^^^^^^ unused-promise neverUsed
    setTimeout(() => (Math.random() < 0.5 ? resolve() : reject(new Error('Too late.'))), 1);
  });
}

export class Store {
  readonly #ready = load('store');
//         ^^^^^^ unused-promise field
//         related lib.ts:6 "can throw here"
  private readonly known = load('known');
//                 ^^^^^ unused-promise field
//                 related lib.ts:6 "can throw here"
  private later: Promise<unknown> | undefined;

  start(): void {
    this.later = load('later');
//       ^^^^^ unused-promise field
//       related lib.ts:6 "can throw here"
  }
}

/** A list that nobody reads. */
export async function crawl(urls: readonly string[]): Promise<number> {
  const pending: Promise<unknown>[] = [];
//      ^^^^^^^ unused-promise collected
//      related never.ts:61 "is put into it here"
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
//       ^^^^^^^ unused-promise deferred
//       related never.ts:77 "rejects it"
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
