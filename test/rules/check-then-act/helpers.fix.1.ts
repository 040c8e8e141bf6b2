import { connect, type Connection, load, migrate } from './lib';
import { Mutex } from 'async-mutex';

export class Service {
  #connection: Connection | undefined;
  isReady = false;
  readonly sessions = new Map<string, string>();

  readonly #useMutex = new Mutex();

  async use(): Promise<Connection | undefined> {
    return this.#useMutex.runExclusive(async () => {
      if (!this.#connection) await this.#open();
      return this.#connection;
    });
  }

  async #open(): Promise<void> {
    const connection = await connect();
    this.#connection = connection;
  }

  readonly #sessionMutex = new Mutex();

  async session(id: string): Promise<string | undefined> {
    return this.#sessionMutex.runExclusive(async () => {
      if (!this.has(id)) {
        const session = await load(id);
        this.put(id, session);
      }
      return this.sessions.get(id);
    });
  }

  has(key: string): boolean {
    return this.sessions.has(key);
  }

  put(key: string, session: string): void {
    this.sessions.set(key, session);
  }

  attachAll(ids: readonly string[]): void {
    for (const id of ids) {
      if (!this.sessions.get(id)) void this.attach(id);
    }
  }

  async attach(id: string): Promise<void> {
    const session = await load(id);
    this.sessions.set(id, session);
  }

  readonly #readyMutex = new Mutex();

  async ready(): Promise<void> {
    return this.#readyMutex.runExclusive(async () => {
      if (!this.isReady) await this.prepare();
    });
  }

  private async prepare(): Promise<void> {
    await migrate();
    this.isReady = true;
  }
}

export class Leader {
  leading = false;
  private leadingPromise: Promise<unknown> | undefined;

  private isIdle(): boolean {
    return !this.leading;
  }

  async campaign(): Promise<void> {
    if (this.isIdle()) {
      await (this.leadingPromise ??= load('vote').finally(() => {
        this.leadingPromise = undefined;
      }));
      this.leading = true;
    }
  }
}
