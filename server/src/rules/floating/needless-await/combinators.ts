import { namingSpan, shortName } from '../../../facts/promises/dropped-name.ts';
import type { Fix } from '../../../model/finding.ts';
import {
  type CallExpression,
  isArrayLiteralExpression,
  isAwaitExpression,
  isCallExpression,
  isExpressionStatement,
  isSpreadElement,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import { awaitKeyword, isNothing, memberOf } from '../../../typescript/promise-syntax.ts';
import { type Context, holdsPromises, isNeverPromise, mayBePromiseAfterAll } from './plain.ts';

const combinators = new Set(['all', 'allSettled', 'race', 'any']);

/** `Promise.all` and its kin, whatever their receiver is called. */
export function reportCombination(call: CallExpression, ctx: Context): Promise<void> | undefined {
  const member = memberOf(call.expression);
  const argument = call.arguments[0];
  return member && argument && combinators.has(member.name) ? reportIn(call, argument, member, ctx) : undefined;
}

async function reportIn(
  call: CallExpression,
  argument: Node,
  member: NonNullable<ReturnType<typeof memberOf>>,
  ctx: Context,
): Promise<void> {
  const origins = await ctx.types.origins(member.base);
  if (
    !origins.some(({ module, path }) => module === 'global' && path.at(-1) === 'Promise') &&
    !(await isPromiseMethod(call, ctx))
  )
    return;
  const method = member.name;
  const list = unwrap(argument);
  if (!isArrayLiteralExpression(list)) return reportPlainList(argument, method, ctx);
  const elements = list.elements.filter((element) => element.kind !== SyntaxKind.OmittedExpression);
  const [single] = elements;
  if (
    single &&
    elements.length === 1 &&
    !isSpreadElement(single) &&
    (await reportSingle(single, method, member.at, ctx))
  )
    return;
  await Promise.all(elements.map((element) => reportElement(element, method, ctx)));
}

/** A static method of a class that extends Promise. */
async function isPromiseMethod(call: CallExpression, ctx: Context): Promise<boolean> {
  const origins = await ctx.types.origins(call.expression);
  return origins.some(({ module, path }) => module === 'global' && path.at(-2) === 'PromiseConstructor');
}

/** `await Promise.all([p]);` → `await p;`, where nobody reads the array of results. */
function unwrapSingle(element: Node, method: string, ctx: Context): Fix | undefined {
  const call = element.parent.parent;
  const awaited = call.parent;
  const isRead = !isAwaitExpression(awaited) || !isExpressionStatement(awaited.parent);
  if (!isCallExpression(call) || (method === 'all' && isRead)) return undefined;
  return ctx.fix.choice(`Use \`${shortName(element)}\` itself`, ctx.fix.replace(call, element.getText()));
}

/** @returns whether the single element was spoken of as such */
async function reportSingle(element: Node, method: string, name: Node, ctx: Context): Promise<boolean> {
  // One outcome object is what `allSettled` is used for.
  if (method === 'allSettled' || isAwaitExpression(unwrap(element))) return false;
  const { extent } = await ctx.types.thenability(element);
  if (extent !== 'all') return false;
  ctx.report('singleElement', name, { data: { method }, fixes: () => [unwrapSingle(element, method, ctx)] });
  return true;
}

async function reportElement(element: Node, method: string, ctx: Context): Promise<void> {
  if (isSpreadElement(element)) return;
  const value = unwrap(element);
  if (isAwaitExpression(value)) {
    ctx.report('awaitedElement', awaitKeyword(value), {
      data: { method },
      // The others do not begin before this one has finished: a deadline beside it never ends it.
      ...((method === 'race' || method === 'any') && { severity: 'warning' }),
      fixes: () => [ctx.fix.choice('Remove the inner `await`', ctx.fix.removeAwait(value))],
    });
    return;
  }
  // A literal null or undefined keeps a place in a tuple of results.
  if (isNothing(value) || ctx.file.isJavaScript) return;
  const type = await ctx.types.typeOf(element);
  if (type.isNullish || !(await isNeverPromise(type))) return;
  if (await holdsPromises(type)) {
    ctx.report('arrayInArray', namingSpan(element), {
      data: { name: shortName(element), method },
      severity: 'warning',
      fixes: () => [ctx.fix.choice('Spread the inner array', ctx.fix.before(element, '...'))],
    });
    return;
  }
  if (!ctx.options.checkVoidCallbacks && (await mayBePromiseAfterAll(value, type, ctx))) return;
  ctx.report('plainElement', namingSpan(element), { data: { name: shortName(element), method } });
}

async function reportPlainList(argument: Node, method: string, ctx: Context): Promise<void> {
  if (ctx.file.isJavaScript) return;
  const lists = await (await ctx.types.typeOf(argument)).unionMembers();
  const values = (await Promise.all(lists.map(async (list) => (await list.iteratedTypes()) ?? []))).flat();
  if (values.length === 0) return;
  const members = (await Promise.all(values.map((value) => value.unionMembers()))).flat();
  const plain = await Promise.all(members.map(isNeverPromise));
  if ((await Promise.all(members.map(holdsPromises))).includes(true) && !plain.includes(false)) {
    ctx.report('nestedArrays', namingSpan(argument), {
      data: { name: shortName(argument), method },
      severity: 'warning',
      fixes: () => [ctx.fix.choice('Flatten the array first', ctx.fix.after(argument, '.flat()'))],
    });
    return;
  }
  const isReported = ctx.options.allowMixedPromiseArrays ? !plain.includes(false) : plain.includes(true);
  if (!isReported || (ctx.options.allowMixedPromiseArrays && members.some((member) => member.isVoid))) return;
  ctx.report(plain.includes(false) ? 'mixedElements' : 'plainElements', namingSpan(argument), {
    data: { name: shortName(argument), method },
  });
}
