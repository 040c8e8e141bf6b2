import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { report, save } from './lib';

const events = new EventEmitter();

export function start(socket: EventEmitter) {
  setTimeout(async () => {
//           ^^^^^ async-callback-ignored ignored
//           related arguments.ts:12 "can reject here"
//           related lib.ts:3 "can throw here"
    await save();
  }, 10);
  setInterval(save, 1000);
//            ^^^^ async-callback-ignored ignored
//            related lib.ts:3 "can reject here"
  setTimeout(() => save(), 10);
//                 ^^^^ async-callback-ignored ignored
//                 related lib.ts:3 "can throw here"
  events.on('change', async (id: string) => {
//                    ^^^^^ async-callback-ignored ignored
//                    related arguments.ts:24 "can reject here"
//                    related lib.ts:3 "can throw here"
    await save(id);
    console.log(`saved
  ${id}`);
  });
  socket.once('end', async function () {
//                   ^^^^^ async-callback-ignored ignored
//                   related arguments.ts:32 "can reject here"
//                   related lib.ts:3 "can throw here"
    await save();
  });
  process.on('SIGTERM', async () => {
//                      ^^^^^ async-callback-ignored ignored
//                      related arguments.ts:38 "can reject here"
//                      related lib.ts:3 "can throw here"
    await save();
    process.exit(0);
  });
  createServer(async (_request, response) => {
//             ^^^^^ async-callback-ignored request
//             related arguments.ts:45 "can reject here"
//             related lib.ts:3 "can throw here"
    await save();
    response.end();
  });
  document.body.addEventListener('click', async () => {
//                                        ^^^^^ async-callback-ignored listener
//                                        related arguments.ts:52 "can reject here"
//                                        related lib.ts:3 "can throw here"
    await save();
  });
  document.body.onclick = async () => {
//                        ^^^^^ async-callback-ignored listener
//                        related arguments.ts:58 "can reject here"
//                        related lib.ts:3 "can throw here"
    await save();
  };
}

export function rethrown() {
  setTimeout(async () => {
//           ^^^^^ async-callback-ignored ignored
//           related arguments.ts:70 "can reject here"
    try {
      await save();
    } catch (error) {
      report(error);
      throw error;
    }
  });
  setTimeout(async () => {
//           ^^^^^ async-callback-ignored ignored
//           related arguments.ts:78 "can reject here"
//           related lib.ts:3 "can throw here"
    try {
      return save();
    } catch (error) {
      report(error);
    }
  });
}

declare function many(first: boolean, ...callbacks: (() => void)[]): void;
declare function pair(...callbacks: [number, () => void]): void;
declare const optional: ((callback: () => void) => void) | undefined;
declare function either(callback: (() => void) | { run(): void }): void;
declare function loose(callback: () => number): void;
declare function loose(callback: () => void): void;
declare function remember<T extends () => unknown>(callback: T): T;

export class Watcher {
  constructor(readonly callback: () => void) {}
}

export function shapes(callbacks: (() => Promise<void>)[]) {
  many(true, async () => save(), () => {}, save);
//           ^^^^^ async-callback-ignored ignored
//           related arguments.ts:98 "can reject here"
//           related lib.ts:3 "can throw here"
//                                         ^^^^ async-callback-ignored ignored
//                                         related lib.ts:3 "can reject here"
  many(true, ...callbacks);
//              ^^^^^^^^^ async-callback-ignored ignored
  pair(1, async () => save());
//        ^^^^^ async-callback-ignored ignored
//        related arguments.ts:106 "can reject here"
//        related lib.ts:3 "can throw here"
  optional?.(async () => save());
//           ^^^^^ async-callback-ignored ignored
//           related arguments.ts:110 "can reject here"
//           related lib.ts:3 "can throw here"
  either(async () => save());
//       ^^^^^ async-callback-ignored ignored
//       related arguments.ts:114 "can reject here"
//       related lib.ts:3 "can throw here"
  loose(async () => save());
//      ^^^^^ async-callback-ignored ignored
//      related arguments.ts:118 "can reject here"
//      related lib.ts:3 "can throw here"
  remember<() => void>(async () => save());
//                     ^^^^^ async-callback-ignored ignored
//                     related arguments.ts:122 "can reject here"
//                     related lib.ts:3 "can throw here"
  new Watcher(async () => save());
//            ^^^^^ async-callback-ignored ignored
//            related arguments.ts:126 "can reject here"
//            related lib.ts:3 "can throw here"
  optional?.(Math.random() > 0.5 ? async () => save() : () => {});
//                                 ^^^^^ async-callback-ignored ignored
//                                 related arguments.ts:130 "can reject here"
//                                 related lib.ts:3 "can throw here"
}

export async function last(task: Promise<void>) {
  await task.finally(async () => {
//                   ^^^^^ async-callback-ignored finally
//                   related arguments.ts:141 "can reject here"
//                   related lib.ts:3 "can throw here"
    await save();
  });
}
