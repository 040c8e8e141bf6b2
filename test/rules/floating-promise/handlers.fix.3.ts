import { load, save, type User } from './lib.ts';

declare const user: User;
declare const handler: ((error: unknown) => void) | undefined;
declare const args: [(error: unknown) => void];

export function withoutHandler(): void {
  void load('1').then(save);
  load('1').then(save).finally(() => console.log('done'));
  load('1').finally(() => console.log('done'));
  load('1').finally(() => {}).finally(() => {});
  void save(user).catch(...args);
  void save(user).then(...args);
}

export function deaf(): void {
  void save(user).catch();
  void save(user).catch(undefined);
  void save(user).catch(null);
  void save(user).catch(handler);
  void load('1').then(save, undefined);
  load('1').catch(undefined).finally(() => {});
}

export function marked(): void {
  void save(user).finally(() => console.log('done'));
  void save(user)
    .then(() => {})
    .finally(() => console.log('done'));
}
