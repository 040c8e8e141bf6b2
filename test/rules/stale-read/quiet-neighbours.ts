import { load, measure, send } from './lib';

export class Meter {
  total = 0;
  count = 0;
  isBusy = false;
  level = 'idle';
  waiting: string[] = [];
  latest = '';

  /** Read and written in one turn. */
  async add(): Promise<void> {
    const part = await measure();
    this.total += part;
  }

  /** Looked at again after the wait. */
  async increment(): Promise<void> {
    const before = this.count;
    await measure();
    if (this.count !== before) return;
    this.count = before + 1;
  }

  /** Set, wait, clear. */
  async busy(): Promise<void> {
    this.isBusy = true;
    try {
      await measure();
    } finally {
      this.isBusy = false;
    }
  }

  /** The awaited result alone is written. */
  async refresh(key: string): Promise<void> {
    this.latest = await load(key);
  }

  /** What was there is put back. */
  async during(level: string): Promise<void> {
    const before = this.level;
    this.level = level;
    await measure();
    this.level = before;
  }

  add2(item: string): void {
    this.waiting.push(item);
  }

  /** Everything is taken out before the wait. */
  async flush(): Promise<void> {
    const batch = this.waiting;
    this.waiting = [];
    await send(batch);
  }

  /** The loop looks again until nothing is left. */
  async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0);
      await send(batch);
    }
    this.waiting = [];
  }
}

/** Loop-carried and local. */
export async function sum(keys: readonly string[]): Promise<number> {
  let total = 0;
  for (const key of keys) {
    total += (await load(key)).length;
  }
  return total;
}
