import { connect, type Connection } from './lib';

export class Client {
  isClosed = false;
  connection: Connection | undefined;

  async open(): Promise<void> {
    if (this.isClosed) throw new Error('It is closed.');
    const connection = await connect();
    this.connection = connection;
//  ^^^^^^^^^^^^^^^ check-then-act ended
//  related ended.ts:8 "1 checks `this.isClosed`"
//  related ended.ts:9 "2 waits here, and other tasks run"
//  related ended.ts:19 "3 `close` ends everything that is there"
//  related ended.ts:10 "4 sets it without having looked again"
  }

  close(): void {
    this.isClosed = true;
    void this.connection?.close();
    this.connection = undefined;
  }
}

/** Others ask whether it is closed, and `dial` does not. */
export class Line {
  isClosed = false;
  connection: Connection | undefined;

  async dial(): Promise<void> {
    const connection = await connect();
    this.connection = connection;
//  ^^^^^^^^^^^^^^^ check-then-act ended
//  related ended.ts:41 "1 `say` checks `this.isClosed`"
//  related ended.ts:31 "2 waits here, and other tasks run"
//  related ended.ts:46 "3 `close` ends everything that is there"
//  related ended.ts:32 "4 sets it without having looked"
  }

  async say(text: string): Promise<void> {
    if (this.isClosed) return;
    await this.connection?.send(text);
  }

  close(): void {
    this.isClosed = true;
    void this.connection?.close();
    this.connection = undefined;
  }
}
