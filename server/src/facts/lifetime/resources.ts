import type { ResourceKind, ResourceKnowledge } from '../../knowledge/resources.ts';
import {
  type CallExpression,
  type FunctionNode,
  isCallExpression,
  lastName,
  type NewExpression,
  unwrap,
} from '../../typescript/ast.ts';
import type { Oracle, TypeView } from '../../typescript/oracle.ts';
import { returnedExpressions } from '../promises/outcome.ts';

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
  const type = await types.typeOf(call);
  const byType = type.isUnknown ? undefined : await resourceOfType(await awaited(type), known);
  if (byType) return byType;
  // What a project declares by itself for a package without types is known by its name alone.
  const isNamed = known.isOpener(lastName(call.expression) ?? '');
  const byName = isNamed ? known.from(await types.origins(call.expression)) : undefined;
  if (byName || !type.isUnknown) return byName;
  const found = await Promise.all(
    (await types.functionsOf(call.expression)).map((fn) => returnedResource(fn, types, known)),
  );
  return found.find((resource) => resource !== undefined);
}

/** What a function gives to its caller, who has to release it. */
export async function returnedResource(
  fn: FunctionNode,
  types: Oracle,
  known: ResourceKnowledge,
): Promise<Resource | undefined> {
  const byType = await resourceOfType(await awaited(await types.returnTypeOf(fn)), known);
  if (byType) return byType;
  for (const value of returnedExpressions(fn)) {
    const call = unwrap(value);
    const byName = isCallExpression(call) ? known.from(await types.origins(call.expression)) : undefined;
    if (byName) return byName;
  }
  return undefined;
}

async function awaited(type: TypeView): Promise<TypeView> {
  const { extent, thenables } = await type.thenability();
  if (extent !== 'all') return type;
  const [value] = (await thenables[0]?.typeArguments()) ?? [];
  return value ?? type;
}

async function resourceOfType(type: TypeView, known: ResourceKnowledge): Promise<Resource | undefined> {
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
    const name = heritage[0]?.name ?? (await member.text());
    const release = isAsync ? 'asyncDispose' : 'dispose';
    return { name, release, methods: [], kind: 'disposable', takes: [], asynchronous: isAsync, disposable };
  }
  return undefined;
}
