import { load, save, type User } from './lib.ts';

declare const store: { save?(user: User): Promise<void>; ready: Promise<void> } | undefined;
declare function sql(text: TemplateStringsArray): Promise<unknown>;
declare const user: User;

export function onClick(): void {
  save(user);
//^^^^^^^^^^ floating-promise dropped
// related lib.ts:8 "can throw here"
}

export async function inOrder(): Promise<void> {
  save(user);
//^^^^^^^^^^ floating-promise dropped
// related lib.ts:8 "can throw here"
  await save(user);
}

export function shapes(): void {
  store?.save?.(user);
//^^^^^^^^^^^^^^^^^^^ floating-promise dropped
  store!.ready;
//^^^^^^^^^^^^ floating-promise dropped
  sql`select 1`;
//^^^^^^^^^^^^^ floating-promise dropped
  new Promise((_, reject) => reject(new Error('no')));
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
  load('1') as Promise<unknown>;
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
// related lib.ts:12 "can throw here"
  (load('2'));
// ^^^^^^^^^ floating-promise dropped
// related lib.ts:12 "can throw here"
  load('3')!;
//^^^^^^^^^ floating-promise dropped
// related lib.ts:12 "can throw here"
  Promise.all([load('4'), load('5')]);
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
// related lib.ts:12 "can throw here"
  Promise.allSettled([load('6')]).then(console.log);
  Promise.race([load('7')]);
//^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
// related lib.ts:12 "can throw here"
  Promise.reject(new Error('eight'));
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
}

export function* steps(): Generator<number, void, Promise<void>> {
  yield 1;
//^^^^^^^ floating-promise dropped
}

export function onTheSpot(): void {
  (async () => {
//^^^^^^^^^^^^ floating-promise dropped
// related lib.ts:8 "can throw here"
    await save(user);
  })();
  (async function named() {
//^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
// related lib.ts:8 "can throw here"
    await save(user);
  })();
}

export function long(): void {
  load('a')
//^^^^^^^^^ floating-promise dropped
// related lib.ts:8 "can throw here"
    .then((loaded) => save(loaded))
    .then(() => {
      console.log('saved');
    });
  save({
//^^^^ floating-promise dropped
// related lib.ts:8 "can throw here"
    id: 'b',
  });
  new Promise(
//^^^^^^^^^^^ floating-promise dropped
    (resolve, reject) => (user.id ? resolve(user) : reject(new Error('no'))),
  );
}

export class Account {
  async close(): Promise<void> {
    await save(user);
  }

  end(): void {
    this.close();
//  ^^^^^^^^^^^^ floating-promise dropped
//  related lib.ts:8 "can throw here"
  }
}

export function loop(): void {
  for (save(user); user.id; save(user)) console.log(user);
//     ^^^^^^^^^^ floating-promise dropped
//     related lib.ts:8 "can throw here"
//                          ^^^^^^^^^^ floating-promise dropped
//                          related lib.ts:8 "can throw here"
}

export const marked = (): void => void save(user).finally(() => {});
//                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise rethrown
