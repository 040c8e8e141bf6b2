import { refresh, saveUser, type User } from './_lib';

export async function saved(user: User): Promise<boolean> {
  try {
    await saveUser(user);
    return true;
  } catch (error) {
    throw error;
  }
}

export async function each(users: readonly User[]): Promise<void> {
  for (const user of users) {
    try {
      await saveUser(user);
    } catch (error) {
      throw error;
    }
  }
}

export async function list(users: readonly User[]): Promise<string[]> {
  try {
    await refresh();
    await saveUser(users[0]!);
    return users.map(({ id }) => id);
  } catch (error) {
    throw error;
  }
}

export async function chained(user: User): Promise<unknown> {
  const answer = await saveUser(user);
  return answer;
}

/** The very same answer as if all had gone well. */
export async function register(user: User): Promise<User> {
  try {
    await saveUser(user);
  } catch (error) {
    throw error;
  }
  return user;
}
