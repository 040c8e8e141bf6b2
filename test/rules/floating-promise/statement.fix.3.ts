import { load, save, type User } from './lib.ts';

declare const store: { save?(user: User): Promise<void>; ready: Promise<void> } | undefined;
declare function sql(text: TemplateStringsArray): Promise<unknown>;
declare const user: User;

export function onClick(): void {
  void save(user);
}

export async function inOrder(): Promise<void> {
  void save(user);
  await save(user);
}

export function shapes(): void {
  store?.save?.(user);
  store!.ready;
  sql`select 1`;
  new Promise((_, reject) => reject(new Error('no')));
  load('1') as Promise<unknown>;
  (load('2'));
  load('3')!;
  Promise.all([load('4'), load('5')]);
  Promise.allSettled([load('6')]).then(console.log);
  Promise.race([load('7')]);
  Promise.reject(new Error('eight'));
}

export function* steps(): Generator<number, void, Promise<void>> {
  yield 1;
}

export function onTheSpot(): void {
  void (async () => {
    await save(user);
  })();
  void (async function named() {
    await save(user);
  })();
}

export function long(): void {
  void load('a')
    .then((loaded) => save(loaded))
    .then(() => {
      console.log('saved');
    });
  void save({
    id: 'b',
  });
  new Promise(
    (resolve, reject) => (user.id ? resolve(user) : reject(new Error('no'))),
  );
}

export class Account {
  async close(): Promise<void> {
    await save(user);
  }

  end(): void {
    void this.close();
  }
}

export function loop(): void {
  for (void save(user); user.id; void save(user)) console.log(user);
}

export const marked = (): void => void save(user).finally(() => {});
