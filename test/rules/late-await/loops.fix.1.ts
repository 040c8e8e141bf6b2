import { load, save, use } from './lib.ts';

export async function oneByOne(ids: readonly string[]): Promise<void> {
  const users = ids.map((id) => load(id));
  for (const user of await Promise.all(users)) {
    use(user);
  }
}

export async function inPlace(ids: readonly string[]): Promise<void> {
  for (const user of await Promise.all(ids.map(load))) await save(user);
}

export async function forAwait(ids: readonly string[]): Promise<void> {
  const users = ids.map((id) => load(id));
  for (const user of await Promise.all(users)) use(user);
}

export async function ofAList(): Promise<void> {
  for (const user of [load('1'), load('2')]) {
    use(await user, user);
  }
}
