import { refresh, saveUser, show, type User } from './_lib';

const noop = () => {};
function ignore(): void {}

export async function empty(user: User): Promise<void> {
  saveUser(user).catch(console.error);
  await saveUser(user).catch((error: unknown) => {
    console.error(error);
    return undefined;
  });
  await refresh()
    .then(() => saveUser(user))
    .catch(console.error);
  void refresh().then(() => show(user), console.error);
}

export async function named(user: User): Promise<void> {
  await saveUser(user).catch(console.error);
  saveUser(user).catch(console.error);
}

export function returned(user: User): Promise<void> {
  return refresh().catch(console.error);
}

export async function all(users: readonly User[]): Promise<void> {
  await Promise.all(users.map((user) => saveUser(user))).catch(console.error);
}

/** Notes and words to other tools give no reason. */
export function noted(user: User): void {
  saveUser(user).catch(console.error); // TODO
  saveUser(user).catch(() => {}); // eslint-disable-line no-empty-function
  saveUser(user).catch(() => {
    // FIXME
  });
}
