import { turn } from './lib-turns';

export async function measure(): Promise<number> {
  await turn('measure');
  return 1;
}

export async function load(key: string): Promise<string> {
  await turn('load');
  return key.toUpperCase();
}

/** What was sent, for those who count. */
export const sent: string[] = [];

export async function send(items: readonly string[]): Promise<void> {
  sent.push(...items);
  await turn('send');
}

export async function save(count: number): Promise<void> {
  sent.push(String(count));
  await turn('save');
}
