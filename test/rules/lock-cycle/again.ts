import AsyncLock from 'async-lock';
import { Mutex } from 'async-mutex';
import { work } from './lib.ts';

const lock = new AsyncLock();

export class Store {
  readonly #mutex = new Mutex();

  async save(): Promise<void> {
    await this.#mutex.runExclusive(async () => {
      await work('save');
      await this.flush();
//               ^^^^^ lock-cycle again
//               related again.ts:11 "held from here"
//               related again.ts:21 "waited for here"
    });
  }

  async flush(): Promise<void> {
    await this.#mutex.runExclusive(() => work('flush'));
  }

  async byHand(): Promise<void> {
    const release = await this.#mutex.acquire();
    try {
      await this.flush();
//               ^^^^^ lock-cycle again
//               related again.ts:25 "held from here"
//               related again.ts:21 "waited for here"
    } finally {
      release();
    }
  }
}

export async function byKey(): Promise<void> {
  await lock.acquire('a', async () => {
    await lock.acquire('a', () => work('inner'));
//             ^^^^^^^ lock-cycle again
//             related again.ts:38 "held from here"
  });
}

export async function byName(): Promise<void> {
  await navigator.locks.request('db', async () => {
    await navigator.locks.request('db', () => work('inner'));
//                        ^^^^^^^ lock-cycle again
//                        related again.ts:46 "held from here"
  });
}
