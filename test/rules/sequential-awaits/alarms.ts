import { readFile } from 'node:fs/promises';
import { Shop, type Api, type Settings, type User } from './lib.ts';

export async function both(id: string): Promise<readonly [User, Settings]> {
  const user = await getUser(id);
  const settings = await getSettings(id);
//                 ^^^^^ sequential-awaits pair
//                 related alarms.ts:5 "waits for `user`"
  return [user, settings];
}

export async function three(api: Api, id: string): Promise<number> {
  const user = await api.fetchUser(id);
  const { theme } = await api.fetchSettings(id);
//                  ^^^^^ sequential-awaits several
//                  related alarms.ts:13 "waits for `user`"
//                  related alarms.ts:18 "waits for `posts`"
  const posts = await api.listPosts(id);
  return user.name.length + theme.length + posts.length;
}

export async function plainBetween(api: Api, id: string): Promise<string> {
  const user = await api.fetchUser(id);
  const name = user.name.trim();
  const posts = await api.listPosts(id);
//              ^^^^^ sequential-awaits pair
//              related alarms.ts:23 "waits for `user`"
  return `${name}: ${posts.length}`;
}

export async function annotated(api: Api): Promise<string> {
  const user: User = await api.fetchUser('a');
  const text: string = await readFile('settings.json', 'utf8');
//                     ^^^^^ sequential-awaits pair
//                     related alarms.ts:32 "waits for `user`"
  return user.name + text;
}

export class Page {
  user: User | undefined;
  posts: readonly string[] = [];

  async load(api: Api, id: string): Promise<void> {
    this.user = await api.fetchUser(id);
    this.posts = await api.listPosts(id);
//               ^^^^^ sequential-awaits pair
//               related alarms.ts:44 "waits for `this.user`"
  }
}

export async function byTheirCode(shop: Shop): Promise<number> {
  const open = await shop.openOrders('a');
  const stock = await shop.stock('b');
//              ^^^^^ sequential-awaits pair
//              related alarms.ts:52 "waits for `open`"
  return open + stock;
}

export async function dependentFirst(api: Api, id: string): Promise<number> {
  const user = await api.fetchUser(id);
  const settings = await api.fetchSettings(user.name);
  const posts = await api.listPosts(id);
//              ^^^^^ sequential-awaits pair
//              related alarms.ts:61 "waits for `settings`"
  return settings.theme.length + posts.length;
}

declare function getUser(id: string): Promise<User>;
declare function getSettings(id: string): Promise<Settings>;

export async function compressAll(builder: { compress(dir: string): Promise<void> }, out: string): Promise<void> {
  await builder.compress(`${out}/client`);
  await builder.compress(`${out}/pages`);
//^^^^^ sequential-awaits pair
// related alarms.ts:72 "waits for `builder.compress(…)`"
}

export async function logsBetween(api: Api, logger: { info(text: string): void }): Promise<number> {
  logger.info('the user');
  const user = await api.fetchUser('a');
  logger.info('the posts');
  const posts = await api.listPosts('a');
//              ^^^^^ sequential-awaits pair
//              related alarms.ts:80 "waits for `user`"
  return user.name.length + posts.length;
}
