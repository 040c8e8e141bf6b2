import { Mutex } from 'async-mutex';
import { work } from './lib.ts';

const accounts = new Mutex();
const audit = new Mutex();

export async function transfer(): Promise<void> {
  await accounts.runExclusive(async () => {
    await audit.runExclusive(() => work('transfer'));
//              ^^^^^^^^^^^^ lock-cycle crossed
//              related crossed.ts:8 "takes `accounts` first"
//              related crossed.ts:19 "takes `accounts` inside `audit`"
  });
}

export async function report(): Promise<void> {
  await audit.runExclusive(async () => {
    await work('report');
    await accounts.runExclusive(() => work('accounts'));
//                 ^^^^^^^^^^^^ lock-cycle crossed
//                 related crossed.ts:17 "takes `audit` first"
//                 related crossed.ts:9 "takes `audit` inside `accounts`"
  });
}
