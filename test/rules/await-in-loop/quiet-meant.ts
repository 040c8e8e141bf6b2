// @options {"cheap": false, "doubt": false}
import { readFile } from 'node:fs/promises';
// @ts-expect-error It is not installed, so that nobody knows what it gives.
import { decode, model } from 'not-installed';
import { api, type User } from './lib.ts';

// Not in parallel, to avoid race conditions in the database.
export async function saysSo(ids: readonly string[]): Promise<User[]> {
  const found: User[] = [];
  // One by one, the server asks for it.
  for (const id of ids) found.push(await api.fetchUser(id));
  return found;
}

// A comparison picks one element out: no other round waits.
export async function ofOne(users: readonly User[], wanted: string): Promise<string[]> {
  const posts: string[] = [];
  for (const user of users) {
    if (user.id === wanted) {
      const own = await api.listPosts(user.id);
      posts.push(own.join());
    }
  }
  return posts;
}

interface Database {
  query(sql: string, options: { readonly id: string; readonly transaction: object }): Promise<string>;
  transaction(work: (transaction: object) => Promise<void>): Promise<void>;
}

// All statements of a transaction take the same way, whoever it is handed to.
export async function inTransaction(database: Database, ids: readonly string[]): Promise<string[]> {
  const names: string[] = [];
  await database.transaction(async (transaction) => {
    for (const id of ids) {
      const name = await database.query('select name', { id, transaction });
      names.push(name);
    }
  });
  return names;
}

export async function underAnotherName(database: Database, ids: readonly string[], t: object): Promise<string[]> {
  const names: string[] = [];
  for (const id of ids) {
    const name = await database.query('select name', { id, transaction: t });
    names.push(name);
  }
  return names;
}

interface Endpoint {
  known(name: string): number | undefined;
  read(names: readonly string[]): Promise<void>;
}

async function abilities(endpoint: Endpoint): Promise<number> {
  if (endpoint.known('abilities') === undefined) await endpoint.read(['abilities']);
  return endpoint.known('abilities') ?? 0;
}

// The first round reads what the others find.
export async function filled(endpoint: Endpoint, bits: readonly number[]): Promise<number[]> {
  const found: number[] = [];
  for (const bit of bits) {
    const all = await abilities(endpoint);
    if ((all & bit) !== 0) found.push(bit);
  }
  return found;
}

// Nothing is known of it, and by its name it computes.
export async function computed(keys: readonly string[]): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const key of keys) {
    const { data } = await decode(key);
    found.push(data);
  }
  return found;
}

// Nothing is known of it at all.
export async function unknown(keys: readonly string[]): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const key of keys) found.push(await model(key));
  return found;
}

// What a call may do is not known.
export async function mayDoAnything(keys: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const key of keys) found.push(await api.run(key));
  return found;
}

// There is little to gain.
export async function localFiles(paths: readonly string[]): Promise<string[]> {
  const texts: string[] = [];
  for (const path of paths) texts.push(await readFile(path, 'utf8'));
  return texts;
}

function dumpUser(user: User): void {
  console.log(user.id, user.name);
}

// The order is to be seen.
export async function dump(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const user = await api.fetchUser(id);
    dumpUser(user);
  }
}

interface Prompt {
  format(values: object): Promise<string>;
}

// By its name it computes, and nothing shows that it asks anybody.
export async function formatted(prompts: readonly Prompt[]): Promise<string[]> {
  const texts: string[] = [];
  for (const prompt of prompts) texts.push(await prompt.format({}));
  return texts;
}
