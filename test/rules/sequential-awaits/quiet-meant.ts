// @options {"cheap": false}
import { readFile } from 'node:fs/promises';
// @ts-expect-error It is not installed, so that nobody knows what it gives.
import { decode } from 'not-installed';
import type { Api, User } from './lib.ts';

interface Users {
  find(id: string, options: { readonly transaction: object }): Promise<User>;
}

// Both go through one connection.
export async function inTransaction(users: Users, transaction: object): Promise<string> {
  const first = await users.find('a', { transaction });
  const second = await users.find('b', { transaction });
  return first.name + second.name;
}

export async function underAnotherName(users: Users, t: object): Promise<string> {
  const first = await users.find('a', { transaction: t });
  const second = await users.find('b', { transaction: t });
  return first.name + second.name;
}

async function keyOf(text: string): Promise<string> {
  const { data } = await decode(text);
  return data;
}

// By its name it computes, and nothing is known of it.
export async function computed(sender: string, receiver: string): Promise<string> {
  const own = await keyOf(sender);
  const other = await keyOf(receiver);
  return own + other;
}

export async function saysSo(api: Api): Promise<number> {
  const user = await api.fetchUser('a');
  // Not at once: the server allows one request at a time.
  const posts = await api.listPosts('a');
  return posts.length + user.name.length;
}

// There is little to gain.
export async function localFiles(): Promise<string> {
  const key = await readFile('key.pem', 'utf8');
  const cert = await readFile('cert.pem', 'utf8');
  return key + cert;
}

// Both lists are on their way before the first wait.
export async function startedBefore(api: Api, ids: readonly string[]): Promise<number> {
  const users = ids.map((id) => api.fetchUser(id));
  const posts = ids.map((id) => api.listPosts(id));
  const found = await Promise.all(users);
  const listed = await Promise.all(posts);
  return found.length + listed.length;
}

interface Ide {
  getProblems(): Promise<string[]>;
  getWorkspaceDirs(): Promise<string[]>;
}

// What a program has at hand costs little.
export async function atHand(ide: Ide): Promise<number> {
  const problems = await ide.getProblems();
  const dirs = await ide.getWorkspaceDirs();
  return problems.length + dirs.length;
}
