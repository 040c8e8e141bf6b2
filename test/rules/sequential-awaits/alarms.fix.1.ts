import { readFile } from 'node:fs/promises';
import { Shop, type Api, type Settings, type User } from './lib.ts';

export async function both(id: string): Promise<readonly [User, Settings]> {
  const [user, settings] = await Promise.all([getUser(id), getSettings(id)]);
  return [user, settings];
}

export async function three(api: Api, id: string): Promise<number> {
  const [user, { theme }, posts] = await Promise.all([api.fetchUser(id), api.fetchSettings(id), api.listPosts(id)]);
  return user.name.length + theme.length + posts.length;
}

export async function plainBetween(api: Api, id: string): Promise<string> {
  const [user, posts] = await Promise.all([api.fetchUser(id), api.listPosts(id)]);
  const name = user.name.trim();
  return `${name}: ${posts.length}`;
}

export async function annotated(api: Api): Promise<string> {
  const [user, text]: [User, string] = await Promise.all([api.fetchUser('a'), readFile('settings.json', 'utf8')]);
  return user.name + text;
}

export class Page {
  user: User | undefined;
  posts: readonly string[] = [];

  async load(api: Api, id: string): Promise<void> {
    [this.user, this.posts] = await Promise.all([api.fetchUser(id), api.listPosts(id)]);
  }
}

export async function byTheirCode(shop: Shop): Promise<number> {
  const [open, stock] = await Promise.all([shop.openOrders('a'), shop.stock('b')]);
  return open + stock;
}

export async function dependentFirst(api: Api, id: string): Promise<number> {
  const user = await api.fetchUser(id);
  const [settings, posts] = await Promise.all([api.fetchSettings(user.name), api.listPosts(id)]);
  return settings.theme.length + posts.length;
}

declare function getUser(id: string): Promise<User>;
declare function getSettings(id: string): Promise<Settings>;

export async function compressAll(builder: { compress(dir: string): Promise<void> }, out: string): Promise<void> {
  await Promise.all([builder.compress(`${out}/client`), builder.compress(`${out}/pages`)]);
}

export async function logsBetween(api: Api, logger: { info(text: string): void }): Promise<number> {
  logger.info('the user');
  const [user, posts] = await Promise.all([api.fetchUser('a'), api.listPosts('a')]);
  logger.info('the posts');
  return user.name.length + posts.length;
}
