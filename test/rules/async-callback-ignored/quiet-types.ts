import { report, save } from './lib';

interface Hooks {
  before: () => void | Promise<void>;
  after(): Promise<void>;
  run: (() => void) | (() => Promise<void>);
}

export const hooks: Hooks = {
  before: async () => save(),
  async after() {
    await save();
  },
  run: async () => save(),
};

const name = 'after';
export const computed: { after: () => void } = {
  async [name]() {
    await save();
  },
} as never;

export const free = { run: async () => save() };
export const decided = (async () => save()) as () => void;

class Base {
  open(): void {}
  static start(): void {}
  async close(): Promise<void> {}
}

export class Store extends Base {
  static async open() {
    await save();
  }
  override async open() {
    try {
      await save();
    } catch (error) {
      report(error);
    }
  }
  override async close() {
    await save();
  }
  async [Symbol.asyncDispose]() {
    await save();
  }
}
