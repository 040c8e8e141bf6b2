import type { ResourceKind, ResourceKnowledge } from '../../knowledge/resources.ts';
import {
  type CallExpression,
  type FunctionNode,
  isAwaitExpression,
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isVariableDeclaration,
  lastName,
  type NewExpression,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import type { Oracle, TypeView } from '../../typescript/oracle.ts';
import { returnedExpressions } from '../promises/outcome.ts';
import { freesNothing } from './frees-nothing.ts';
import { givesAway } from './given-away.ts';

/** Something that has to be released by whoever gets it. */
export interface Resource {
  /** The name of its type, or of the function that it is got from. */
  readonly name: string;
  /** How it is released: by `await using`, by `using`, or by one of its methods. */
  readonly release: 'asyncDispose' | 'dispose' | 'method';
  /** The methods that release it; the first is the usual one. */
  readonly methods: readonly string[];
  readonly kind: ResourceKind | 'disposable';
  /** Methods after which something else closes it. */
  readonly takes: readonly string[];
  /** Methods of it, or of what it gives, after which it is meant to stay open. */
  readonly lasting: readonly string[];
  /** Whether the releasing method is to be awaited. */
  readonly asynchronous: boolean;
  /** Whether `using` or `await using` can declare it. */
  readonly disposable?: 'using' | 'await using' | undefined;
}

/** What a call, or a `new`, hands over to be released; undefined where that is nothing, or not known. */
export async function resourceOf(
  call: CallExpression | NewExpression,
  types: Oracle,
  known: ResourceKnowledge,
): Promise<Resource | undefined> {
  const type = await awaited(await types.typeOf(call));
  const byType = type.isUnknown ? undefined : await resourceOfType(type, types, known);
  // What a project declares by itself for a package without types is known by its name alone.
  const isNamed = !byType && known.isOpener(lastName(call.expression) ?? '');
  const found = byType ?? (isNamed ? known.from(await types.origins(call.expression)) : undefined);
  if (call.kind === SyntaxKind.NewExpression || !(found || type.isUnknown)) return found;
  const functions = await types.functionsOf(call.expression);
  const lends = (await Promise.all(functions.map((fn) => givesAway(fn, types)))).includes(false);
  if (lends || found) return lends ? undefined : found;
  const returned = await Promise.all(functions.map((fn) => returnedResource(fn, types, known)));
  return returned.find((resource) => resource !== undefined);
}

/** What a function gives to its caller, who has to release it. */
export async function returnedResource(
  fn: FunctionNode,
  types: Oracle,
  known: ResourceKnowledge,
  depth = 0,
): Promise<Resource | undefined> {
  const byType = await resourceOfType(await awaited(await types.returnTypeOf(fn)), types, known);
  if (byType) return byType;
  for (const value of returnedExpressions(fn)) {
    const making = madeBy(unwrap(value));
    if (!making) continue;
    const byName = known.from(await types.origins(making.expression));
    if (byName) return byName;
    if (depth >= deepest) continue;
    for (const inner of await types.functionsOf(making.expression)) {
      const found = await returnedResource(inner, types, known, depth + 1);
      if (found) return found;
    }
  }
  return undefined;
}

/** How many functions may hand it on to each other. */
const deepest = 2;

/** The call or `new` that makes a value, where the value is that, or a constant of the same file that was given it. */
function madeBy(value: Node, isNamed = false): CallExpression | NewExpression | undefined {
  if (isAwaitExpression(value)) return madeBy(unwrap(value.expression), isNamed);
  if (isCallExpression(value) || isNewExpression(value)) return value;
  const declaration = !isNamed && isIdentifier(value) ? declarationName(value)?.parent : undefined;
  return declaration && isVariableDeclaration(declaration) && declaration.initializer
    ? madeBy(unwrap(declaration.initializer), true)
    : undefined;
}

async function awaited(type: TypeView): Promise<TypeView> {
  const { extent, thenables } = await type.thenability();
  if (extent !== 'all') return type;
  const [value] = (await thenables[0]?.typeArguments()) ?? [];
  return value ?? type;
}

async function resourceOfType(type: TypeView, types: Oracle, known: ResourceKnowledge): Promise<Resource | undefined> {
  for (const member of await type.unionMembers()) {
    if (member.isPrimitive || member.isNullish || member.isUnknown) continue;
    const heritage = await member.heritage();
    const byName = heritage.map((declared) => known.ofType(declared)).find((found) => found !== undefined);
    if (!byName && heritage.some((declared) => known.isHarmless(declared))) continue;
    const [isAsync, isSync] = await Promise.all([member.hasWellKnown('asyncDispose'), member.hasWellKnown('dispose')]);
    const disposable = isAsync ? 'await using' : isSync ? 'using' : undefined;
    if (byName) return { ...byName, disposable };
    // What WebAssembly holds is freed with the object that stands for it, by the garbage collector.
    if (!disposable || (await member.property('free'))) continue;
    // Whoever reads an iterator ends it.
    if (await member.property('next')) continue;
    if (await freesNothing(member, types)) continue;
    const name = heritage[0]?.name ?? (await member.text());
    const release = isAsync ? 'asyncDispose' : 'dispose';
    return {
      name,
      release,
      methods: [],
      kind: 'disposable',
      takes: [],
      lasting: [],
      asynchronous: isAsync,
      disposable,
    };
  }
  return undefined;
}
