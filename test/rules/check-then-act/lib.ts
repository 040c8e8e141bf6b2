import { turn } from './lib-turns';

export interface Connection {
  readonly id: number;
  send(text: string): Promise<void>;
  close(): Promise<void>;
}

/** What was begun and ended, in order. */
export const log: string[] = [];

async function work(name: string, what: string): Promise<number> {
  log.push(`${name} begins`);
  const times = log.filter((entry) => entry === `${name} begins`).length;
  await turn(what);
  log.push(`${name} ends`);
  return times;
}

export async function connect(): Promise<Connection> {
  const id = await work('connect', 'connect');
  return { id, send: () => turn('send'), close: () => turn('close') };
}

/** Not ready before it is open. */
export class Channel {
  async open(): Promise<void> {
    await work('open', 'open');
  }
}

export async function load(key: string): Promise<string> {
  return `${key} ${await work(`load ${key}`, 'load')}`;
}

export async function migrate(): Promise<void> {
  await work('migrate', 'migrate');
}

export async function save(text: string): Promise<void> {
  log.push(text);
  await work('save', 'save');
}

export async function clearStore(): Promise<void> {
  await work('clear', 'clearStore');
}
