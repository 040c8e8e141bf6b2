import { load, measure } from './lib';
import { Mutex } from 'async-mutex';

export class Meter {
  total = 0;
  count = 0;
  names: readonly string[] = [];

  readonly #addMutex = new Mutex();

  async add(): Promise<void> {
    return this.#addMutex.runExclusive(async () => {
      this.total += await measure();
    });
  }

  readonly #incrementMutex = new Mutex();

  async increment(): Promise<void> {
    return this.#incrementMutex.runExclusive(async () => {
      const before = this.count;
      await measure();
      this.count = before + 1;
    });
  }

  readonly #nameMutex = new Mutex();

  async name(key: string): Promise<void> {
    return this.#nameMutex.runExclusive(async () => {
      this.names = [...this.names, await load(key)];
    });
  }
}

export let byKey: Readonly<Record<string, string>> = {};

const rememberMutex = new Mutex();

export async function remember(key: string): Promise<void> {
  return rememberMutex.runExclusive(async () => {
    byKey = { ...byKey, [key]: await load(key) };
  });
}

export const counts = new Map<string, number>();

const countUpMutex = new Mutex();

export async function countUp(key: string): Promise<number | undefined> {
  return countUpMutex.runExclusive(async () => {
    const before = counts.get(key) ?? 0;
    await load(key);
    counts.set(key, before + 1);
    return counts.get(key);
  });
}

export const numbers = { next: 1 };

export async function take(): Promise<number> {
  const mine = numbers.next;
  await load(String(mine));
  numbers.next = mine + 1;
  return mine;
}
