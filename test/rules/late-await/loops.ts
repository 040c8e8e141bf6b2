import { load, save, use } from './lib.ts';

export async function oneByOne(ids: readonly string[]): Promise<void> {
  const users = ids.map((id) => load(id));
  for (const user of users) {
//                   ^^^^^ late-await inLoop
//                   related loops.ts:8 "awaits one of them here"
    use(await user);
  }
}

export async function inPlace(ids: readonly string[]): Promise<void> {
  for (const user of ids.map(load)) await save(await user);
//                   ^^^^^^^^^^^^^ late-await inLoop
//                   related loops.ts:13 "awaits one of them here"
}

export async function forAwait(ids: readonly string[]): Promise<void> {
  const users = ids.map((id) => load(id));
  for await (const user of users) use(user);
//                         ^^^^^ late-await inLoop
//                         related loops.ts:20 "awaits one of them here"
}

export async function ofAList(): Promise<void> {
  for (const user of [load('1'), load('2')]) {
//                   ^^^^^^^^^^^^^^^^^^^^^^ late-await inLoop
//                   related loops.ts:29 "awaits one of them here"
    use(await user, user);
  }
}
