import { report, save, type User } from './lib.ts';

declare const user: User;

/** Words beside a statement that say what `void` says. */
export async function start(): Promise<void> {
  // Fire and forget: the answer does not depend on it.
  save(user);
  // We don't need to wait for this.
  report('starting');
  report('started'); // not awaited on purpose
  await report('started');
}

const seen = new Set<string>();

async function forget(id: string): Promise<void> {
  seen.delete(id);
}

/** It has done its work when it returns. */
export async function clear(): Promise<void> {
  forget('1');
  await report('cleared');
}
