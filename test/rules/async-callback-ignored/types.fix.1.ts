import { save } from './lib';

interface Hooks {
  before: () => void;
  after(): void;
  done?: () => void;
}

export const hooks: Hooks = {
  before: async () => {
    try {
      await save();
    } catch (error) {
      console.error(error);
    }
  },
  async after() {
    try {
      await save();
    } catch (error) {
      console.error(error);
    }
  },
  done: save,
};

const done = async () => save();
export const short: Partial<Hooks> = { done };
export const record: Record<string, () => void> = { run: async () => { try { await save(); } catch (error) { console.error(error); } } };
export const list: (() => void)[] = [async () => { try { await save(); } catch (error) { console.error(error); } }];

export let callback: () => void = async () => {
  try {
    await save();
  } catch (error) {
    console.error(error);
  }
};
callback = async () => { try { await save(); } catch (error) { console.error(error); } };

export function make(): () => void {
  return async () => {
    try {
      await save();
    } catch (error) {
      console.error(error);
    }
  };
}

export const maker: () => () => void = () => () => void save().catch((error: unknown) => console.error(error));

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
    try {
      await save();
    } catch (error) {
      console.error(error);
    }
  }
  async close() {
    try {
      await save();
    } catch (error) {
      console.error(error);
    }
  }
  override flush = async () => {
    await save();
  };
  stop() {
    return save();
  }
}

export abstract class Later extends Base {
  abstract override close(): Promise<void>;
}

export interface Slow extends Stoppable {
  stop(): Promise<void>;
}

export class Handle {
  async [Symbol.dispose]() {
    await save();
  }
}
