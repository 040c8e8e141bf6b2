import type { CancellationKnowledge, SignalType } from '../../knowledge/cancellation.ts';
import {
  type CallExpression,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isSpreadAssignment,
  isSpreadElement,
  isStringLiteral,
  lastName,
  type NewExpression,
  type Node,
  type ObjectLiteralExpression,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import type { Oracle, TypeView } from '../../typescript/oracle.ts';
import { isNothing } from '../../typescript/promise-syntax.ts';
import { isPlain } from '../definitions.ts';
import { signalMember, signalType } from './signal-types.ts';

export type { SignalType } from '../../knowledge/cancellation.ts';

/** Where a call can take a signal that it is not given yet. */
export type SignalPlace =
  /** As its argument at `index`. */
  | {
      readonly as: 'argument';
      readonly index: number;
      readonly type: SignalType;
      readonly wants?: TypeView | undefined;
    }
  /** As a property of the object that is its argument at `index`; it, and others before it, may not be there yet. */
  | {
      readonly as: 'property';
      readonly index: number;
      readonly name: string;
      readonly type: SignalType;
      /** The type that the place asks for; undefined where no type is known. */
      readonly wants?: TypeView | undefined;
      /** The property that stands for what is given now: `readFile(path, 'utf8')` means `{ encoding: 'utf8' }`. */
      readonly holds?: string | undefined;
    };

/** `given` where the call already has one; undefined where it takes none, or where nobody can tell what it is given. */
export type SignalAcceptance = SignalPlace | 'given' | undefined;

export interface SignalTools {
  readonly types: Oracle;
  readonly known: CancellationKnowledge;
}

type Call = CallExpression | NewExpression;

/** Whether a call can take a signal: by the types of its callee's parameters, else by what is known of it by name. */
export async function acceptedSignal(call: Call, tools: SignalTools): Promise<SignalAcceptance> {
  const args = call.arguments ?? [];
  const spread = args.findIndex((argument) => isSpreadElement(argument));
  const last = spread < 0 ? args.length + mostOmitted : spread;
  const positions = Array.from({ length: last }, (_, index) => index);
  const parameters = await Promise.all(positions.map((index) => tools.types.parameterTypes(call, index)));
  if (parameters.every((overloads) => overloads.length === 0)) return acceptedByName(call, tools);
  let free: SignalPlace | undefined;
  for (const [index, overloads] of parameters.entries()) {
    const found = await ofParameter(args[index], index, overloads, tools);
    if (found === 'given') return found;
    if (found === 'unclear') return undefined;
    free ??= found;
  }
  // Options that are put together of generic types do not show all of their members.
  if (!free) return tools.known.mayAccept(lastName(call.expression) ?? '') ? acceptedByName(call, tools) : undefined;
  return (await mayOmit(args.length, free.index, parameters)) ? free : undefined;
}

/** How many parameters behind the last argument are looked at. */
const mostOmitted = 8;

async function ofParameter(
  argument: Node | undefined,
  index: number,
  overloads: readonly TypeView[],
  tools: SignalTools,
): Promise<SignalPlace | 'given' | 'unclear' | undefined> {
  const { types, known } = tools;
  const object = argument && unwrap(argument);
  const isAbsent = !object || isNothing(object);
  const direct = await firstOf(overloads, async (wants) => {
    const type = await signalType(wants, known);
    return type && { type, wants };
  });
  if (direct) {
    if (!isAbsent && !(await types.typeOf(argument as Node)).isNullish) return 'given';
    return { as: 'argument', index, ...direct };
  }
  const member = await firstOf(overloads, (type) => signalMember(type, known));
  if (!member) return undefined;
  const place: SignalPlace = { as: 'property', index, name: member.name, type: member.type, wants: member.view };
  if (isAbsent) return place;
  if (!isObjectLiteralExpression(object)) {
    if (isEncoding(object)) return { ...place, holds: 'encoding' };
    if (isPlain(object) || isFunctionNode(object)) return undefined;
    const given = await types.typeOf(object);
    if (given.isPrimitive || (given.isUnknown && (await isMeantAsText(object, overloads)))) return undefined;
    return (await isSignalFree(object, tools)) ? undefined : 'unclear';
  }
  return inLiteral(object, place, tools);
}

/** `fetch(url)`, where nobody knows what `url` is: what may be a text is one, unless its name speaks of a request. */
async function isMeantAsText(value: Node, overloads: readonly TypeView[]): Promise<boolean> {
  if (/req|init|opt|conf|param|arg|input/i.test(lastName(value) ?? '')) return false;
  const members = (await Promise.all(overloads.map((type) => type.unionMembers()))).flat();
  return members.some((member) => member.isPrimitive && !member.isNullish);
}

async function inLiteral(
  object: ObjectLiteralExpression,
  place: SignalPlace & { readonly as: 'property' },
  tools: SignalTools,
): Promise<SignalPlace | 'given' | 'unclear'> {
  const names = object.properties.map((member) => (member as { readonly name?: Node }).name?.getText());
  if (names.includes(place.name)) return 'given';
  const spreads = object.properties.filter((member) => isSpreadAssignment(member));
  const free = await Promise.all(spreads.map((spread) => isSignalFree(spread.expression, tools)));
  return free.every(Boolean) ? place : 'unclear';
}

/** Whether a value surely brings no signal along, by its type. */
async function isSignalFree(value: Node, { types, known }: SignalTools): Promise<boolean> {
  const type = await types.typeOf(value);
  if (type.isUnknown || type.isOpen) return false;
  if (await signalType(type, known)) return false;
  const members = await type.unionMembers();
  if (members.some((member) => member.isUnknown || member.isOpen)) return false;
  return (await signalMember(type, known)) === undefined;
}

/** Whether the parameters between the last argument and the place may be left out. */
async function mayOmit(given: number, index: number, parameters: readonly (readonly TypeView[])[]): Promise<boolean> {
  for (let at = given; at < index; at++) {
    const members = (await Promise.all((parameters[at] ?? []).map((type) => type.unionMembers()))).flat();
    if (!members.some((member) => member.isNullish || member.isUnknown)) return false;
  }
  return true;
}

/** `readFile(path, 'utf8')` */
function isEncoding(argument: Node): boolean {
  const call = wrapped(argument).parent;
  return isStringLiteral(argument) && isCallExpression(call) && lastName(call.expression) === 'readFile';
}

/** Where no type tells what the callee takes, its origin does. */
async function acceptedByName(call: Call, tools: SignalTools): Promise<SignalAcceptance> {
  const callee = unwrap(call.expression);
  if (!isIdentifier(callee) && !isPropertyAccessExpression(callee)) return undefined;
  const found = tools.known.acceptance(await tools.types.origins(callee));
  if (!found) return undefined;
  const args = call.arguments ?? [];
  // Behind streams of any number.
  const last = args.at(-1);
  const behind = last && isObjectLiteralExpression(unwrap(last)) ? args.length - 1 : args.length;
  const index = found.index < 0 ? behind : found.index;
  const argument = args[index];
  if (args.slice(0, index + 1).some((one) => isSpreadElement(one))) return undefined;
  const object = argument && unwrap(argument);
  if (found.property === undefined)
    return object && !isNothing(object) ? 'given' : { as: 'argument', index, type: found.type };
  const place: SignalPlace = { as: 'property', index, name: found.property, type: found.type };
  if (!object || isNothing(object)) return place;
  if (isEncoding(object)) return { ...place, holds: 'encoding' };
  if (!isObjectLiteralExpression(object)) return undefined;
  const names = object.properties.map((member) => (member as { readonly name?: Node }).name?.getText());
  if (names.includes(found.property) || names.includes('signal') || names.includes('cancelToken')) return 'given';
  const spreads = object.properties.filter((member) => isSpreadAssignment(member));
  const free = await Promise.all(spreads.map((spread) => isSignalFree(spread.expression, tools)));
  return free.every(Boolean) ? place : undefined;
}

async function firstOf<T>(
  overloads: readonly TypeView[],
  ask: (type: TypeView) => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const type of overloads) {
    const found = await ask(type);
    if (found) return found;
  }
  return undefined;
}
