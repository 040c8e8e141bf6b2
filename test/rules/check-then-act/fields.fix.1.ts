import { connect, type Connection, load, migrate } from './lib';
import { Mutex } from 'async-mutex';

export class Client {
  #connection: Connection | undefined;
  #connectionPromise: Promise<Connection> | undefined;
  private settings: string | undefined;
  private isMigrated = false;
  private isMigratedPromise: Promise<unknown> | undefined;

  async connection(): Promise<Connection> {
    if (!this.#connection) {
      this.#connection = await (this.#connectionPromise ??= connect().finally(() => {
        this.#connectionPromise = undefined;
      }));
    }
    return this.#connection;
  }

  readonly #currentSettingsMutex = new Mutex();

  async currentSettings(): Promise<string> {
    return this.#currentSettingsMutex.runExclusive(async () => {
      if (this.settings !== undefined) return this.settings;
      const settings = await load('settings');
      this.settings = settings;
      return settings;
    });
  }

  async prepare(): Promise<void> {
    if (this.isMigrated) return;
    await (this.isMigratedPromise ??= migrate().finally(() => {
      this.isMigratedPromise = undefined;
    }));
    this.isMigrated = true;
  }

  async short(): Promise<Connection> {
    this.#connection ??= await (this.#connectionPromise ??= connect().finally(() => {
      this.#connectionPromise = undefined;
    }));
    return this.#connection;
  }
}

export class Runner {
  private isRunning = false;

  readonly #startMutex = new Mutex();

  async start(): Promise<void> {
    return this.#startMutex.runExclusive(async () => {
      if (this.isRunning) return;
      await migrate();
      this.isRunning = true;
      await load('jobs');
    });
  }
}
