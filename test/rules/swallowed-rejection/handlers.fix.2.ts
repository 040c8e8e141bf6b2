import { refresh, saveUser, show, type User } from './_lib';

const noop = () => {};
function ignore(): void {}

export async function empty(user: User): Promise<void> {
  saveUser(user).catch(() => {});
  await saveUser(user);
  await refresh()
    .then(() => saveUser(user));
  void refresh().then(() => show(user), () => {});
}

export async function named(user: User): Promise<void> {
  await saveUser(user);
  saveUser(user).catch(ignore);
}

export function returned(user: User): Promise<void> {
  return refresh();
}

export async function all(users: readonly User[]): Promise<void> {
  await Promise.all(users.map((user) => saveUser(user)));
}

/** Notes and words to other tools give no reason. */
export function noted(user: User): void {
  saveUser(user).catch(() => {}); // TODO
  saveUser(user).catch(() => {}); // eslint-disable-line no-empty-function
  saveUser(user).catch(() => {
    // FIXME
  });
}
