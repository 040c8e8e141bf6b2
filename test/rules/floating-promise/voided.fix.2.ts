import { report, save, type User } from './lib.ts';

declare const user: User;
declare function open(): { promise: Promise<void>; resolve(): void; reject(error: unknown): void };

export async function tasks(users: readonly User[]): Promise<void> {
  void (async () => {
    for (const each of users) await save(each);
  })().catch(console.error);
  void (async () => {
    try {
      await save(user);
    } catch (error) {
      console.error(error);
    }
  })();
  void (async () => {
    await report('never rejects');
  })();
  void (async () => {
    await save(user);
  })().catch(console.error);
  void save(user);
  await report('done');
}

/** Whoever waits for the deferred never hears of the failure. */
export function pass(): Promise<void> {
  const { promise, resolve } = open();
  void save(user).then(resolve);
  return promise;
}

export class Stream {
  readonly #waiting: ReturnType<typeof open>[] = [];

  add(page: Promise<string>): void {
    const next = open();
    this.#waiting.push(next);
    void page.then((text) => {
      console.log(text);
      next.resolve();
    });
    void page.then(() => next.resolve(), next.reject);
    void report('now').then(next.resolve);
    void page.then((text) => console.log(text));
  }
}
