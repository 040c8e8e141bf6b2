import { Mutex, Semaphore } from 'async-mutex';
import pLimit from 'p-limit';
import { connect, type Connection } from './lib';

const limit = pLimit(1);

class Lock implements AsyncDisposable {
  static async take(): Promise<Lock> {
    await Promise.resolve();
    return new Lock();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.resolve();
  }
}

/** The project's own lock: who comes later waits until it is resumed. */
class Gate {
  #isHeld = false;
  readonly #queue: (() => void)[] = [];

  async pass(): Promise<void> {
    if (this.#isHeld) await new Promise<void>((resolve) => void this.#queue.push(resolve));
    this.#isHeld = true;
  }

  leave(): void {
    this.#isHeld = false;
    this.#queue.shift()?.();
  }
}

export class Locked {
  #connection: Connection | undefined;
  readonly #mutex = new Mutex();
  readonly #semaphore = new Semaphore(1);
  readonly #gate = new Gate();
  #tail: Promise<void> = Promise.resolve();

  async exclusive(): Promise<void> {
    await this.#mutex.runExclusive(async () => {
      if (!this.#connection) this.#connection = await connect();
    });
  }

  async acquired(): Promise<void> {
    const release = await this.#mutex.acquire();
    try {
      if (!this.#connection) this.#connection = await connect();
    } finally {
      release();
    }
  }

  async permitted(): Promise<void> {
    const [, release] = await this.#semaphore.acquire();
    try {
      if (!this.#connection) this.#connection = await connect();
    } finally {
      release();
    }
  }

  async limited(): Promise<void> {
    await limit(async () => {
      if (!this.#connection) this.#connection = await connect();
    });
  }

  async webLock(): Promise<void> {
    await navigator.locks.request('connection', async () => {
      if (!this.#connection) this.#connection = await connect();
    });
  }

  async disposed(): Promise<void> {
    await using lock = await Lock.take();
    if (!this.#connection) this.#connection = await connect();
    void lock;
  }

  async own(): Promise<void> {
    await this.#gate.pass();
    try {
      if (!this.#connection) this.#connection = await connect();
    } finally {
      this.#gate.leave();
    }
  }

  async tail(): Promise<void> {
    const before = this.#tail;
    let done = (): void => {};
    this.#tail = new Promise((resolve) => {
      done = resolve;
    });
    await before;
    try {
      if (!this.#connection) this.#connection = await connect();
    } finally {
      done();
    }
  }
}
