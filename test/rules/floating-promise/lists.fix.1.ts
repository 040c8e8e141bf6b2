import { load, report, save, type User } from './lib.ts';

declare const users: readonly User[];
declare const pair: [number, Promise<void>];
declare const either: Promise<void>[] | readonly Promise<User>[];

export async function lists(): Promise<void> {
  await Promise.all(users.map((user) => save(user)));
  await Promise.all(users.map(async (user) => {
    await save(user);
  }));
  await Promise.all([save({ id: '1' }), load('2')]);
  await Promise.all(pair);
  await Promise.all(either);
  await Promise.all(users.map((user) => load(user.id)));
  await Promise.all(users.map((user) => report(user.id)));
}

export async function fine(): Promise<void> {
  await Promise.all(users.map((user) => save(user)));
  const started = users.map((user) => save(user));
  await Promise.all(started);
  users.map((user) => user.id);
}

export function inTurn<T extends Promise<void>[]>(tasks: T): void {
  tasks;
}
