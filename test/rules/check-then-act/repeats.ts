import { type Connection, connect, load, migrate } from './lib';

export class Ready {
  #isReady = false;
  #isClosed = false;

  /** What a helper calls ready is prepared twice. */
  async use(): Promise<void> {
    if (this.#isReady) return;
    await migrate();
    this.#finish();
//  ^^^^^^^^^^^^ check-then-act doubled
//  related repeats.ts:9 "1 checks `this.#isReady`"
//  related repeats.ts:10 "2 waits here, and other tasks run"
//  related repeats.ts:9 "3 another call checks, and finds the same"
//  related repeats.ts:20 "4 both write `this.#isReady`"
  }

  #finish(): void {
    this.#isReady = true;
  }

  /** Who ends something looks so as to do it once. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    await load('rest');
    this.#shutdown();
//  ^^^^^^^^^^^^^^ check-then-act doubled
//  related repeats.ts:25 "1 checks `this.#isClosed`"
//  related repeats.ts:26 "2 waits here, and other tasks run"
//  related repeats.ts:25 "3 another call checks, and finds the same"
//  related repeats.ts:36 "4 both write `this.#isClosed`"
  }

  #shutdown(): void {
    this.#isClosed = true;
  }
}

/** What puts something into an iterator has many callers at once. */
export class Queue {
  #connection: Connection | undefined;

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    yield await this.next();
  }

  async next(): Promise<string> {
    return load('next');
  }

  async push(text: string): Promise<void> {
    this.#connection ??= await connect();
//  ^^^^^^^^^^^^^^^^ check-then-act doubled
//  related repeats.ts:53 "1 checks `this.#connection`"
//  related repeats.ts:53 "2 waits here, and other tasks run"
//  related repeats.ts:53 "3 another call checks, and finds the same"
//  related repeats.ts:53 "4 both write `this.#connection`"
    await this.#connection.send(text);
  }
}
