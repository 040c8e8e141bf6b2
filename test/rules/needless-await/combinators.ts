declare function load(id: number): Promise<string>;
declare function name(): string;
declare const names: string[];
declare const pending: Promise<string>[];
declare const pair: [string, number];
declare const lists: Promise<string>[][];
class Later<T> extends Promise<T> {}

export async function combinators() {
  await Promise.all([load(1), name()]);
//                            ^^^^^^ needless-await plainElement
  await Promise.race([1, load(1)]);
//                    ^ needless-await plainElement
  await Promise.all(names);
//                  ^^^^^ needless-await plainElements
  await Promise.all(pair);
//                  ^^^^ needless-await plainElements
  await Promise.allSettled(new Set([1, 2]));
//                         ^^^^^^^^^^^^^^^ needless-await plainElements
  await Promise.all(names.map((each) => each.trim()));
//                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ needless-await plainElements
  await Later.all([name(), load(1)]);
//                 ^^^^^^ needless-await plainElement
  await Promise['any']([name(), load(2)]);
//                      ^^^^^^ needless-await plainElement
  await Promise.all([pending]);
//                   ^^^^^^^ needless-await arrayInArray
  await Promise.all([[1, 2].map((id) => load(id))]);
//                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ needless-await arrayInArray
  await Promise.all([load(1)]);
//              ^^^ needless-await singleElement
  await Promise.race([load(1)]);
//              ^^^^ needless-await singleElement
  await Promise.all([await load(1), await load(2)]);
//                   ^^^^^ needless-await awaitedElement
//                                  ^^^^^ needless-await awaitedElement
  await Promise.all(lists);
//                  ^^^^^ needless-await nestedArrays
}

/** The deadline begins when the work is done. */
export async function late(deadline: Promise<never>): Promise<string> {
  return await Promise.race([await load(1), deadline]);
//                           ^^^^^ needless-await awaitedElement
}
