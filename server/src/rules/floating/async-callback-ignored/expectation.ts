import type { TypeView } from '../../../typescript/oracle.ts';

/**
 * Whether functions of these types are called for nothing: one of them returns void, and none takes a promise.
 * The types are those of all overloads and union members, because a later `() => Promise<void>` makes a promise welcome.
 */
export async function expectsNothing(types: readonly TypeView[]): Promise<boolean> {
  const results = await resultsOf(types);
  return results.some((result) => result.isVoid) && !(await someThenable(results));
}

/** Whether functions of one of these types may return a promise. */
export async function takesPromise(types: readonly TypeView[]): Promise<boolean> {
  return someThenable(await resultsOf(types));
}

async function resultsOf(types: readonly TypeView[]): Promise<readonly TypeView[]> {
  const results = await Promise.all(
    types.map(async (type) => {
      const members = await ((await type.constrained()) ?? type).unionMembers();
      return (await Promise.all(members.map((member) => member.returnTypes()))).flat();
    }),
  );
  return results.flat();
}

async function someThenable(results: readonly TypeView[]): Promise<boolean> {
  const answers = await Promise.all(results.map((result) => result.thenability()));
  return answers.some(({ extent }) => extent === 'all' || extent === 'some');
}
