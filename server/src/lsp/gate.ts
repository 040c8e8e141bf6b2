import { type Deferred, deferred } from './deferred.ts';

/** Lets one piece of work keep all others out for a while. */
export class Gate {
  #closed: Promise<void> | undefined;

  /** Resolves when nobody keeps the gate closed. */
  async open(): Promise<void> {
    while (this.#closed) await this.#closed;
  }

  /** Runs work behind the closed gate. Several such pieces run one after another. */
  async behind<T>(work: () => Promise<T>): Promise<T> {
    await this.open();
    const lock: Deferred<void> = deferred();
    this.#closed = lock.promise;
    try {
      return await work();
    } finally {
      this.#closed = undefined;
      lock.resolve();
    }
  }
}
