// typescript-eslint#5543: "allow it if it never throws".
import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { report, save } from './lib';

const events = new EventEmitter();

export function guarded() {
  setTimeout(async () => {
    try {
      await save();
    } catch (error) {
      report(error);
    }
  }, 10);
  setTimeout(() => save().catch(report), 10);
  setTimeout(() => save().then(() => {}, report), 10);
  setTimeout(() => void save(), 10);
  setTimeout(async () => {}, 10);
  setTimeout(async () => {
    console.log('before');
    await save().catch(report);
  }, 10);
  createServer(async (_request, response) => {
    try {
      await save();
    } catch (error) {
      response.statusCode = 500;
      report(error);
    } finally {
      response.end();
    }
  });
  void Promise.resolve().finally(async () => {});
}

/** Forgetting a listener does not call it. */
export function listen(handler: () => Promise<void>, register: (handler: () => Promise<void> | void) => void) {
  register(handler);
  events.off('change', handler);
  events.removeListener('change', handler);
  removeEventListener('click', handler);
}

interface It {
  (name: string, callback: () => void): void;
  (name: string, callback: () => Promise<void>): void;
}
declare const it: It;
declare function either(callback: (() => void) | (() => Promise<void>)): void;
declare function anything(callback: () => unknown): void;
declare function nothing(callback: any): void;
declare function generic<T>(callback: () => T): T;
declare function many(...callbacks: (() => Promise<void>)[]): void;

export function welcome() {
  it('saves', async () => save());
  either(async () => save());
  anything(async () => save());
  nothing(async () => save());
  void generic(async () => save());
  many(async () => save(), save);
  new Promise<void>((resolve) => resolve());
}

/** The type says void, and the definition waits all the same. */
export async function errorOf(action: () => void): Promise<unknown> {
  try {
    await action();
  } catch (error) {
    return error;
  }
  return undefined;
}

async function timed(action: () => void): Promise<unknown> {
  console.time();
  return errorOf(action);
}

export async function check() {
  console.log(await errorOf(async () => save('')), await timed(() => save('')));
}
