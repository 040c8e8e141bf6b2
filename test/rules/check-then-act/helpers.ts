import { connect, type Connection, load, migrate } from './lib';

export class Service {
  #connection: Connection | undefined;
  isReady = false;
  readonly sessions = new Map<string, string>();

  async use(): Promise<Connection | undefined> {
    if (!this.#connection) await this.#open();
//                               ^^^^^^^^^^ check-then-act doubled
//                               related helpers.ts:9 "1 checks `this.#connection`"
//                               related helpers.ts:9 "2 waits here, and other tasks run"
//                               related helpers.ts:9 "3 another call checks, and finds the same"
//                               related helpers.ts:20 "4 both write `this.#connection`"
    return this.#connection;
  }

  async #open(): Promise<void> {
    const connection = await connect();
    this.#connection = connection;
  }

  async session(id: string): Promise<string | undefined> {
    if (!this.has(id)) {
      const session = await load(id);
      this.put(id, session);
//    ^^^^^^^^ check-then-act entry
//    related helpers.ts:24 "1 checks `this.has(id)`"
//    related helpers.ts:25 "2 waits here, and other tasks run"
//    related helpers.ts:24 "3 another call checks, and finds the same"
//    related helpers.ts:41 "4 both put the entry into `this.sessions`"
    }
    return this.sessions.get(id);
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
//                                     ^^^^^^^^^^^ check-then-act entry
//                                     related helpers.ts:46 "1 checks `this.sessions.get(id)`"
//                                     related helpers.ts:46 "2 starts this, which writes later"
//                                     related helpers.ts:46 "3 another call checks, and finds the same"
//                                     related helpers.ts:57 "4 both put the entry into `this.sessions`"
    }
  }

  async attach(id: string): Promise<void> {
    const session = await load(id);
    this.sessions.set(id, session);
  }

  async ready(): Promise<void> {
    if (!this.isReady) await this.prepare();
//                           ^^^^^^^^^^^^ check-then-act doubled
//                           related helpers.ts:61 "1 checks `this.isReady`"
//                           related helpers.ts:61 "2 waits here, and other tasks run"
//                           related helpers.ts:61 "3 another call checks, and finds the same"
//                           related helpers.ts:71 "4 both write `this.isReady`"
  }

  private async prepare(): Promise<void> {
    await migrate();
    this.isReady = true;
  }
}

export class Leader {
  leading = false;

  private isIdle(): boolean {
    return !this.leading;
  }

  async campaign(): Promise<void> {
    if (this.isIdle()) {
      await load('vote');
      this.leading = true;
//    ^^^^^^^^^^^^ check-then-act doubled
//    related helpers.ts:83 "1 checks `this.isIdle()`"
//    related helpers.ts:84 "2 waits here, and other tasks run"
//    related helpers.ts:83 "3 another call checks, and finds the same"
//    related helpers.ts:85 "4 both write `this.leading`"
    }
  }
}
