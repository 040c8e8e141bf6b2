import { load, measure } from './lib';

export class Meter {
  total = 0;
  count = 0;
  names: readonly string[] = [];

  async add(): Promise<void> {
    this.total += await measure();
//  ^^^^^^^^^^ stale-read lost
//  related lost.ts:9 "1 reads `this.total`"
//  related lost.ts:9 "2 waits here, and other tasks run"
//  related lost.ts:9 "3 another call writes `this.total`"
//  related lost.ts:9 "4 writes what it made of the old value"
  }

  async increment(): Promise<void> {
    const before = this.count;
    await measure();
    this.count = before + 1;
//  ^^^^^^^^^^ stale-read lost
//  related lost.ts:18 "1 reads `this.count`"
//  related lost.ts:19 "2 waits here, and other tasks run"
//  related lost.ts:20 "3 another call writes `this.count`"
//  related lost.ts:20 "4 writes what it made of the old value"
  }

  async name(key: string): Promise<void> {
    this.names = [...this.names, await load(key)];
//  ^^^^^^^^^^ stale-read lost
//  related lost.ts:29 "1 reads `this.names`"
//  related lost.ts:29 "2 waits here, and other tasks run"
//  related lost.ts:29 "3 another call writes `this.names`"
//  related lost.ts:29 "4 writes what it made of the old value"
  }
}

export let byKey: Readonly<Record<string, string>> = {};

export async function remember(key: string): Promise<void> {
  byKey = { ...byKey, [key]: await load(key) };
//^^^^^ stale-read lost
// related lost.ts:41 "1 reads `byKey`"
// related lost.ts:41 "2 waits here, and other tasks run"
// related lost.ts:41 "3 another call writes `byKey`"
// related lost.ts:41 "4 writes what it made of the old value"
}

export const counts = new Map<string, number>();

export async function countUp(key: string): Promise<number | undefined> {
  const before = counts.get(key) ?? 0;
  await load(key);
  counts.set(key, before + 1);
//^^^^^^^^^^ stale-read lost
// related lost.ts:52 "1 reads `counts.get(key)`"
// related lost.ts:53 "2 waits here, and other tasks run"
// related lost.ts:54 "3 another call writes `counts.get(key)`"
// related lost.ts:54 "4 writes what it made of the old value"
  return counts.get(key);
}

export const numbers = { next: 1 };

export async function take(): Promise<number> {
  const mine = numbers.next;
  await load(String(mine));
  numbers.next = mine + 1;
//^^^^^^^^^^^^ stale-read lost
// related lost.ts:66 "1 reads `numbers.next`"
// related lost.ts:67 "2 waits here, and other tasks run"
// related lost.ts:68 "3 another call writes `numbers.next`"
// related lost.ts:68 "4 writes what it made of the old value"
  return mine;
}
