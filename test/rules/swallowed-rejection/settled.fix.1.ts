import { loadUser, saveUser, type User } from './_lib';

export async function ignored(users: readonly User[]): Promise<void> {
  const results = await Promise.allSettled(users.map((user) => saveUser(user)));
  for (const result of results) {
    if (result.status === 'rejected') console.error(result.reason);
  }
}

export async function pair(a: User, b: User): Promise<void> {
  const results = await Promise.allSettled([saveUser(a), saveUser(b)]);
  for (const result of results) {
    if (result.status === 'rejected') console.error(result.reason);
  }
  console.log('saved');
}
