import { load, save, type User } from './lib.ts';

declare const store: { save?(user: User): Promise<void>; ready: Promise<void> } | undefined;
declare function sql(text: TemplateStringsArray): Promise<unknown>;
declare const user: User;

export function onClick(): void {
  save(user).catch(console.error);
}

export async function inOrder(): Promise<void> {
  save(user).catch(console.error);
  await save(user);
}

export function shapes(): void {
  void store?.save?.(user);
  void store!.ready;
  sql`select 1`;
  new Promise((_, reject) => reject(new Error('no')));
  load('1') as Promise<unknown>;
  (void load('2'));
  void load('3')!;
  void Promise.all([load('4'), load('5')]);
  Promise.allSettled([load('6')]).then(console.log);
  void Promise.race([load('7')]);
  void Promise.reject(new Error('eight'));
}

export function* steps(): Generator<number, void, Promise<void>> {
  yield 1;
}

export function onTheSpot(): void {
  (async () => {
    await save(user);
  })().catch(console.error);
  (async function named() {
    await save(user);
  })().catch(console.error);
}

export function long(): void {
  load('a')
    .then((loaded) => save(loaded))
    .then(() => {
      console.log('saved');
    }).catch(console.error);
  save({
    id: 'b',
  }).catch(console.error);
  void new Promise(
    (resolve, reject) => (user.id ? resolve(user) : reject(new Error('no'))),
  );
}

export class Account {
  async close(): Promise<void> {
    await save(user);
  }

  end(): void {
    this.close().catch(console.error);
  }
}

export function loop(): void {
  for (save(user).catch(console.error); user.id; save(user).catch(console.error)) console.log(user);
}

export const marked = (): void => void save(user).finally(() => {}).catch(console.error);
