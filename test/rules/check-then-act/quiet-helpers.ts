import { connect, type Connection, load, migrate } from './lib';

export class Service {
  #connection: Connection | undefined;
  #opening: Promise<void> | undefined;
  isReady = false;
  isStarting = false;
  readonly sessions = new Map<string, string>();

  /** The helper stores its promise in the turn of the check. */
  async use(): Promise<Connection | undefined> {
    if (!this.#connection) await this.#open();
    return this.#connection;
  }

  #open(): Promise<void> {
    this.#opening ??= this.#connect();
    return this.#opening;
  }

  async #connect(): Promise<void> {
    const connection = await connect();
    this.#connection = connection;
  }

  /** The helper claims the entry before it waits. */
  attachAll(ids: readonly string[]): void {
    for (const id of ids) {
      if (!this.sessions.has(id)) void this.attach(id);
    }
  }

  async attach(id: string): Promise<void> {
    this.sessions.set(id, '');
    this.sessions.set(id, await load(id));
  }

  /** The helper turns a second call away. */
  async ready(): Promise<void> {
    if (!this.isReady) await this.#prepare();
  }

  async #prepare(): Promise<void> {
    if (this.isStarting) return;
    this.isStarting = true;
    await migrate();
    this.isReady = true;
  }
}

let warned = false;
let initialized: Promise<void> | undefined;
let origin = '';

async function warn(): Promise<void> {
  await load('warning');
}

/** Nobody needs to wait for a warning. */
export async function once(): Promise<string> {
  if (!warned) {
    warned = true;
    await warn();
  }
  return load('once');
}

/** Every call waits. */
export async function handler(url: string): Promise<string> {
  if (!origin) origin = url;
  initialized ??= migrate();
  await initialized;
  return load(url);
}

/** Whoever finds the promise waits for it. */
export async function later(url: string): Promise<string> {
  if (!initialized) {
    initialized = migrate();
    await initialized;
  } else {
    await initialized;
  }
  return load(url);
}
