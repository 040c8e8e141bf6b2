import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { report, save } from './lib';

const events = new EventEmitter();

export function start(socket: EventEmitter) {
  setTimeout(async () => {
//           ^^^^^ async-callback-ignored ignored
//           related arguments.ts:11 "can reject here"
    await save();
  }, 10);
  setInterval(save, 1000);
//            ^^^^ async-callback-ignored ignored
//            related lib.ts:3 "can reject here"
  setTimeout(() => save(), 10);
//                 ^^^^ async-callback-ignored ignored
  events.on('change', async (id: string) => {
//                    ^^^^^ async-callback-ignored ignored
//                    related arguments.ts:21 "can reject here"
    await save(id);
    console.log(`saved
  ${id}`);
  });
  socket.once('end', async function () {
//                   ^^^^^ async-callback-ignored ignored
//                   related arguments.ts:28 "can reject here"
    await save();
  });
  process.on('SIGTERM', async () => {
//                      ^^^^^ async-callback-ignored ignored
//                      related arguments.ts:33 "can reject here"
    await save();
    process.exit(0);
  });
  createServer(async (_request, response) => {
//             ^^^^^ async-callback-ignored request
//             related arguments.ts:39 "can reject here"
    await save();
    response.end();
  });
  document.body.addEventListener('click', async () => {
//                                        ^^^^^ async-callback-ignored listener
//                                        related arguments.ts:45 "can reject here"
    await save();
  });
  document.body.onclick = async () => {
//                        ^^^^^ async-callback-ignored listener
//                        related arguments.ts:50 "can reject here"
    await save();
  };
}

export function rethrown() {
  setTimeout(async () => {
//           ^^^^^ async-callback-ignored ignored
//           related arguments.ts:62 "can reject here"
    try {
      await save();
    } catch (error) {
      report(error);
      throw error;
    }
  });
  setTimeout(async () => {
//           ^^^^^ async-callback-ignored ignored
//           related arguments.ts:69 "can reject here"
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
//           related arguments.ts:89 "can reject here"
//                                         ^^^^ async-callback-ignored ignored
//                                         related lib.ts:3 "can reject here"
  many(true, ...callbacks);
//              ^^^^^^^^^ async-callback-ignored ignored
  pair(1, async () => save());
//        ^^^^^ async-callback-ignored ignored
//        related arguments.ts:96 "can reject here"
  optional?.(async () => save());
//           ^^^^^ async-callback-ignored ignored
//           related arguments.ts:99 "can reject here"
  either(async () => save());
//       ^^^^^ async-callback-ignored ignored
//       related arguments.ts:102 "can reject here"
  loose(async () => save());
//      ^^^^^ async-callback-ignored ignored
//      related arguments.ts:105 "can reject here"
  remember<() => void>(async () => save());
//                     ^^^^^ async-callback-ignored ignored
//                     related arguments.ts:108 "can reject here"
  new Watcher(async () => save());
//            ^^^^^ async-callback-ignored ignored
//            related arguments.ts:111 "can reject here"
  optional?.(Math.random() > 0.5 ? async () => save() : () => {});
//                                 ^^^^^ async-callback-ignored ignored
//                                 related arguments.ts:114 "can reject here"
}

export async function last(task: Promise<void>) {
  await task.finally(async () => {
//                   ^^^^^ async-callback-ignored finally
//                   related arguments.ts:123 "can reject here"
    await save();
  });
}
