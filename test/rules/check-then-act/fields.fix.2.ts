import { connect, type Connection, load, migrate } from './lib';
import { Mutex } from 'async-mutex';

export class Client {
  #connection: Connection | undefined;
  private settings: string | undefined;
  private isMigrated = false;

  readonly #connectionMutex = new Mutex();

  async connection(): Promise<Connection> {
    return this.#connectionMutex.runExclusive(async () => {
      if (!this.#connection) {
        this.#connection = await connect();
      }
      return this.#connection;
    });
  }

  async currentSettings(): Promise<string> {
    if (this.settings !== undefined) return this.settings;
    const settings = await load('settings');
    this.settings = settings;
    return settings;
  }

  readonly #prepareMutex = new Mutex();

  async prepare(): Promise<void> {
    return this.#prepareMutex.runExclusive(async () => {
      if (this.isMigrated) return;
      await migrate();
      this.isMigrated = true;
    });
  }

  readonly #shortMutex = new Mutex();

  async short(): Promise<Connection> {
    return this.#shortMutex.runExclusive(async () => {
      this.#connection ??= await connect();
      return this.#connection;
    });
  }
}

export class Runner {
  private isRunning = false;

  async start(): Promise<void> {
    if (this.isRunning) return;
    await migrate();
    this.isRunning = true;
    await load('jobs');
  }
}
