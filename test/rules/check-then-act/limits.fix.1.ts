import { load } from './lib';
import { Mutex } from 'async-mutex';

interface Account {
  balance: number;
}

export const accounts = new Map<string, Account>();
export const stock: Record<string, number> = {};

const withdrawMutex = new Mutex();

export async function withdraw(id: string, amount: number): Promise<void> {
  return withdrawMutex.runExclusive(async () => {
    const account = accounts.get(id);
    if (!account) throw new Error('There is no such account.');
    if (account.balance < amount) throw new Error('That is too much.');
    await load(`withdrawal ${id}`);
    account.balance -= amount;
  });
}

const buyMutex = new Mutex();

export async function buy(item: string): Promise<boolean> {
  return buyMutex.runExclusive(async () => {
    if ((stock[item] ?? 0) > 0) {
      await load('payment');
      stock[item]!--;
      return true;
    }
    return false;
  });
}

export class Gate {
  active = 0;
  #most = 1;

  readonly #enterMutex = new Mutex();

  async enter(): Promise<boolean> {
    return this.#enterMutex.runExclusive(async () => {
      if (this.active >= this.#most) return false;
      await load('slot');
      this.active++;
      return true;
    });
  }
}

export function createLoader(): () => Promise<string> {
  let cached: string | undefined;
  let cachedPromise: Promise<string> | undefined;
  return async () => {
    if (!cached) cached = await (cachedPromise ??= load('cached').finally(() => {
      cachedPromise = undefined;
    }));
    return cached;
  };
}
