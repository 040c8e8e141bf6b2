import { load, save, type User } from './lib.ts';

declare const user: User;
declare const handler: ((error: unknown) => void) | undefined;
declare const args: [(error: unknown) => void];

export function withoutHandler(): void {
  load('1').then(save);
//^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
// related lib.ts:8 "can throw here"
  load('1').then(save).finally(() => console.log('done'));
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
// related lib.ts:8 "can throw here"
  load('1').finally(() => console.log('done'));
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
// related lib.ts:12 "can throw here"
  load('1').finally(() => {}).finally(() => {});
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
// related lib.ts:12 "can throw here"
  save(user).catch(...args);
//^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
  save(user).then(...args);
//^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
}

export function deaf(): void {
  save(user).catch();
//^^^^^^^^^^^^^^^^^^ floating-promise deafHandler
  save(user).catch(undefined);
//^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise deafHandler
  save(user).catch(null);
//^^^^^^^^^^^^^^^^^^^^^^ floating-promise deafHandler
  save(user).catch(handler);
//^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise deafHandler
  load('1').then(save, undefined);
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise deafHandler
  load('1').catch(undefined).finally(() => {});
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise deafHandler
}

export function marked(): void {
  void save(user).finally(() => console.log('done'));
//     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise rethrown
  void save(user)
//     ^^^^^^^^^^ floating-promise rethrown
    .then(() => {})
    .finally(() => console.log('done'));
}
