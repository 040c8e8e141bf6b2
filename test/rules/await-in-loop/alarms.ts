import { api, type User } from './lib.ts';

export async function users(ids: readonly string[]): Promise<readonly User[]> {
  const found: User[] = [];
  for (const id of ids) {
    found.push(await api.fetchUser(id));
//             ^^^^^ await-in-loop oneByOne
  }
  return found;
}

export async function names(ids: ReadonlySet<string>): Promise<readonly string[]> {
  const found: string[] = [];
  for (const id of ids) {
    // The name is what people see.
    const user = await api.fetchUser(id);
//               ^^^^^ await-in-loop oneByOne
    found.push(user.name);
  }
  return found;
}

export async function postsByName(users: readonly User[]): Promise<Record<string, readonly string[]>> {
  const posts: Record<string, readonly string[]> = {};
  for (const { id, name } of users) {
    if (name === '') continue;
    posts[name] = await api.listPosts(id);
//                ^^^^^ await-in-loop oneByOne
  }
  return posts;
}

export async function postsOf(users: User[]): Promise<void> {
  for (const user of users) {
    user.posts = await api.listPosts(user.id);
//               ^^^^^ await-in-loop oneByOne
  }
}

export async function byKey(ids: Record<string, string>): Promise<Map<string, User>> {
  const found = new Map<string, User>();
  for (const key in ids) {
    const user = await api.fetchUser(ids[key] ?? '');
//               ^^^^^ await-in-loop oneByOne
    found.set(key, user);
  }
  return found;
}

export async function byIndex(ids: readonly string[]): Promise<readonly User[]> {
  const found: User[] = [];
  for (let index = 0; index < ids.length; index++) {
    found.push(await api.fetchUser(ids[index] ?? ''));
//             ^^^^^ await-in-loop oneByOne
  }
  return found;
}

export async function howMany(ids: readonly string[]): Promise<number> {
  let count = 0;
  for (const id of ids) {
    const user = await api.fetchUser(id);
//               ^^^^^ await-in-loop oneByOne
    if (user.name !== '') count++;
  }
  return count;
}

interface Task {
  invoke(input: string): Promise<string>;
}

export async function tasks(tasks: Record<string, Task>, input: string): Promise<Record<string, string>> {
  const output: Record<string, string> = {};
  for (const [key, task] of Object.entries(tasks)) {
    const result = await task.invoke(input);
//                 ^^^^^ await-in-loop oneByOne
    output[key] = result;
  }
  return output;
}

export async function withErrors(ids: readonly string[]): Promise<readonly (User | Error)[]> {
  const answers: (User | Error)[] = [];
  for (const id of ids) {
    try {
      answers.push(await api.fetchUser(id));
//                 ^^^^^ await-in-loop oneByOne
    } catch (error) {
      answers.push(error as Error);
    }
  }
  return answers;
}

export async function setsOnce(ids: readonly string[], options: { name?: string }): Promise<Record<string, User>> {
  const found: Record<string, User> = {};
  for (const id of ids) {
    const user = await api.fetchUser(id);
//               ^^^^^ await-in-loop oneByOne
    if (user.name === '' && !options.name) {
      options.name = 'nobody';
    }
    found[id] = user;
  }
  return found;
}

export async function anyNamed(ids: readonly string[]): Promise<boolean> {
  let isNamed = false;
  for (const id of ids) {
    const user = await api.fetchUser(id);
//               ^^^^^ await-in-loop oneByOne
    if (user.name !== '') isNamed = true;
  }
  return isNamed;
}

export async function byCase(users: readonly User[]): Promise<readonly User[]> {
  const found: User[] = [];
  for (const user of users) {
    switch (user.name) {
      case '': {
        const named = await api.fetchUser(user.id);
//                    ^^^^^ await-in-loop oneByOne
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
