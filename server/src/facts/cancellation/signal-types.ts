import type { CancellationKnowledge, SignalType } from '../../knowledge/cancellation.ts';
import type { TypeView } from '../../typescript/oracle.ts';

/** A member of a type that is a signal. */
export interface SignalMember {
  readonly name: string;
  readonly type: SignalType;
  /** Its declared type, with `undefined` where it may be missing. */
  readonly view: TypeView;
}

/** What kind of signal a type is, `undefined` members aside. */
export async function signalType(type: TypeView, known: CancellationKnowledge): Promise<SignalType | undefined> {
  for (const member of await type.unionMembers()) {
    if (member.isPrimitive || member.isNullish || member.isUnknown) continue;
    const declared = await member.classDeclaredIn();
    const names = declared && !mayExtendSignal(declared.name) ? [declared.name] : await heritageNames(member);
    const found = names.map((name) => known.signalType(name)).find((kind) => kind !== undefined);
    if (found === 'CancellationToken' && !(await member.propertySymbol('isCancellationRequested'))) continue;
    if (found) return found;
  }
  return undefined;
}

/** Classes and interfaces that are a signal by what they extend are called so; an intersection has no name. */
function mayExtendSignal(name: string): boolean {
  return /signal|token/i.test(name);
}

async function heritageNames(type: TypeView): Promise<readonly string[]> {
  return (await type.heritage()).map(({ name }) => name);
}

/**
 * The member of an object that is a signal, whatever it is called: `signal` of `RequestInit`, `abortSignal` of the AWS
 * client's options. Names that say so are looked at first; large types are not looked through any further.
 */
export async function signalMember(type: TypeView, known: CancellationKnowledge): Promise<SignalMember | undefined> {
  for (const member of await ((await type.constrained()) ?? type).unionMembers()) {
    const found = await memberOf(member, known);
    if (found) return found;
  }
  return undefined;
}

async function memberOf(type: TypeView, known: CancellationKnowledge): Promise<SignalMember | undefined> {
  if (type.isPrimitive || type.isNullish || type.isUnknown || type.isTuple || (await type.isCallable()))
    return undefined;
  const declared = await type.classDeclaredIn();
  const isLibrary = declared?.from === 'lib';
  if (isLibrary && !libraryHolders.has(declared.name)) return undefined;
  const named = await firstSignal(await type.memberTypes(isTelling), known);
  if (named || isLibrary || declared?.packageName === '@types/node') return named;
  let members = 0;
  const others = await type.memberTypes((name) => ++members <= mostMembers && !isTelling(name));
  return members <= mostMembers ? firstSignal(others, known) : undefined;
}

/** Types of the language's libraries that carry a signal for work. Listeners take one too, and do not work. */
const libraryHolders = new Set([
  'RequestInit',
  'Request',
  'AbortController',
  'LockOptions',
  'CredentialRequestOptions',
  'CredentialCreationOptions',
  'TaskController',
  'SchedulerPostTaskOptions',
]);

/** Options have fewer members than services have. */
const mostMembers = 24;

function isTelling(name: string): boolean {
  return /signal|abort|cancel|token/i.test(name);
}

async function firstSignal(
  members: ReadonlyMap<string, TypeView>,
  known: CancellationKnowledge,
): Promise<SignalMember | undefined> {
  const kinds = await Promise.all([...members].map(([, view]) => signalType(view, known)));
  const found = [...members].map(([name, view], index) => ({ name, view, type: kinds[index] }));
  const first = found.find(({ name, type }) => type && name === 'signal') ?? found.find(({ type }) => type);
  return first?.type && { name: first.name, view: first.view, type: first.type };
}

/** What only some members of a union have cannot be read of it. */
export async function isOfAll(type: TypeView, member: string): Promise<boolean> {
  const parts = (await type.unionMembers()).filter((part) => !part.isNullish);
  if (parts.length < 2) return true;
  return (await Promise.all(parts.map((part) => part.property(member)))).every((found) => found !== undefined);
}
