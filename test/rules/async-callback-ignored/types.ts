import { save } from './lib';

interface Hooks {
  before: () => void;
  after(): void;
  done?: () => void;
}

export const hooks: Hooks = {
  before: async () => {
//        ^^^^^ async-callback-ignored assigned
//        related types.ts:14 "can reject here"
//        related lib.ts:3 "can throw here"
    await save();
  },
  async after() {
//      ^^^^^ async-callback-ignored assigned
//      related types.ts:20 "can reject here"
//      related lib.ts:3 "can throw here"
    await save();
  },
  done: save,
//      ^^^^ async-callback-ignored assigned
//      related lib.ts:3 "can reject here"
};

const done = async () => save();
export const short: Partial<Hooks> = { done };
//                                     ^^^^ async-callback-ignored assigned
//                                     related types.ts:27 "can reject here"
//                                     related lib.ts:3 "can throw here"
export const record: Record<string, () => void> = { run: async () => save() };
//                                                       ^^^^^ async-callback-ignored assigned
//                                                       related types.ts:32 "can reject here"
//                                                       related lib.ts:3 "can throw here"
export const list: (() => void)[] = [async () => save()];
//                                   ^^^^^ async-callback-ignored returned
//                                   related types.ts:36 "can reject here"
//                                   related lib.ts:3 "can throw here"

export let callback: () => void = async () => {
//                                ^^^^^ async-callback-ignored assigned
//                                related types.ts:45 "can reject here"
//                                related lib.ts:3 "can throw here"
  await save();
};
callback = async () => save();
//         ^^^^^ async-callback-ignored assigned
//         related types.ts:47 "can reject here"
//         related lib.ts:3 "can throw here"

export function make(): () => void {
  return async () => {
//       ^^^^^ async-callback-ignored returned
//       related types.ts:57 "can reject here"
//       related lib.ts:3 "can throw here"
    await save();
  };
}

export const maker: () => () => void = () => () => save();
//                                                 ^^^^ async-callback-ignored returned
//                                                 related lib.ts:3 "can throw here"

abstract class Base {
  open(): void {}
  abstract close(): void;
  flush = (): void => {};
}

interface Stoppable {
  stop(): void;
}

export class Store extends Base implements Stoppable {
  override async open() {
//               ^^^^ async-callback-ignored override
//               related types.ts:80 "can reject here"
//               related lib.ts:3 "can throw here"
    await save();
  }
  async close() {
//      ^^^^^ async-callback-ignored override
//      related types.ts:86 "can reject here"
//      related lib.ts:3 "can throw here"
    await save();
  }
  override flush = async () => {
//         ^^^^^ async-callback-ignored override
//         related types.ts:92 "can reject here"
//         related lib.ts:3 "can throw here"
    await save();
  };
  stop() {
//^^^^ async-callback-ignored override
// related types.ts:98 "can reject here"
// related lib.ts:3 "can throw here"
    return save();
  }
}

export abstract class Later extends Base {
  abstract override close(): Promise<void>;
//                  ^^^^^ async-callback-ignored override
}

export interface Slow extends Stoppable {
  stop(): Promise<void>;
//^^^^ async-callback-ignored override
}

export class Handle {
  async [Symbol.dispose]() {
//^^^^^ async-callback-ignored disposal
    await save();
  }
}
