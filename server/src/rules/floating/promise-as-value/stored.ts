import { isSometimesPromiseOfSame } from '../../../facts/promises/maybe-promise.ts';
import {
  enclosingFunction,
  isArrayLiteralExpression,
  isAsyncFunction,
  isAwaitExpression,
  isCallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
  wrapped,
} from '../../../typescript/ast.ts';
import type { TypeView } from '../../../typescript/oracle.ts';
import type { RuleContext } from '../../define.ts';
import { type Misuse, shortened } from './misuse-kinds.ts';
import { type Place, placeOf } from './place.ts';
import type { PromiseValue } from './promise.ts';
import { sinkMisuse } from './sinks.ts';

type PropertyPlace = Extract<Place, { kind: 'property' }>;

/** A promise given to a property of an object literal that wants, or is taken for, its value. */
export async function propertyMisuse(
  expression: Node,
  place: PropertyPlace,
  promise: PromiseValue,
  ctx: RuleContext,
): Promise<Misuse | undefined> {
  if (!promise.isPromise) return undefined;
  const sink = await sinkMisuse(place.property.parent, ctx);
  if (sink) return sink;
  return (
    (await mismatch(place.value, promise, ctx)) ??
    (promise.extent === 'all' ? storedMisuse(expression, place, ctx) : undefined)
  );
}

/** The type of the place is known, has no room for a promise, and yet the compiler let it pass, or was not asked. */
export async function mismatch(value: Node, promise: PromiseValue, ctx: RuleContext): Promise<Misuse | undefined> {
  if (promise.extent === 'some' && !(promise.type && (await isSometimesPromiseOfSame(promise.type, ctx.types))))
    return undefined;
  const expected = await ctx.types.expectedType(value);
  if (!expected || expected.isUnknown || expected.isNever) return undefined;
  if ((await expected.thenability()).extent !== 'none') return undefined;
  const members = (await expected.unionMembers()).filter((member) => !member.isNullish);
  if (members.length === 0 || members.some((member) => member.isUnknown)) return undefined;
  if ((await Promise.all(members.map((member) => member.admitsAnything()))).includes(true)) return undefined;
  return { key: 'mismatch', data: { type: shortened(await expected.text()) } };
}

/** A member of a bag of values, whose type takes anything: a promise is seldom meant there. */
async function storedMisuse(expression: Node, place: PropertyPlace, ctx: RuleContext): Promise<Misuse | undefined> {
  const { name } = place.property as Node & { readonly name: Node };
  if (namesPromise.test(name.getText()) || !(await isForgottenCall(expression, ctx))) return undefined;
  const literal = place.property.parent;
  const bag = (await ctx.types.expectedType(literal)) ?? (await typeOfDestination(literal, ctx));
  if (bag?.isTypeParameter) return undefined;
  if (!bag || bag.isUnknown) {
    const isSent = (await isAwaitedByUnknown(literal, ctx)) && (await isAsyncInProject(expression, ctx));
    return isSent ? { key: 'stored', severity: 'warning' } : undefined;
  }
  const isKey =
    name.kind !== SyntaxKind.ComputedPropertyName && (await bag.propertySymbol(name.getText())) !== undefined;
  if (isKey) {
    // A member that the project itself declares as any holds data; a promise would have been worth its type.
    const isData =
      (await ctx.types.expectedType(place.value))?.isAny === true &&
      (await isDeclaredInProject(bag)) &&
      (await bag.declaresAny(name.getText()));
    return isData ? { key: 'stored', severity: 'warning' } : undefined;
  }
  return (await takesAnything(bag)) ? { key: 'stored', severity: 'warning' } : undefined;
}

const namesPromise = /promise|pending|deferred|future|lazy|task|loader|async/i;

async function isDeclaredInProject(type: TypeView): Promise<boolean> {
  return (await type.declaredIn())?.from === 'project';
}

/** An object type such as `Record<string, unknown>`. */
async function takesAnything(bag: TypeView): Promise<boolean> {
  const answers = await Promise.all((await bag.unionMembers()).map((member) => member.indexedType()));
  return answers.some((type) => type?.isUnknown);
}

/** A call without `await`, or a constant that holds one. Who writes `Promise.resolve(…)` means a promise. */
async function isForgottenCall(expression: Node, ctx: RuleContext): Promise<boolean> {
  const at = unwrap(expression);
  if (isCallExpression(at)) return !/^Promise\b/.test(at.getText());
  if (!isIdentifier(at)) return false;
  const [declaration] = await ctx.types.declarationsOf(at);
  const initial = declaration && isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const value = initial && unwrap(initial);
  return (
    value !== undefined && isCallExpression(value) && !namesPromise.test(at.text) && !/^Promise\b/.test(value.getText())
  );
}

/** `const input = { … }; run(input)`: the type that `run` takes. */
async function typeOfDestination(literal: Node, ctx: RuleContext): Promise<TypeView | undefined> {
  const declaration = wrapped(literal).parent;
  if (!isVariableDeclaration(declaration) || !isIdentifier(declaration.name) || declaration.type) return undefined;
  const fn = enclosingFunction(declaration);
  if (!fn?.body) return undefined;
  const { text } = declaration.name;
  const uses: Node[] = [];
  walkBody(fn.body, (node) => {
    if (isIdentifier(node) && node.text === text && node !== declaration.name && !isMemberName(node)) uses.push(node);
  });
  const places = uses.map((use) => placeOf(use));
  const [only] = places;
  return places.length === 1 && only?.kind === 'argument'
    ? ctx.types.expectedType(wrapped(uses[0] as Node))
    : undefined;
}

function isMemberName(node: Node): boolean {
  return isPropertyAccessExpression(node.parent) && node.parent.name === node;
}

/**
 * Whether an object is sent with a call of which nothing is known but that it is awaited: `await client.update({ data })`.
 * In such a statement a value that is not awaited was forgotten, unless the call collects promises.
 */
async function isAwaitedByUnknown(literal: Node, ctx: RuleContext): Promise<boolean> {
  let at = literal;
  for (;;) {
    const container = wrapped(at).parent;
    const owner = container.parent;
    const isNested = owner && (isObjectLiteralExpression(owner) || isArrayLiteralExpression(owner));
    if (isNested && container.kind === SyntaxKind.PropertyAssignment) at = owner;
    else if (isArrayLiteralExpression(container)) at = container;
    else break;
  }
  const call = wrapped(at).parent;
  const fn = enclosingFunction(literal);
  if (!isCallExpression(call) || !isAwaitExpression(wrapped(call).parent) || !fn || !isAsyncFunction(fn)) return false;
  if (collectors.test(call.expression.getText())) return false;
  return (await ctx.types.typeOf(call.expression)).isUnknown;
}

/** Functions that take an object of promises. */
const collectors =
  /(?:^|\.)(?:props|hash|hashSettled|all\w*|settled|resolve|join|combine\w*|defer|awaitAll\w*|pAll|pProps)$/i;

async function isAsyncInProject(expression: Node, ctx: RuleContext): Promise<boolean> {
  const at = unwrap(expression);
  if (!isCallExpression(at)) return false;
  const functions = await ctx.types.functionsOf(at.expression);
  return functions.length > 0 && functions.every(isAsyncFunction);
}
