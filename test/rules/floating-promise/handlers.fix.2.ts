import { load, save, type User } from './lib.ts';

declare const user: User;
declare const handler: ((error: unknown) => void) | undefined;
declare const args: [(error: unknown) => void];

export function withoutHandler(): void {
  load('1').then(save).catch(console.error);
  load('1').then(save).finally(() => console.log('done')).catch(console.error);
  load('1').finally(() => console.log('done')).catch(console.error);
  load('1').finally(() => {}).finally(() => {}).catch(console.error);
  save(user).catch(...args).catch(console.error);
  save(user).then(...args).catch(console.error);
}

export function deaf(): void {
  save(user).catch(console.error);
  save(user).catch(console.error);
  save(user).catch(console.error);
  save(user).catch(console.error);
  load('1').then(save, console.error);
  load('1').catch(console.error).finally(() => {});
}

export function marked(): void {
  void save(user).finally(() => console.log('done')).catch(console.error);
  void save(user)
    .then(() => {})
    .finally(() => console.log('done')).catch(console.error);
}
