import { connect, type Connection, load } from './lib';

export class Guarded {
  #connection: Connection | undefined;
  #connecting: Promise<Connection> | undefined;
  #isBusy = false;
  #latest = 0;
  #result = '';
  #tail: Promise<unknown> = Promise.resolve();

  /** The promise is stored in the turn of the check. */
  async storedPromise(): Promise<Connection> {
    this.#connecting ??= connect();
    return this.#connecting;
  }

  /** Both wait for the same promise, which gives the same to both. */
  async sameForBoth(): Promise<Connection> {
    if (!this.#connection) {
      this.#connecting ??= connect();
      this.#connection = await this.#connecting;
    }
    return this.#connection;
  }

  /** The place is looked at again after the wait. */
  async lookedAtAgain(): Promise<Connection> {
    if (!this.#connection) {
      const made = await connect();
      if (this.#connection) await made.close();
      else this.#connection = made;
    }
    return this.#connection;
  }

  /** The second call goes away. */
  async flag(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      if (!this.#connection) this.#connection = await connect();
    } finally {
      this.#isBusy = false;
    }
  }

  /** Only the latest call writes. */
  async token(key: string): Promise<void> {
    const mine = ++this.#latest;
    if (this.#result === key) return;
    const value = await load(key);
    if (mine !== this.#latest) return;
    this.#result = value;
  }

  /** Each call waits for the one before it. */
  async chained(): Promise<void> {
    this.#tail = this.#tail.then(async () => {
      if (!this.#connection) this.#connection = await connect();
    });
    await this.#tail;
  }

  /** What is cleared twice is clear. */
  async closed(): Promise<void> {
    if (this.#connection) {
      await this.#connection.close();
      this.#connection = undefined;
    }
  }
}

/** An object of this call is nobody else's. */
export async function own(): Promise<Connection | undefined> {
  const state: { connection?: Connection } = {};
  if (!state.connection) state.connection = await connect();
  return state.connection;
}

let started: Connection | undefined;

/** Called once, when the module is loaded. */
async function start(): Promise<void> {
  if (!started) started = await connect();
}

await start();

const made = new Set<string>();

interface Disk {
  mkdir(path: string, options: { readonly recursive: boolean }): Promise<void>;
}

/** A directory is made once however often it is asked for. */
export async function ensure(path: string, disk: Disk): Promise<void> {
  if (!made.has(path)) {
    await disk.mkdir(path, { recursive: true });
    made.add(path);
  }
}
