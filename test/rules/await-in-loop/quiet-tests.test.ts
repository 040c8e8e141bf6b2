import { api, type User } from './lib.ts';

export async function inATest(ids: readonly string[]): Promise<readonly User[]> {
  const found: User[] = [];
  for (const id of ids) found.push(await api.fetchUser(id));
  return found;
}
