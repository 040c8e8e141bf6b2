import { load, report, type User } from './lib.ts';

declare const users: Map<string, User>;

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function forget(id: string): Promise<void> {
  await sleep(1);
  users.delete(id);
}

export async function unordered(): Promise<void> {
  await report('started');
  await sleep(100);
  await forget('1');
  await Promise.allSettled([forget('1')]);
  await report('done');
}

/** Words about waiting settle the order, and not what becomes of a rejection. */
export async function notAwaited(): Promise<void> {
  // Don't await this: it may take long.
  await load('1');
  await report('started');
}

/** There is nothing to await it with, and no rejection to lose. */
export function quiet(): void {
  report('started');
  sleep(100);
  forget('1');
}

/** The callback says what comes after. */
export async function chained(): Promise<void> {
  report('1').then(() => console.log('reported'));
  report('2').finally(() => console.log('reported'));
  await report('done');
}
