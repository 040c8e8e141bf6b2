import type { ResourceKnowledge } from '../knowledge/resources.ts';
import {
  type CallExpression,
  type FunctionNode,
  isCallExpression,
  type NewExpression,
  unwrap,
} from '../typescript/ast.ts';
import type { Oracle, TypeView } from '../typescript/oracle.ts';
import { returnedExpressions } from './outcome.ts';

/** Something that has to be released by whoever gets it. */
export interface Resource {
  /** The name of its type, or of the function that it is got from. */
  readonly name: string;
  /** How it is released: by `await using`, by `using`, or by one of its methods. */
  readonly release: 'asyncDispose' | 'dispose' | 'method';
  /** The methods that release it; the first is the usual one. */
  readonly methods: readonly string[];
}

/** What a call, or a `new`, hands over to be released; undefined where that is nothing, or not known. */
export async function resourceOf(
  call: CallExpression | NewExpression,
  types: Oracle,
  known: ResourceKnowledge,
): Promise<Resource | undefined> {
  const type = await types.typeOf(call);
  if (!type.isUnknown) return resourceOfType(await awaited(type), known);
  const byName = known.from(await types.origins(call.expression));
  if (byName) return byName;
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
    if (heritage.some((declared) => known.isHarmless(declared))) continue;
    const byName = heritage.map((declared) => known.ofType(declared)).find((found) => found !== undefined);
    if (byName) return byName;
    const name = heritage[0]?.name ?? (await member.text());
    if (await member.hasWellKnown('asyncDispose')) return { name, release: 'asyncDispose', methods: [] };
    if (await member.hasWellKnown('dispose')) return { name, release: 'dispose', methods: [] };
  }
  return undefined;
}
