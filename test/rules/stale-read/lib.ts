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

/** A store that somebody else keeps: it answers later. */
export const store = {
  kept: new Map<string, number>(),
  async get(key: string): Promise<number | undefined> {
    const found = this.kept.get(key);
    await turn('get');
    return found;
  },
  async set(key: string, value: number): Promise<void> {
    this.kept.set(key, value);
    await turn('set');
  },
};
