export interface User {
  readonly id: string;
  readonly name: string;
}

export interface Settings {
  readonly theme: string;
}

export interface Api {
  fetchUser(id: string): Promise<User>;
  fetchSettings(id: string): Promise<Settings>;
  listPosts(id: string): Promise<readonly string[]>;
  saveUser(user: User): Promise<User>;
  run(task: string): Promise<string>;
}

export class Shop {
  readonly #api: Api;
  readonly #cache = new Map<string, number>();
  count = 0;
  opened: string | undefined;

  constructor(api: Api) {
    this.#api = api;
  }

  async openOrders(id: string): Promise<number> {
    const found = this.#cache.get(id);
    if (found !== undefined) return found;
    const posts = await this.#api.listPosts(id);
    this.#cache.set(id, posts.length);
    return posts.length;
  }

  async stock(id: string): Promise<number> {
    return (await this.#api.listPosts(id)).length;
  }

  async openNext(id: string): Promise<number> {
    this.opened = id;
    return (await this.#api.listPosts(id)).length;
  }

  async sizeOfOpened(): Promise<number> {
    return (await this.#api.listPosts(this.opened ?? '')).length;
  }

  async store(id: string): Promise<number> {
    await this.#api.saveUser({ id, name: id });
    return 1;
  }
}

export async function nameAll(users: { name: string }[], api: Api): Promise<number> {
  const found = await api.listPosts('all');
  for (const user of users) user.name = found[0] ?? '';
  return users.length;
}

export async function countNames(users: { name: string }[], api: Api): Promise<number> {
  const found = await api.listPosts('all');
  return users.filter(({ name }) => found.includes(name)).length;
}
