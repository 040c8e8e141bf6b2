import { api, type User } from './lib.ts';
import pLimit from 'p-limit';

export async function users(ids: readonly string[]): Promise<readonly User[]> {
  const found: User[] = [];
  const limit = pLimit(10);
  found.push(...(await Promise.all(ids.map((id) => limit(() => api.fetchUser(id))))));
  return found;
}

export async function names(ids: ReadonlySet<string>): Promise<readonly string[]> {
  const found: string[] = [];
  const limit = pLimit(10);
  found.push(...(await Promise.all(Array.from(ids, (id) => limit(async () => {
    // The name is what people see.
    const user = await api.fetchUser(id);
    return user.name;
  })))));
  return found;
}

export async function postsByName(users: readonly User[]): Promise<Record<string, readonly string[]>> {
  const posts: Record<string, readonly string[]> = {};
  const limit = pLimit(10);
  await Promise.all(users.map(({ id, name }) => limit(async () => {
    if (name === '') return;
    posts[name] = await api.listPosts(id);
  })));
  return posts;
}

export async function postsOf(users: User[]): Promise<void> {
  const limit = pLimit(10);
  await Promise.all(users.map((user) => limit(async () => {
    user.posts = await api.listPosts(user.id);
  })));
}

export async function byKey(ids: Record<string, string>): Promise<Map<string, User>> {
  const found = new Map<string, User>();
  const limit = pLimit(10);
  await Promise.all(Object.keys(ids).map((key) => limit(async () => {
    const user = await api.fetchUser(ids[key] ?? '');
    found.set(key, user);
  })));
  return found;
}

export async function byIndex(ids: readonly string[]): Promise<readonly User[]> {
  const found: User[] = [];
  for (let index = 0; index < ids.length; index++) {
    found.push(await api.fetchUser(ids[index] ?? ''));
  }
  return found;
}

export async function howMany(ids: readonly string[]): Promise<number> {
  let count = 0;
  const limit = pLimit(10);
  await Promise.all(ids.map((id) => limit(async () => {
    const user = await api.fetchUser(id);
    if (user.name !== '') count++;
  })));
  return count;
}

interface Task {
  invoke(input: string): Promise<string>;
}

export async function tasks(tasks: Record<string, Task>, input: string): Promise<Record<string, string>> {
  const output: Record<string, string> = {};
  const limit = pLimit(10);
  await Promise.all(Object.entries(tasks).map(([key, task]) => limit(async () => {
    const result = await task.invoke(input);
    output[key] = result;
  })));
  return output;
}

export async function withErrors(ids: readonly string[]): Promise<readonly (User | Error)[]> {
  const answers: (User | Error)[] = [];
  for (const id of ids) {
    try {
      answers.push(await api.fetchUser(id));
    } catch (error) {
      answers.push(error as Error);
    }
  }
  return answers;
}

export async function setsOnce(ids: readonly string[], options: { name?: string }): Promise<Record<string, User>> {
  const found: Record<string, User> = {};
  const limit = pLimit(10);
  await Promise.all(ids.map((id) => limit(async () => {
    const user = await api.fetchUser(id);
    if (user.name === '' && !options.name) {
      options.name = 'nobody';
    }
    found[id] = user;
  })));
  return found;
}

export async function anyNamed(ids: readonly string[]): Promise<boolean> {
  let isNamed = false;
  const limit = pLimit(10);
  await Promise.all(ids.map((id) => limit(async () => {
    const user = await api.fetchUser(id);
    if (user.name !== '') isNamed = true;
  })));
  return isNamed;
}

export async function byCase(users: readonly User[]): Promise<readonly User[]> {
  const found: User[] = [];
  for (const user of users) {
    switch (user.name) {
      case '': {
        const named = await api.fetchUser(user.id);
        if (named.name !== '') {
          found.push(named);
          break;
        }
        found.push(user);
        break;
      }
      default:
        found.push(user);
    }
  }
  return found;
}
