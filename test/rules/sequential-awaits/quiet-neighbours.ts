import { writeFile } from 'node:fs/promises';
import { type Api, countNames, nameAll, type Settings, type Shop, type User } from './lib.ts';

export async function needsTheFirst(api: Api, id: string): Promise<readonly string[]> {
  const user = await api.fetchUser(id);
  const posts = await api.listPosts(user.id);
  return posts;
}

export async function needsItThroughAnother(api: Api, id: string): Promise<readonly string[]> {
  const user = await api.fetchUser(id);
  const key = `user:${user.id}`;
  const posts = await api.listPosts(key);
  return posts;
}

export async function guarded(api: Api, id: string): Promise<readonly string[]> {
  const user = await api.fetchUser(id);
  if (user.name === '') throw new Error('nobody');
  const posts = await api.listPosts(id);
  return posts;
}

export async function leavesEarly(api: Api, id: string): Promise<readonly string[]> {
  const user = await api.fetchUser(id);
  if (user.name === '') return [];
  const posts = await api.listPosts(id);
  return posts;
}

export async function changes(api: Api, user: User): Promise<readonly string[]> {
  const saved = await api.saveUser(user);
  const posts = await api.listPosts('a');
  return [saved.name, ...posts];
}

export async function saysNothing(api: Api): Promise<readonly string[]> {
  const first = await api.run('build');
  const second = await api.run('test');
  return [first, second];
}

export async function throughAField(shop: Shop): Promise<number> {
  const next = await shop.openNext('a');
  const size = await shop.sizeOfOpened();
  return next + size;
}

export async function changesInside(shop: Shop): Promise<number> {
  const stored = await shop.store('a');
  const stock = await shop.stock('a');
  return stored + stock;
}

export async function throughAnArgument(users: { name: string }[], api: Api): Promise<number> {
  const named = await nameAll(users, api);
  const counted = await countNames(users, api);
  return named + counted;
}

export async function throughAnAlias(api: Api, all: { users: { name: string }[] }): Promise<number> {
  const { users } = all;
  const named = await nameAll(users, api);
  const counted = await countNames(all.users, api);
  return named + counted;
}

export async function forItsEffect(api: Api): Promise<Settings> {
  await api.fetchUser('warms the cache');
  const settings = await api.fetchSettings('a');
  return settings;
}

export async function inOneTransaction(tx: Api): Promise<readonly unknown[]> {
  const user = await tx.fetchUser('a');
  const posts = await tx.listPosts('a');
  return [user, posts];
}

export async function onOnePage(page: { getTitle(): Promise<string>; getText(): Promise<string> }): Promise<string> {
  const title = await page.getTitle();
  const text = await page.getText();
  return title + text;
}

export async function writesFiles(): Promise<readonly unknown[]> {
  const a = await writeFile('a', 'a');
  const b = await writeFile('b', 'b');
  return [a, b];
}

export async function differentScopes(api: Api): Promise<number> {
  const user = await api.fetchUser('a');
  try {
    const posts = await api.listPosts('a');
    return posts.length;
  } catch {
    return user.name.length;
  }
}

export async function askedTwice(api: Api): Promise<boolean> {
  const before = await api.fetchUser('a');
  const after = await api.fetchUser('a');
  return before.name === after.name;
}

export async function callsBetween(api: Api, notify: (text: string) => void): Promise<number> {
  const user = await api.fetchUser('a');
  notify('then the posts');
  const posts = await api.listPosts('a');
  return user.name.length + posts.length;
}

export async function sameFolder(builder: { compress(dir: string): Promise<void> }, out: string, in_: string): Promise<void> {
  await builder.compress(`${out}/client`);
  await builder.compress(`${out}/client/pages`);
  await builder.compress(out);
  await builder.compress(in_);
}

export async function modules(): Promise<unknown> {
  const { users } = await import('./_users.js');
  const { posts } = await import('./_posts.js');
  return [users, posts];
}

class Flags {
  #ready: Promise<void> | undefined;

  async isOn(name: string): Promise<boolean> {
    await this.ensureLoaded();
    return name !== '';
  }

  async getLimit(): Promise<number> {
    await this.ensureLoaded();
    return 1;
  }

  async getBoth(): Promise<number> {
    return (await this.getLimit()) + 1;
  }

  async ensureLoaded(): Promise<void> {
    await this.#ready;
  }
}

export async function waitForTheSame(flags: Flags): Promise<unknown> {
  const isOn = await flags.isOn('a');
  const limit = await flags.getLimit();
  return [isOn, limit];
}

export async function onePartOfTheOther(flags: Flags): Promise<unknown> {
  const both = await flags.getBoth();
  const limit = await flags.getLimit();
  return [both, limit];
}

export async function posts(api: Api): Promise<string> {
  const created = await fetch('/users', { method: 'POST' });
  const user = await api.fetchUser('a');
  return created.statusText + user.name;
}

export async function together(api: Api): Promise<number> {
  const [user, posts] = await Promise.all([api.fetchUser('a'), api.listPosts('a')]);
  return user.name.length + posts.length;
}

export class Connection {
  async read(): Promise<readonly string[]> {
    const first = await this.query('a');
    const second = await this.query('b');
    return [first, second];
  }

  async query(name: string): Promise<string> {
    return name;
  }
}

export async function waitsForNothing(api: Api): Promise<readonly unknown[]> {
  const value = await readyValue('a');
  const user = await api.fetchUser('a');
  return [value, user];
}

async function readyValue(name: string): Promise<string> {
  return name;
}
