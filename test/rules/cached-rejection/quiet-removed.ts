import { type Connection, connect, settings } from './lib.ts';

let connection: Promise<Connection> | undefined;

export function shared(url: string): Promise<Connection> {
  connection ??= connect(url).catch((error: unknown) => {
    connection = undefined;
    throw error;
  });
  return connection;
}

let retried: Promise<Connection> | undefined;

export async function used(url: string): Promise<Connection> {
  try {
    return await (retried ??= connect(url));
  } catch (error) {
    retried = undefined;
    throw error;
  }
}

const inFlight = new Map<string, Promise<Connection>>();

export function once(url: string): Promise<Connection> {
  let running = inFlight.get(url);
  if (!running) {
    running = connect(url).finally(() => inFlight.delete(url));
    inFlight.set(url, running);
  }
  return running;
}

const short = new Map<string, Promise<Connection>>();

export function forAMinute(url: string): Promise<Connection> {
  const known = short.get(url);
  if (known) return known;
  const made = connect(url);
  short.set(url, made);
  setTimeout(() => short.delete(url), 60_000);
  return made;
}

// A fallback is kept, and no rejection.
let safe: Promise<Connection | undefined> | undefined;

export function orNothing(url: string): Promise<Connection | undefined> {
  safe ??= connect(url).catch(() => undefined);
  return safe;
}

// Nothing in it can fail.
let known: Promise<Map<string, string>> | undefined;

export function all(): Promise<Map<string, string>> {
  known ??= settings();
  return known;
}

// Somebody can ask for a second try.
let refreshed: Promise<Connection> | undefined;

export function refresh(): void {
  refreshed = undefined;
}

export function refreshable(url: string): Promise<Connection> {
  return (refreshed ??= connect(url));
}

export class Client {
  #connection: Promise<Connection> | undefined;

  connection(url: string): Promise<Connection> {
    this.#connection ??= this.#connect(url);
    return this.#connection;
  }

  async #connect(url: string): Promise<Connection> {
    try {
      return await connect(url);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    this.#connection = undefined;
  }
}
