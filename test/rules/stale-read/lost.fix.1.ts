import { load, measure } from './lib';
import { Mutex } from 'async-mutex';

export class Meter {
  total = 0;
  count = 0;
  names: readonly string[] = [];

  async add(): Promise<void> {
    const awaited = await measure();
    this.total += awaited;
  }

  async increment(): Promise<void> {
    await measure();
    this.count = this.count + 1;
  }

  async name(key: string): Promise<void> {
    const awaited = await load(key);
    this.names = [...this.names, awaited];
  }
}

export let byKey: Readonly<Record<string, string>> = {};

export async function remember(key: string): Promise<void> {
  const awaited = await load(key);
  byKey = { ...byKey, [key]: awaited };
}

export const counts = new Map<string, number>();

export async function countUp(key: string): Promise<number | undefined> {
  await load(key);
  counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts.get(key);
}

export const numbers = { next: 1 };

const takeMutex = new Mutex();

export async function take(): Promise<number> {
  return takeMutex.runExclusive(async () => {
    const mine = numbers.next;
    await load(String(mine));
    numbers.next = mine + 1;
    return mine;
  });
}
