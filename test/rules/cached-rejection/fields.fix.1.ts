import { type Connection, connect } from './lib.ts';

export class Store {
  private connection?: Promise<Connection>;
  #ready: Promise<Connection> | undefined;
  private static pool: Promise<Connection> | null = null;
  private pending: Promise<Connection> | undefined;

  get(url: string): Promise<Connection> {
    if (!this.connection) this.connection = connect(url).catch((error: unknown) => {
      delete this.connection;
      throw error;
    });
    return this.connection;
  }

  ready(url: string): Promise<Connection> {
    return (this.#ready ??= connect(url).catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    }));
  }

  static shared(url: string): Promise<Connection> {
    Store.pool ??= connect(url).catch((error: unknown) => {
      Store.pool = null;
      throw error;
    });
    return Store.pool;
  }

  // What only happens at the end brings nobody a second try.
  async dispose(): Promise<void> {
    this.pending = undefined;
  }

  wait(url: string): Promise<Connection> {
    this.pending ??= this.open(url).catch((error: unknown) => {
      this.pending = undefined;
      throw error;
    });
    return this.pending;
  }

  private async open(url: string): Promise<Connection> {
    return await connect(url);
  }
}
