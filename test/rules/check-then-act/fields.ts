import { connect, type Connection, load, migrate } from './lib';

export class Client {
  #connection: Connection | undefined;
  private settings: string | undefined;
  private isMigrated = false;

  async connection(): Promise<Connection> {
    if (!this.#connection) {
      this.#connection = await connect();
//    ^^^^^^^^^^^^^^^^ check-then-act doubled
//    related fields.ts:9 "1 checks `this.#connection`"
//    related fields.ts:10 "2 waits here, and other tasks run"
//    related fields.ts:9 "3 another call checks, and finds the same"
//    related fields.ts:10 "4 both write `this.#connection`"
    }
    return this.#connection;
  }

  async currentSettings(): Promise<string> {
    if (this.settings !== undefined) return this.settings;
    const settings = await load('settings');
    this.settings = settings;
//  ^^^^^^^^^^^^^ check-then-act doubled
//  related fields.ts:21 "1 checks `this.settings`"
//  related fields.ts:22 "2 waits here, and other tasks run"
//  related fields.ts:21 "3 another call checks, and finds the same"
//  related fields.ts:23 "4 both write `this.settings`"
    return settings;
  }

  async prepare(): Promise<void> {
    if (this.isMigrated) return;
    await migrate();
    this.isMigrated = true;
//  ^^^^^^^^^^^^^^^ check-then-act doubled
//  related fields.ts:33 "1 checks `this.isMigrated`"
//  related fields.ts:34 "2 waits here, and other tasks run"
//  related fields.ts:33 "3 another call checks, and finds the same"
//  related fields.ts:35 "4 both write `this.isMigrated`"
  }

  async short(): Promise<Connection> {
    this.#connection ??= await connect();
//  ^^^^^^^^^^^^^^^^ check-then-act doubled
//  related fields.ts:44 "1 checks `this.#connection`"
//  related fields.ts:44 "2 waits here, and other tasks run"
//  related fields.ts:44 "3 another call checks, and finds the same"
//  related fields.ts:44 "4 both write `this.#connection`"
    return this.#connection;
  }
}

export class Runner {
  private isRunning = false;

  async start(): Promise<void> {
    if (this.isRunning) return;
    await migrate();
    this.isRunning = true;
//  ^^^^^^^^^^^^^^ check-then-act doubled
//  related fields.ts:58 "1 checks `this.isRunning`"
//  related fields.ts:59 "2 waits here, and other tasks run"
//  related fields.ts:58 "3 another call checks, and finds the same"
//  related fields.ts:60 "4 both write `this.isRunning`"
    await load('jobs');
  }
}
