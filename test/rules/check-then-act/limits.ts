import { load } from './lib';

interface Account {
  balance: number;
}

export const accounts = new Map<string, Account>();
export const stock: Record<string, number> = {};

export async function withdraw(id: string, amount: number): Promise<void> {
  const account = accounts.get(id);
  if (!account) throw new Error('There is no such account.');
  if (account.balance < amount) throw new Error('That is too much.');
  await load(`withdrawal ${id}`);
  account.balance -= amount;
//^^^^^^^^^^^^^^^ check-then-act limit
// related limits.ts:13 "1 checks `account.balance`"
// related limits.ts:14 "2 waits here, and other tasks run"
// related limits.ts:13 "3 another call checks, and finds the same"
// related limits.ts:15 "4 both change `account.balance`"
}

export async function buy(item: string): Promise<boolean> {
  if ((stock[item] ?? 0) > 0) {
    await load('payment');
    stock[item]!--;
//  ^^^^^^^^^^^ check-then-act limit
//  related limits.ts:24 "1 checks `stock[item]`"
//  related limits.ts:25 "2 waits here, and other tasks run"
//  related limits.ts:24 "3 another call checks, and finds the same"
//  related limits.ts:26 "4 both change `stock[item]`"
    return true;
  }
  return false;
}

export class Gate {
  active = 0;
  #most = 1;

  async enter(): Promise<boolean> {
    if (this.active >= this.#most) return false;
    await load('slot');
    this.active++;
//  ^^^^^^^^^^^ check-then-act limit
//  related limits.ts:42 "1 checks `this.active`"
//  related limits.ts:43 "2 waits here, and other tasks run"
//  related limits.ts:42 "3 another call checks, and finds the same"
//  related limits.ts:44 "4 both change `this.active`"
    return true;
  }
}

export function createLoader(): () => Promise<string> {
  let cached: string | undefined;
  return async () => {
    if (!cached) cached = await load('cached');
//               ^^^^^^ check-then-act doubled
//               related limits.ts:57 "1 checks `cached`"
//               related limits.ts:57 "2 waits here, and other tasks run"
//               related limits.ts:57 "3 another call checks, and finds the same"
//               related limits.ts:57 "4 both write `cached`"
    return cached;
  };
}
