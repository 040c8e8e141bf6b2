declare function load(id: number): Promise<string>;
declare function name(): string;
declare const names: string[];
declare const pending: Promise<string>[];
declare const pair: [string, number];
declare const lists: Promise<string>[][];
class Later<T> extends Promise<T> {}

export async function combinators() {
  await Promise.all([load(1), name()]);
  await Promise.race([1, load(1)]);
  await Promise.all(names);
  await Promise.all(pair);
  await Promise.allSettled(new Set([1, 2]));
  await Promise.all(names.map((each) => each.trim()));
  await Later.all([name(), load(1)]);
  await Promise['any']([name(), load(2)]);
  await Promise.all([...pending]);
  await Promise.all([...[1, 2].map((id) => load(id))]);
  await load(1);
  await load(1);
  await Promise.all([load(1), load(2)]);
  await Promise.all(lists.flat());
}

/** The deadline begins when the work is done. */
export async function late(deadline: Promise<never>): Promise<string> {
  return await Promise.race([load(1), deadline]);
}
