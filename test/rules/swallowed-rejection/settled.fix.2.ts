import { loadUser, saveUser, type User } from './_lib';

export async function ignored(users: readonly User[]): Promise<void> {
  await Promise.all(users.map((user) => saveUser(user)));
}

export async function pair(a: User, b: User): Promise<void> {
  await Promise.all([saveUser(a), saveUser(b)]);
  console.log('saved');
}
