import { loadUser, type User } from './_lib';

export async function unchecked(ids: readonly string[]): Promise<User[]> {
  const results = await Promise.allSettled(ids.map((id) => loadUser(id)));
  return results.map((result) => (result as PromiseFulfilledResult<User>).value);
//                                                                        ^^^^^ swallowed-rejection uncheckedValue
}

export async function first(a: string, b: string): Promise<User> {
  const both = await Promise.allSettled([loadUser(a), loadUser(b)]);
  return (both[0] as PromiseFulfilledResult<User>).value;
//                                                 ^^^^^ swallowed-rejection uncheckedValue
}

export async function sum(works: readonly Promise<number>[]): Promise<number> {
  const results = await Promise.allSettled(works);
  return results.reduce((total, result) => total + (result as PromiseFulfilledResult<number>).value, 0);
//                                                                                            ^^^^^ swallowed-rejection uncheckedValue
}
