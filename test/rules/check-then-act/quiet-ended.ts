import { connect, type Connection } from './lib';

/** Looked at again, before or behind the write. */
export class Careful {
  isClosed = false;
  connection: Connection | undefined;

  async open(): Promise<void> {
    if (this.isClosed) throw new Error('It is closed.');
    const connection = await connect();
    if (this.isClosed) return connection.close();
    this.connection = connection;
  }

  async openLate(): Promise<void> {
    if (this.isClosed) throw new Error('It is closed.');
    this.connection = await connect();
    if (this.isClosed) await this.connection.close();
  }

  close(): void {
    this.isClosed = true;
    void this.connection?.close();
  }
}

/** Whoever closes it does not speak of the connection. */
export class Lent {
  isClosed = false;
  connection: Connection | undefined;

  async open(): Promise<void> {
    if (this.isClosed) throw new Error('It is closed.');
    this.connection = await connect();
  }

  close(): void {
    this.isClosed = true;
  }
}
