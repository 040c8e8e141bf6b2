import { api, type User } from './lib.ts';

export async function saveAll(users: readonly User[]): Promise<void> {
  const config = await api.getConfig();
  for (const user of users) {
    await api.saveUser(user, config);
  }
}

export async function names(ids: readonly string[], team: string): Promise<readonly string[]> {
  const found: string[] = [];
  const owner = await fetchOwner(team);
  for (const id of ids) {
    found.push(`${owner.name}: ${id}`);
  }
  return found;
}

declare function fetchOwner(team: string): Promise<User>;
