import { loadUser, saveUser, type User } from './_lib';

export async function ignored(users: readonly User[]): Promise<void> {
  await Promise.allSettled(users.map((user) => saveUser(user)));
//              ^^^^^^^^^^ swallowed-rejection ignoredResults
}

export async function pair(a: User, b: User): Promise<void> {
  await Promise.allSettled([saveUser(a), saveUser(b)]);
//              ^^^^^^^^^^ swallowed-rejection ignoredResults
  console.log('saved');
}
