import {
  type CallExpression,
  enclosingFunction,
  isAwaitExpression,
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  lastName,
  type NewExpression,
  type Node,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import type { TypeView } from '../../../typescript/oracle.ts';
import type { RuleContext } from '../../define.ts';
import { type Misuse, shortened } from './misuse-kinds.ts';
import { placeOf } from './place.ts';
import type { PromiseValue } from './promise.ts';

/** Whether a promise is compared with something that is none. */
export async function isComparedWithValue(other: Node, isOrder: boolean, ctx: RuleContext): Promise<boolean> {
  if (isOrder) return true;
  const type = await ctx.types.typeOf(other);
  const { extent, nullish } = await type.thenability();
  if (extent !== 'none' || type.isNever) return false;
  if (!nullish) return !(await type.admitsAnything());
  return (await type.unionMembers()).some((member) => member.isPrimitive);
}

/** What a call does with an argument: known by name, or plain from a parameter's type. */
export async function argumentMisuse(
  call: CallExpression | NewExpression,
  index: number,
  promise: PromiseValue,
  ctx: RuleContext,
): Promise<Misuse | undefined> {
  if (promise.extent !== 'all') return undefined;
  const known = await sinkOfArgument(call, index, ctx);
  if (known) return known.key === 'asserted' && promise.nullish ? undefined : known;
  // What `bind`, `call` and `apply` take first is what the function works on.
  if (index === 0 && /^(?:apply|bind|call)$/.test(lastName(call.expression) ?? '')) return undefined;
  const types = await ctx.types.parameterTypes(call, index);
  if (types.length === 0) return undefined;
  const answers = await Promise.all(types.map((type) => wantsValue(type, promise, ctx)));
  return answers.every(Boolean)
    ? { key: 'mismatch', data: { type: shortened(await (types[0] as TypeView).text()) } }
    : undefined;
}

/**
 * Whether a parameter has no room for the promise: a plain value, or a type that takes what the promise resolves to and
 * not the promise, as the value of a `Map`. The compiler complains too, where it is asked.
 */
async function wantsValue(parameter: TypeView, promise: PromiseValue, ctx: RuleContext): Promise<boolean> {
  const members = (await parameter.unionMembers()).filter((member) => !member.isNullish);
  if (members.length === 0 || members.some((member) => member.isUnknown)) return false;
  if (members.every((member) => member.isPrimitive)) return true;
  const [value] = (await promise.type?.typeArguments()) ?? [];
  if (!promise.type || !promise.isPromise || !value || value.isUnknown || value.isNullish) return false;
  const [takesPromise, takesValue] = await Promise.all([
    ctx.types.isAssignable(promise.type, parameter),
    ctx.types.isAssignable(value, parameter),
  ]);
  return takesValue && !takesPromise;
}

async function sinkOfArgument(
  call: CallExpression | NewExpression,
  index: number,
  ctx: RuleContext,
): Promise<Misuse | undefined> {
  const callee = unwrap(call.expression);
  if (isIdentifier(callee) && callee.text === 'expect' && index === 0) return expectation(call, ctx);
  const use = isNewExpression(call) ? undefined : ctx.knowledge.values.use(await ctx.types.origins(callee), index);
  switch (use) {
    case 'printed':
      return { key: 'printed', severity: 'warning' };
    case 'serialised':
      return { key: 'serialised' };
    case 'converted':
      return { key: 'value' };
    case 'asserted':
      return { key: 'asserted' };
    case 'compared': {
      const other = call.arguments?.[index === 0 ? 1 : 0];
      return other && (await isComparedWithValue(other, false, ctx)) ? { key: 'asserted' } : undefined;
    }
  }
  return isResponse(callee) && (await ctx.types.typeOf(callee)).isUnknown ? { key: 'serialised' } : undefined;
}

/** `ctx.body = load()`: what Koa is given there it sends. */
export async function memberMisuse(target: Node, ctx: RuleContext): Promise<Misuse | undefined> {
  const member = unwrap(target);
  if (!isPropertyAccessExpression(member) || !ctx.knowledge.values.mayBeMember(member.name.text)) return undefined;
  const use = ctx.knowledge.values.memberUse(await ctx.types.origins(member));
  return use === 'serialised' ? { key: 'serialised' } : undefined;
}

/** `res.json(…)` where nothing is known of `res`. */
function isResponse(callee: Node): boolean {
  if (!isPropertyAccessExpression(callee) || !['json', 'send', 'jsonp'].includes(callee.name.text)) return false;
  let receiver = unwrap(callee.expression);
  while (isCallExpression(receiver) && isPropertyAccessExpression(receiver.expression))
    receiver = unwrap(receiver.expression.expression);
  return isIdentifier(receiver) && ['res', 'response', 'reply'].includes(receiver.text);
}

const valueMatchers = new Set(
  'toBe toEqual toStrictEqual toBeTruthy toBeFalsy toBeNull toBeNaN toContain toContainEqual toHaveLength toMatch toMatchObject toBeGreaterThan toBeGreaterThanOrEqual toBeLessThan toBeLessThanOrEqual toBeCloseTo'.split(
    ' ',
  ),
);

const truthMatchers = new Set(['toBeTruthy', 'toBeFalsy', 'toBeNull']);

/** `expect(promise).toBe(value)`: the matcher sees the promise, unless `resolves` or `rejects` stands between. */
async function expectation(call: CallExpression | NewExpression, ctx: RuleContext): Promise<Misuse | undefined> {
  let access = wrapped(call).parent;
  if (isPropertyAccessExpression(access) && access.name.text === 'not') access = wrapped(access).parent;
  if (!isPropertyAccessExpression(access) || !valueMatchers.has(access.name.text)) return undefined;
  const matcher = access.parent;
  if (!isCallExpression(matcher) || matcher.expression !== access) return undefined;
  // Some runners retry a matcher on a promise; then it is awaited.
  if (isAwaitExpression(wrapped(matcher).parent)) return undefined;
  // Whether a variable holds a promise at all is a fair question; what a call resolves to is the usual one.
  if (truthMatchers.has(access.name.text) && !isCallExpression(unwrap(call.arguments?.[0] ?? call))) return undefined;
  if (replacesGlobals(call)) return undefined;
  const [wanted] = matcher.arguments;
  return !wanted || (await isComparedWithValue(wanted, false, ctx)) ? { key: 'asserted' } : undefined;
}

/** `(globalThis as any).fetch = () => 42;` in the same test: the types still speak of what was there before. */
function replacesGlobals(call: Node): boolean {
  const body = enclosingFunction(call)?.body;
  return body !== undefined && replacedGlobal.test(body.getText());
}

const replacedGlobal =
  /\b(?:globalThis|global|window|self)\b(?:\s+as\s+any\s*\))?\.\w+\s*=(?!=|\s*async\b)|\bstubGlobal\(/;

/** What becomes of an object or array literal that is, or is inside of, the argument of a call that serialises or prints it. */
export async function sinkMisuse(literal: Node, ctx: RuleContext): Promise<Misuse | undefined> {
  const place = placeOf(literal);
  if (place.kind === 'property') return sinkMisuse(place.property.parent, ctx);
  if (place.kind === 'element') return sinkMisuse(place.list, ctx);
  if (place.kind !== 'argument') return undefined;
  const sink = await sinkOfArgument(place.call, place.index, ctx);
  return sink?.key === 'serialised' || sink?.key === 'printed' ? sink : undefined;
}
