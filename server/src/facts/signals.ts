import {
  type CallExpression,
  isObjectLiteralExpression,
  isSpreadElement,
  type NewExpression,
  type Node,
  SyntaxKind,
  unwrap,
} from '../typescript/ast.ts';
import type { Oracle, TypeView } from '../typescript/oracle.ts';
import { isPlain } from './definitions.ts';

/** Where a call can take a signal that it is not given yet. */
export type SignalPlace =
  /** As its argument at `index`. */
  | { readonly as: 'argument'; readonly index: number; readonly type: SignalType }
  /** As a property of the object that is its argument at `index`; it, and others before it, may not be there yet. */
  | { readonly as: 'property'; readonly index: number; readonly name: string; readonly type: SignalType };

export type SignalType = 'AbortSignal' | 'CancellationToken';

/** `given` where the call already has one; undefined where it takes none, or where nobody can tell what it is given. */
export type SignalAcceptance = SignalPlace | 'given' | undefined;

/** Whether a call can take a signal, by the types of its callee's parameters. */
export async function acceptedSignal(call: CallExpression | NewExpression, types: Oracle): Promise<SignalAcceptance> {
  const args = call.arguments ?? [];
  const spread = args.findIndex((argument) => isSpreadElement(argument));
  const last = spread < 0 ? args.length + mostOmitted : spread;
  const positions = Array.from({ length: last }, (_, index) => index);
  const parameters = await Promise.all(positions.map((index) => types.parameterTypes(call, index)));
  let free: SignalPlace | undefined;
  for (const [index, overloads] of parameters.entries()) {
    const argument = args[index];
    const type = await firstOf(overloads, signalType);
    if (type) {
      if (argument && !(await types.typeOf(argument)).isNullish) return 'given';
      free ??= { as: 'argument', index, type };
      continue;
    }
    const property = await firstOf(overloads, signalProperty);
    if (!property) continue;
    const object = argument && unwrap(argument);
    if (!object) {
      free ??= { as: 'property', index, ...property };
      continue;
    }
    if ((isPlain(object) && !isObjectLiteralExpression(object)) || (await types.typeOf(object)).isPrimitive) continue;
    if (!isObjectLiteralExpression(object)) return undefined;
    const names = object.properties.map((member) =>
      member.kind === SyntaxKind.SpreadAssignment ? '...' : (member as { readonly name?: Node }).name?.getText(),
    );
    if (names.includes(property.name)) return 'given';
    if (names.includes('...')) return undefined;
    free ??= { as: 'property', index, ...property };
  }
  return free;
}

/** How many parameters behind the last argument are looked at. */
const mostOmitted = 3;

const propertyNames = ['signal', 'abortSignal', 'cancellationToken', 'token', 'cancelToken'];

async function signalProperty(
  type: TypeView,
): Promise<{ readonly name: string; readonly type: SignalType } | undefined> {
  for (const member of await type.unionMembers()) {
    if (member.isPrimitive || member.isNullish || member.isUnknown || (await member.isCallable())) continue;
    for (const name of propertyNames) {
      const property = await member.property(name);
      const found = property && (await signalType(property));
      if (found) return { name, type: found };
    }
  }
  return undefined;
}

async function signalType(type: TypeView): Promise<SignalType | undefined> {
  for (const member of await type.unionMembers()) {
    const declared = await member.classDeclaredIn();
    if (declared?.name === 'AbortSignal') return 'AbortSignal';
    if (declared?.name === 'CancellationToken' && (await member.propertySymbol('isCancellationRequested')))
      return 'CancellationToken';
  }
  return undefined;
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
