import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { api, type Api, type User } from './lib.ts';

export async function needsThePrevious(ids: readonly string[]): Promise<User | undefined> {
  let last: User | undefined;
  for (const id of ids) last = await api.fetchUser(last?.id ?? id);
  return last;
}

export async function readsWhatItWrites(ids: readonly string[]): Promise<readonly User[]> {
  const found: User[] = [];
  for (const id of ids) {
    if (found.length > 10) continue;
    found.push(await api.fetchUser(id));
  }
  return found;
}

export async function fallsBack(ids: readonly string[]): Promise<User | undefined> {
  for (const id of ids) {
    const user = await api.fetchUser(id);
    if (user.name !== '') return user;
  }
  return undefined;
}

export async function stopsEarly(ids: readonly string[]): Promise<readonly User[]> {
  const found: User[] = [];
  for (const id of ids) {
    const user = await api.fetchUser(id);
    if (user.name === '') break;
    found.push(user);
  }
  return found;
}

export async function retries(id: string): Promise<User> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await api.fetchUser(id);
    } catch {
      // Once more.
    }
  }
  throw new Error('gave up');
}

export async function spreadOverTime(ids: readonly string[]): Promise<readonly User[]> {
  const found: User[] = [];
  for (const id of ids) {
    found.push(await api.fetchUser(id));
    await sleep(100);
  }
  return found;
}

export async function limited(ids: readonly string[], limiter: { throttle(): Promise<void> }): Promise<readonly User[]> {
  const found: User[] = [];
  for (const id of ids) {
    await limiter.throttle();
    found.push(await api.fetchUser(id));
  }
  return found;
}

export async function prints(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const user = await api.fetchUser(id);
    console.log(user.name);
  }
}

export async function writes(ids: readonly string[], out: { write(text: string): void }): Promise<void> {
  for (const id of ids) out.write((await api.fetchUser(id)).name);
}

export async function* gives(ids: readonly string[]): AsyncGenerator<User> {
  for (const id of ids) yield await api.fetchUser(id);
}

export async function aFew(): Promise<readonly User[]> {
  const found: User[] = [];
  for (const id of ['a', 'b', 'c']) found.push(await api.fetchUser(id));
  return found;
}

export async function pages(count: number): Promise<readonly string[]> {
  const all: string[] = [];
  for (let page = 0; page < count; page++) all.push(...(await api.listPosts(`posts?page=${page}`)));
  return all;
}

export async function polls(ids: readonly string[]): Promise<void> {
  while (ids.length > 0) {
    const user = await api.fetchUser(ids[0] ?? '');
    if (user.name === '') return;
  }
}

export async function reads(reader: { readPart(size: number): Promise<string> }, sizes: readonly number[]): Promise<string[]> {
  const parts: string[] = [];
  for (const size of sizes) parts.push(await reader.readPart(size));
  return parts;
}

export async function inOneTransaction(tx: Api, ids: readonly string[]): Promise<readonly User[]> {
  const found: User[] = [];
  for (const id of ids) found.push(await tx.fetchUser(id));
  return found;
}

export class QueryRunner {
  async types(tables: readonly string[]): Promise<readonly string[]> {
    const found: string[] = [];
    for (const table of tables) found.push(await this.getType(table));
    return found;
  }

  async getType(table: string): Promise<string> {
    return (await api.listPosts(table))[0] ?? '';
  }
}

export async function changes(users: readonly User[]): Promise<readonly User[]> {
  const saved: User[] = [];
  for (const user of users) saved.push(await api.saveUser(user));
  return saved;
}

export async function forTheirEffect(tasks: readonly string[]): Promise<void> {
  for (const task of tasks) await api.run(task);
}

export class Store {
  current: User | undefined;

  async all(ids: readonly string[]): Promise<readonly string[]> {
    const found: string[] = [];
    for (const id of ids) found.push(await this.getName(id));
    return found;
  }

  async getName(id: string): Promise<string> {
    this.current = await api.fetchUser(id);
    return this.current.name;
  }
}

export async function folder(dir: string): Promise<readonly string[]> {
  const texts: string[] = [];
  const files = await readdir(dir);
  for (let i = 0; i < files.length; i++) {
    const file = files[i];
    if (file?.endsWith('.lua')) texts.push(await readFile(`${dir}/${file}`, 'utf8'));
  }
  return texts;
}

interface Pipeline {
  preload(file: string): Promise<string>;
  loader(): string;
}

export async function throughASharedObject(pipeline: Pipeline, files: readonly string[]): Promise<readonly string[]> {
  const loaded: string[] = [];
  for (const file of files) {
    const component = await preload({ pipeline, file });
    loaded.push(component + pipeline.loader());
  }
  return loaded;
}

declare function preload(options: { pipeline: Pipeline; file: string }): Promise<string>;

export async function nested(groups: readonly (readonly string[])[]): Promise<void> {
  for (const group of groups) {
    await fallsBack(group);
    for (const id of group) await api.run(id);
  }
}

export async function waitsForNothing(ids: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const id of ids) found.push(await ready(id));
  return found;
}

async function ready(id: string): Promise<string> {
  return id;
}

export async function seen(ids: readonly string[]): Promise<readonly User[]> {
  const found: User[] = [];
  const known = new Set<string>();
  for (const id of ids) {
    if (known.has(id)) continue;
    known.add(id);
    found.push(await api.fetchUser(id));
  }
  return found;
}

export async function hooks(plugins: readonly { configure(server: object): Promise<string> }[]): Promise<string[]> {
  const found: string[] = [];
  for (const plugin of plugins) found.push(await plugin.configure({}));
  return found;
}

export async function split<T>(items: readonly T[], predicate: (item: T) => Promise<boolean>): Promise<T[]> {
  const found: T[] = [];
  for (const item of items) {
    if (await predicate(item)) found.push(item);
  }
  return found;
}

export async function started(users: readonly Promise<User>[]): Promise<readonly User[]> {
  const found: User[] = [];
  // eslint-disable-next-line -- all of them are under way
  for (const user of users) found.push(await user);
  return found;
}

export async function folderLater(dir: string): Promise<readonly string[]> {
  const texts: string[] = [];
  let files: string[] = [];
  try {
    files = await readdir(dir);
  } catch {
    return [];
  }
  const scripts = files.filter((file) => file.endsWith('.lua'));
  for (const file of scripts) texts.push(await readFile(file, 'utf8'));
  return texts;
}

export async function severalLines(ids: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const id of ids) {
    lines.push(`user ${id}`);
    const user = await api.fetchUser(id);
    lines.push(user.name);
  }
  return lines;
}

async function include(file: string, cache: Map<string, string>): Promise<string> {
  const known = cache.get(file);
  if (known !== undefined) return known;
  const text = (await api.fetchUser(file)).name;
  cache.set(file, text);
  return text;
}

export async function sharedCache(ids: readonly string[]): Promise<readonly string[]> {
  const cache = new Map<string, string>();
  const found: string[] = [];
  for (const id of ids) found.push(await include(id, cache));
  return found;
}

export async function stoppable(ids: readonly string[], signal: AbortSignal): Promise<readonly User[]> {
  const found: User[] = [];
  for (const id of ids) {
    signal.throwIfAborted();
    found.push(await api.fetchUser(id));
  }
  return found;
}

export async function mapped(texts: readonly string[], transform: (text: string) => Promise<string>): Promise<string[]> {
  const found: string[] = [];
  for (const text of texts) found.push(await transform(text));
  return found;
}
