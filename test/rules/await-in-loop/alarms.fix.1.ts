import { api, type User } from './lib.ts';

export async function users(ids: readonly string[]): Promise<readonly User[]> {
  const found: User[] = [];
  found.push(...(await Promise.all(ids.map((id) => api.fetchUser(id)))));
  return found;
}

export async function names(ids: ReadonlySet<string>): Promise<readonly string[]> {
  const found: string[] = [];
  found.push(...(await Promise.all(Array.from(ids, async (id) => {
    // The name is what people see.
    const user = await api.fetchUser(id);
    return user.name;
  }))));
  return found;
}

export async function postsByName(users: readonly User[]): Promise<Record<string, readonly string[]>> {
  const posts: Record<string, readonly string[]> = {};
  await Promise.all(users.map(async ({ id, name }) => {
    if (name === '') return;
    posts[name] = await api.listPosts(id);
  }));
  return posts;
}

export async function postsOf(users: User[]): Promise<void> {
  await Promise.all(users.map(async (user) => {
    user.posts = await api.listPosts(user.id);
  }));
}

export async function byKey(ids: Record<string, string>): Promise<Map<string, User>> {
  const found = new Map<string, User>();
  await Promise.all(Object.keys(ids).map(async (key) => {
    const user = await api.fetchUser(ids[key] ?? '');
    found.set(key, user);
  }));
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
  await Promise.all(ids.map(async (id) => {
    const user = await api.fetchUser(id);
    if (user.name !== '') count++;
  }));
  return count;
}

interface Task {
  invoke(input: string): Promise<string>;
}

export async function tasks(tasks: Record<string, Task>, input: string): Promise<Record<string, string>> {
  const output: Record<string, string> = {};
  await Promise.all(Object.entries(tasks).map(async ([key, task]) => {
    const result = await task.invoke(input);
    output[key] = result;
  }));
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
  await Promise.all(ids.map(async (id) => {
    const user = await api.fetchUser(id);
    if (user.name === '' && !options.name) {
      options.name = 'nobody';
    }
    found[id] = user;
  }));
  return found;
}

export async function anyNamed(ids: readonly string[]): Promise<boolean> {
  let isNamed = false;
  await Promise.all(ids.map(async (id) => {
    const user = await api.fetchUser(id);
    if (user.name !== '') isNamed = true;
  }));
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
