import type { Oracle, TypeView } from '../../typescript/oracle.ts';

/** Whether a test of a type such as `Promise<boolean> | boolean` takes the promise for its value. */
export async function isTestOfMaybe(type: TypeView, types: Oracle): Promise<boolean> {
  return (await isTestOfValue(type)) && isSometimesPromiseOfSame(type, types);
}

/** Whether a test of a union asks for a yes or no, or a text, and not only whether there is something. */
async function isTestOfValue(type: TypeView): Promise<boolean> {
  const members = await type.unionMembers();
  const answers = await Promise.all(members.map((member) => member.thenability()));
  const plain = members.filter((member, index) => answers[index]?.extent === 'none' && !member.isNullish);
  if (!plain.every((member) => member.isPrimitive)) return false;
  if (members.every((member) => !member.isNullish)) return true;
  return (await Promise.all(plain.map((member) => member.text()))).some(
    (text) => text === 'true' || text === 'false' || text === 'boolean',
  );
}

/** Whether a union says `Promise<T> | T`: what is waited for sometimes is the same as what is there at other times. */
export async function isSometimesPromiseOfSame(type: TypeView, types: Oracle): Promise<boolean> {
  const members = await type.unionMembers();
  const answers = await Promise.all(members.map((member) => member.thenability()));
  const plain = members.filter((member, index) => answers[index]?.extent === 'none' && !member.isNullish);
  // `flag && load()` is a promise or nothing, and the test asks which.
  if ((await Promise.all(plain.map(isFalsy))).every(Boolean)) return false;
  const promises = members.filter((_, index) => answers[index]?.extent === 'all');
  const awaited = (await Promise.all(promises.map((promise) => promise.typeArguments()))).map(([first]) => first);
  if (plain.length === 0 || awaited.some((value) => value === undefined)) return false;
  const values = (await Promise.all(awaited.map((value) => (value as TypeView).unionMembers())))
    .flat()
    .filter((value) => !value.isNullish);
  const covered = await Promise.all(
    plain.map((member) => anyOf(values.map((value) => types.isAssignable(member, value)))),
  );
  return values.length > 0 && values.every((value) => !value.isUnknown) && covered.every(Boolean);
}

async function isFalsy(type: TypeView): Promise<boolean> {
  return ['false', '0', '0n', '""'].includes(await type.text());
}

async function anyOf(answers: readonly Promise<boolean>[]): Promise<boolean> {
  return (await Promise.all(answers)).includes(true);
}
