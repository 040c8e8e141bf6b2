import { load, save, type User } from './lib.ts';

declare const store: { save?(user: User): Promise<void>; ready: Promise<void> } | undefined;
declare function sql(text: TemplateStringsArray): Promise<unknown>;
declare const user: User;

export async function onClick(): Promise<void> {
  await save(user);
}

export async function inOrder(): Promise<void> {
  await save(user);
  await save(user);
}

export function shapes(): void {
  store?.save?.(user).catch(console.error);
  store!.ready.catch(console.error);
  void sql`select 1`;
  void new Promise((_, reject) => reject(new Error('no')));
  void (load('1') as Promise<unknown>);
  (load('2').catch(console.error));
  load('3').catch(console.error)!;
  Promise.all([load('4'), load('5')]).catch(console.error);
  Promise.allSettled([load('6')]).then(console.log);
  Promise.race([load('7')]).catch(console.error);
  Promise.reject(new Error('eight')).catch(console.error);
}

export function* steps(): Generator<number, void, Promise<void>> {
  void (yield 1);
}

export async function onTheSpot(): Promise<void> {
  await (async () => {
    await save(user);
  })();
  await (async function named() {
    await save(user);
  })();
}

export async function long(): Promise<void> {
  await load('a')
    .then((loaded) => save(loaded))
    .then(() => {
      console.log('saved');
    });
  await save({
    id: 'b',
  });
  await new Promise(
    (resolve, reject) => (user.id ? resolve(user) : reject(new Error('no'))),
  );
}

export class Account {
  async close(): Promise<void> {
    await save(user);
  }

  async end(): Promise<void> {
    await this.close();
  }
}

export async function loop(): Promise<void> {
  for (await save(user); user.id; await save(user)) console.log(user);
}

export const marked = async (): Promise<void> => await save(user).finally(() => {});
