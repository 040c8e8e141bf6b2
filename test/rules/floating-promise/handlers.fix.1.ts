import { load, save, type User } from './lib.ts';

declare const user: User;
declare const handler: ((error: unknown) => void) | undefined;
declare const args: [(error: unknown) => void];

export async function withoutHandler(): Promise<void> {
  await load('1').then(save);
  await load('1').then(save).finally(() => console.log('done'));
  await load('1').finally(() => console.log('done'));
  await load('1').finally(() => {}).finally(() => {});
  await save(user).catch(...args);
  await save(user).then(...args);
}

export async function deaf(): Promise<void> {
  await save(user).catch();
  await save(user).catch(undefined);
  await save(user).catch(null);
  await save(user).catch(handler);
  await load('1').then(save, undefined);
  await load('1').catch(undefined).finally(() => {});
}

export async function marked(): Promise<void> {
  await save(user).finally(() => console.log('done'));
  await save(user)
    .then(() => {})
    .finally(() => console.log('done'));
}
