import { refresh, saveUser, show, type User } from './_lib';

const noop = () => {};
function ignore(): void {}

export async function empty(user: User): Promise<void> {
  saveUser(user).catch(() => {});
//               ^^^^^ swallowed-rejection emptyHandler
  await saveUser(user).catch(() => undefined);
//                     ^^^^^ swallowed-rejection emptyHandler
  await refresh()
    .then(() => saveUser(user))
    .catch(function () {});
//   ^^^^^ swallowed-rejection emptyHandler
  void refresh().then(() => show(user), () => {});
//               ^^^^ swallowed-rejection emptyHandler
}

export async function named(user: User): Promise<void> {
  await saveUser(user).catch(noop);
//                     ^^^^^ swallowed-rejection emptyHandler
  saveUser(user).catch(ignore);
//               ^^^^^ swallowed-rejection emptyHandler
}

export function returned(user: User): Promise<void> {
  return refresh().catch(() => {});
//                 ^^^^^ swallowed-rejection emptyHandler
}

export async function all(users: readonly User[]): Promise<void> {
  await Promise.all(users.map((user) => saveUser(user))).catch(() => {});
//                                                       ^^^^^ swallowed-rejection emptyHandler
}

/** Notes and words to other tools give no reason. */
export function noted(user: User): void {
  saveUser(user).catch(() => {}); // TODO
//               ^^^^^ swallowed-rejection emptyHandler
  saveUser(user).catch(() => {}); // eslint-disable-line no-empty-function
  saveUser(user).catch(() => {
//               ^^^^^ swallowed-rejection emptyHandler
    // FIXME
  });
}
