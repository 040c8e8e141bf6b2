import { save } from './lib';

interface Hooks {
  before: () => void;
  after(): void;
  done?: () => void;
}

export const hooks: Hooks = {
  before: async () => {
//        ^^^^^ async-callback-ignored assigned
//        related types.ts:13 "can reject here"
    await save();
  },
  async after() {
//      ^^^^^ async-callback-ignored assigned
//      related types.ts:18 "can reject here"
    await save();
  },
  done: save,
//      ^^^^ async-callback-ignored assigned
//      related lib.ts:3 "can reject here"
};

const done = async () => save();
export const short: Partial<Hooks> = { done };
//                                     ^^^^ async-callback-ignored assigned
//                                     related types.ts:25 "can reject here"
export const record: Record<string, () => void> = { run: async () => save() };
//                                                       ^^^^^ async-callback-ignored assigned
//                                                       related types.ts:29 "can reject here"
export const list: (() => void)[] = [async () => save()];
//                                   ^^^^^ async-callback-ignored returned
//                                   related types.ts:32 "can reject here"

export let callback: () => void = async () => {
//                                ^^^^^ async-callback-ignored assigned
//                                related types.ts:39 "can reject here"
  await save();
};
callback = async () => save();
//         ^^^^^ async-callback-ignored assigned
//         related types.ts:41 "can reject here"

export function make(): () => void {
  return async () => {
//       ^^^^^ async-callback-ignored returned
//       related types.ts:49 "can reject here"
    await save();
  };
}

export const maker: () => () => void = () => () => save();
//                                                 ^^^^ async-callback-ignored returned

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
//               related types.ts:70 "can reject here"
    await save();
  }
  async close() {
//      ^^^^^ async-callback-ignored override
//      related types.ts:75 "can reject here"
    await save();
  }
  override flush = async () => {
//         ^^^^^ async-callback-ignored override
//         related types.ts:80 "can reject here"
    await save();
  };
  stop() {
//^^^^ async-callback-ignored override
// related types.ts:85 "can reject here"
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
