import { api, type User } from './lib.ts';

export async function saveAll(users: readonly User[]): Promise<void> {
  for (const user of users) {
    const config = await api.getConfig();
//                 ^^^^^ repeated-await repeated
//                 related alarms.ts:4 "in every round of this loop"
    await api.saveUser(user, config);
  }
}

export async function names(ids: readonly string[], team: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const id of ids) {
    const owner = await fetchOwner(team);
//                ^^^^^ repeated-await repeated
//                related alarms.ts:14 "in every round of this loop"
    found.push(`${owner.name}: ${id}`);
  }
  return found;
}

declare function fetchOwner(team: string): Promise<User>;
