import { Mutex } from 'async-mutex';
import pLimit from 'p-limit';
import { work } from './lib.ts';

const accounts = new Mutex();
const journal = new Mutex();

// What runs inside is handed over from outside.
export async function transfer(post: () => Promise<void>): Promise<void> {
  await accounts.runExclusive(async () => {
    await journal.runExclusive(post);
//                ^^^^^^^^^^^^ lock-cycle crossed
//                related elsewhere.ts:10 "takes `accounts` first"
//                related elsewhere.ts:20 "takes `accounts` inside `journal`"
  });
}

export async function close(settle: () => Promise<void>): Promise<void> {
  await journal.runExclusive(async () => {
    await accounts.runExclusive(settle);
//                 ^^^^^^^^^^^^ lock-cycle crossed
//                 related elsewhere.ts:19 "takes `journal` first"
//                 related elsewhere.ts:11 "takes `journal` inside `accounts`"
  });
}

const tree = new Mutex();

export async function remove(ids: readonly string[]): Promise<void> {
  const release = await tree.acquire();
  try {
    for (const id of ids) {
      await work(id);
      await remove([`${id}/child`]);
//          ^^^^^^ lock-cycle again
//          related elsewhere.ts:30 "held from here"
//          related elsewhere.ts:30 "waited for here"
    }
  } finally {
    release();
  }
}

const limit = pLimit(1);

export async function crawl(url: string): Promise<void> {
  await limit(async () => {
    await work(url);
    await limit(() => work(`${url}/next`));
//        ^^^^^ lock-cycle again
//        related elsewhere.ts:47 "held from here"
  });
}
