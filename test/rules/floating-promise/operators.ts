import { load, save, type User } from './lib.ts';

declare const user: User;
declare const isNew: boolean;
declare let last: Promise<void>;

export async function operators(): Promise<void> {
  save(user), console.log(user);
//^^^^^^^^^^ floating-promise dropped
// related lib.ts:8 "can throw here"
  console.log(user), save(user);
//                   ^^^^^^^^^^ floating-promise dropped
//                   related lib.ts:8 "can throw here"
  isNew && save(user);
//         ^^^^^^^^^^ floating-promise dropped
//         related lib.ts:8 "can throw here"
  isNew || save(user);
//         ^^^^^^^^^^ floating-promise dropped
//         related lib.ts:8 "can throw here"
  isNew ? save(user) : console.log(user);
//        ^^^^^^^^^^ floating-promise dropped
//        related lib.ts:8 "can throw here"
  isNew ? console.log(user) : load(user.id);
//                            ^^^^^^^^^^^^^ floating-promise dropped
//                            related lib.ts:12 "can throw here"
  isNew ? load('1') : save(user);
//        ^^^^^^^^^ floating-promise dropped
//        related lib.ts:12 "can throw here"
//                    ^^^^^^^^^^ floating-promise dropped
//                    related lib.ts:8 "can throw here"
  (await load('2')) && save(user);
//                     ^^^^^^^^^^ floating-promise dropped
//                     related lib.ts:8 "can throw here"
  void load('3') ?? save(user);
//                  ^^^^^^^^^^ floating-promise dropped
//                  related lib.ts:8 "can throw here"
  (isNew, save(user));
//        ^^^^^^^^^^ floating-promise dropped
//        related lib.ts:8 "can throw here"
}

export async function kept(): Promise<void> {
  last = save(user);
  isNew && (last = save(user));
  isNew && (await save(user));
  isNew && void save(user);
  await last;
}
