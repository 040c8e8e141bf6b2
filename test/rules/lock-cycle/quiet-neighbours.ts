import AsyncLock from 'async-lock';
import { Mutex, Semaphore } from 'async-mutex';
import { work } from './lib.ts';

const lock = new AsyncLock();
const accounts = new Mutex();
const audit = new Mutex();
const permits = new Semaphore(2);

// The same order everywhere.
export async function transfer(): Promise<void> {
  await accounts.runExclusive(async () => {
    await audit.runExclusive(() => work('transfer'));
  });
}

export async function report(): Promise<void> {
  await accounts.runExclusive(() => audit.runExclusive(() => work('report')));
}

// One after the other.
export async function twice(): Promise<void> {
  await accounts.runExclusive(() => work('first'));
  await accounts.runExclusive(() => work('second'));
}

// Released before.
export async function released(): Promise<void> {
  const release = await audit.acquire();
  await work('first');
  release();
  await audit.runExclusive(() => work('second'));
}

// Nobody waits for the inner one: it comes next.
export async function queued(): Promise<void> {
  await audit.runExclusive(async () => {
    void audit.runExclusive(() => work('later'));
    await work('now');
  });
}

// Another key, another lock.
export async function keys(): Promise<void> {
  await lock.acquire('a', async () => {
    await lock.acquire('b', () => work('inner'));
  });
}

// The part that needs the lock to be held.
export class Store {
  readonly #mutex = new Mutex();

  async save(): Promise<void> {
    await this.#mutex.runExclusive(async () => {
      await work('save');
      await this.flushHeld();
    });
  }

  async flush(): Promise<void> {
    await this.#mutex.runExclusive(() => this.flushHeld());
  }

  private async flushHeld(): Promise<void> {
    await work('flush');
  }
}

// Two classes, two locks.
export class Other {
  readonly #mutex = new Mutex();

  constructor(private readonly store: Store) {}

  async save(): Promise<void> {
    await this.#mutex.runExclusive(() => this.store.flush());
  }
}

export async function shared(): Promise<void> {
  await navigator.locks.request('db', { mode: 'shared' }, async () => {
    await navigator.locks.request('db', { mode: 'shared' }, () => work('inner'));
  });
  await permits.runExclusive(() => work('permit'));
}
