import { createUser, loadUser, refresh, saveUser, show, type User } from './_lib';

export async function empty(user: User): Promise<void> {
  try {
    await saveUser(user);
  } catch (error) {
    throw error;
  }
}

export async function named(id: string): Promise<void> {
  try {
    const user = await loadUser(id);
    show(user);
  } catch (problem) {
    throw problem;
  }
}

export async function several(user: User): Promise<void> {
  for (const attempt of [1, 2]) {
    try {
      console.log(attempt);
      await refresh();
      await saveUser(user);
    } catch (error) {
      throw error;
    }
  }
}

export async function iterated(users: AsyncIterable<User>): Promise<void> {
  try {
    for await (const user of users) show(user);
  } catch (error) {
    throw error;
  }
}

export async function created(): Promise<void> {
  try {
    await createUser('Ada');
  } catch (error) {
    throw error;
  }
}
