import type { TypeView } from '../../../typescript/oracle.ts';

/**
 * Whether functions of these types are called for nothing: one of them returns void, and none takes a promise.
 * The types are those of all overloads and union members, because a later `() => Promise<void>` makes a promise welcome.
 */
export async function expectsNothing(types: readonly TypeView[]): Promise<boolean> {
  let isVoid = false;
  for (const type of types) {
    for (const member of await ((await type.constrained()) ?? type).unionMembers()) {
      for (const result of await member.returnTypes()) {
        const { extent } = await result.thenability();
        if (extent === 'all' || extent === 'some') return false;
        isVoid ||= result.isVoid;
      }
    }
  }
  return isVoid;
}
