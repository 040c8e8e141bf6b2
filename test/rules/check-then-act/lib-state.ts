import type { Connection } from './lib';

let connection: Connection | undefined;
let isReady = false;
const names = new Map<string, string>();

export function getConnection(): Connection | undefined {
  return connection;
}

export function setConnection(next: Connection | undefined): void {
  connection = next;
}

export function getName(key: string): string | undefined {
  return names.get(key);
}

export function setName(key: string, name: string): void {
  names.set(key, name);
}

/** Something else than what `setReady` sets. */
export function getReady(): boolean {
  return connection !== undefined;
}

export function setReady(next: boolean): void {
  isReady = next;
}

export function report(): string {
  return isReady ? 'ready' : 'not ready';
}

/** Keeps what it is given. */
export class Session {
  #token: string | undefined;

  getToken(): string | undefined {
    return this.#token;
  }

  setToken(token: string): void {
    this.#token = token;
  }
}
