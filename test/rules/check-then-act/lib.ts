import { turn } from './lib-turns';

export interface Connection {
  readonly id: number;
  send(text: string): Promise<void>;
  close(): Promise<void>;
}

/** How often each operation was started, for those who count. */
export const started = new Map<string, number>();

function count(name: string): number {
  const next = (started.get(name) ?? 0) + 1;
  started.set(name, next);
  return next;
}

export async function connect(): Promise<Connection> {
  const id = count('connect');
  await turn('connect');
  return { id, send: () => turn('send'), close: () => turn('close') };
}

export async function load(key: string): Promise<string> {
  const times = count(`load ${key}`);
  await turn('load');
  return `${key} ${times}`;
}

export async function migrate(): Promise<void> {
  count('migrate');
  await turn('migrate');
}

export async function validate(name: string): Promise<void> {
  count(`validate ${name}`);
  await turn('validate');
}
