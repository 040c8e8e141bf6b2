import { exists, save, size } from './lib';

export async function iterate(ids: string[], unique: Set<string>, maybe?: string[]) {
  ids.forEach(async (id) => {
//            ^^^^^ async-callback-ignored iteration
//            related collections.ts:9 "can reject here"
//            related lib.ts:3 "can throw here"
    if (!id) return;
    await save(id);
  });
  ids.forEach(async (id, index) => {
//            ^^^^^ async-callback-ignored iteration
//            related collections.ts:15 "can reject here"
//            related lib.ts:3 "can throw here"
    await save(`${id}${index}`);
  });
  unique.forEach(async (id) => save(id));
//               ^^^^^ async-callback-ignored iteration
//               related collections.ts:17 "can reject here"
//               related lib.ts:3 "can throw here"
  maybe?.forEach(async (id) => {
//               ^^^^^ async-callback-ignored iteration
//               related collections.ts:25 "can reject here"
//               related lib.ts:3 "can throw here"
    await save(id);
  });
  ids.forEach((id) => save(id));
//                    ^^^^ async-callback-ignored iteration
//                    related lib.ts:3 "can throw here"
  ids.forEach(async (id) => {
//            ^^^^^ async-callback-ignored iteration
    try {
      await save(id);
    } catch (error) {
      console.error(error);
    }
  });
}

export async function test(ids: string[]) {
  const kept = ids.filter(async (id) => await exists(id));
//                        ^^^^^ async-callback-ignored predicate
  const some = ids.some(async (id) => await exists(id));
//                      ^^^^^ async-callback-ignored predicate
  const every = ids.every((id) => exists(id));
//                                ^^^^^^ async-callback-ignored predicate
  const first = ids.find(async (id) => await exists(id));
//                       ^^^^^ async-callback-ignored predicate
  return { kept, some, every, first };
}

export async function total(ids: string[]) {
  const lengths: number[] = await ids.reduce<any>(async (found, id) => {
//                                                       ^^^^^ async-callback-ignored accumulator
    found.push(await size(id));
    return found;
  }, []);
  const last: string = await ids.reduce<any>(async (_, id) => {
//                                                  ^ async-callback-ignored accumulator
    await save(id);
    return id;
  }, '');
  return { lengths, last };
}

export function inSync(ids: string[]) {
  ids.forEach(async (id) => {
//            ^^^^^ async-callback-ignored iteration
//            related collections.ts:71 "can reject here"
//            related lib.ts:3 "can throw here"
    await save(id);
  });
}
