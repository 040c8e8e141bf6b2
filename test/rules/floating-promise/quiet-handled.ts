// @options {"voidedTasks": "allow"}
import { load, save, type User } from './lib.ts';

declare const user: User;
declare const untyped: any;
declare const onError: (error: unknown) => void;

export function handled(): void {
  save(user).catch(onError);
  save(user).catch(() => {});
  save(user).catch(untyped);
  load('1').then(save, onError);
  load('1').then(save).catch(onError);
  load('1').catch(onError).finally(() => {});
  load('1').catch(onError).finally(() => {}).finally(() => {});
  load('1')['catch'](onError);
  store(load('1'));
  void save(user);
  void (async () => {
    await save(user);
  })();
  void save(user).catch(onError).finally(() => {});
}

function store(_promise: Promise<User>): void {}

export async function awaited(): Promise<User> {
  await save(user);
  (await load('1')).id;
  const started = save(user);
  await started;
  return load('2');
}

export async function* generated(): AsyncGenerator<User> {
  yield load('1');
  yield* [load('2')];
}

export const values: Promise<User>[] = [load('1')];
export const arrow = (): Promise<User> => load('1');

declare function isPromise<T>(value: T): value is T & Promise<unknown>;

export async function guarded<T extends () => unknown>(call: T): Promise<void> {
  const result = call() as ReturnType<T>;
  if (isPromise(result)) await result;
}
