import { load, save, type User } from './lib.ts';

declare const user: User;
declare const isNew: boolean;
declare let last: Promise<void>;

export async function operators(): Promise<void> {
  await save(user), console.log(user);
  console.log(user), await save(user);
  isNew && await save(user);
  isNew || await save(user);
  isNew ? await save(user) : console.log(user);
  isNew ? console.log(user) : await load(user.id);
  isNew ? await load('1') : await save(user);
  (await load('2')) && await save(user);
  void load('3') ?? await save(user);
  (isNew, await save(user));
}

export async function kept(): Promise<void> {
  last = save(user);
  isNew && (last = save(user));
  isNew && (await save(user));
  isNew && void save(user);
  await last;
}

declare function check(): Promise<boolean>;
declare function maybeCheck(): Promise<boolean> | undefined;

/** What decides `&&` and `||` is a promise where its value was meant: promise-as-value speaks of it. */
export async function tested(): Promise<void> {
  // @ts-expect-error The compiler sees it too.
  check() && console.log(user);
  await maybeCheck() && console.log(user);
  await maybeCheck() ?? console.log(user);
}
