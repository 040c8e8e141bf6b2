import { load, report, save, type User } from './lib.ts';

declare const users: readonly User[];
declare const pair: [number, Promise<void>];
declare const either: Promise<void>[] | readonly Promise<User>[];

export async function lists(): Promise<void> {
  users.map((user) => save(user));
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise list
  users.map(async (user) => {
//^^^^^^^^^ floating-promise list
    await save(user);
  });
  [save({ id: '1' }), load('2')];
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise list
  pair;
//^^^^ floating-promise list
  either;
//^^^^^^ floating-promise list
  await users.map((user) => load(user.id));
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise awaitedList
  users.map((user) => report(user.id));
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise unordered
}

export async function fine(): Promise<void> {
  await Promise.all(users.map((user) => save(user)));
  const started = users.map((user) => save(user));
  await Promise.all(started);
  users.map((user) => user.id);
}

export function inTurn<T extends Promise<void>[]>(tasks: T): void {
  tasks;
//^^^^^ floating-promise list
}
