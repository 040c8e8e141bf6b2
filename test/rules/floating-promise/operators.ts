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

declare function check(): Promise<boolean>;
declare function maybeCheck(): Promise<boolean> | undefined;

/** What decides `&&` and `||` is a promise where its value was meant: promise-as-value speaks of it. */
export async function tested(): Promise<void> {
  // @ts-expect-error The compiler sees it too.
  check() && console.log(user);
  maybeCheck() && console.log(user);
//^^^^^^^^^^^^ floating-promise dropped
  maybeCheck() ?? console.log(user);
//^^^^^^^^^^^^ floating-promise dropped
}
