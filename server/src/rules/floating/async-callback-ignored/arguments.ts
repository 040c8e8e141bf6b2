import { shortName } from '../../../facts/promises/dropped-name.ts';
import {
  type CallExpression,
  isAsyncFunction,
  isCallExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  isSpreadElement,
  lastName,
  type NewExpression,
  type Node,
  type SpreadElement,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import type { TypeView } from '../../../typescript/oracle.ts';
import { nextLink, suspends } from '../../../typescript/promise-syntax.ts';
import { after, type Soon } from '../../../typescript/soon.ts';
import type { ReportDetails } from '../../define.ts';
import { together } from '../../together.ts';
import { alternatives, type Callback, givesPromise, mayGivePromise, promiseCallback } from './callback.ts';
import { calleeWaits, onlyRemoves } from './callee.ts';
import { expectsNothing, takesPromise } from './expectation.ts';
import { callbackFixes } from './fixes.ts';
import type { Context, Key } from './messages.ts';
import { type MethodUse, methodUse, unawaitedAccumulator } from './methods.ts';
import { isUnknownCode, reportIteration, reportUnlessGuarded } from './report.ts';

/** The callbacks that a call is given, against what the callee does with their promises. */
export function checkArguments(
  call: CallExpression | NewExpression,
  args: readonly Node[],
  ctx: Context,
): Promise<void> | undefined {
  if (onlyRemoves(call)) return;
  const checks: (Soon<void> | undefined)[] = [];
  for (const [index, argument] of args.entries()) {
    if (isSpreadElement(argument)) {
      checks.push(checkSpread(call, argument, index, ctx));
      // Positions after a spread are not known.
      break;
    }
    for (const expression of alternatives(argument))
      checks.push(checkArgument(call, expression, index, args.length, ctx));
  }
  return together(checks);
}

/** `run(...callbacks)`: a list of functions that give promises, for parameters that want none. */
async function checkSpread(
  call: CallExpression | NewExpression,
  { expression }: SpreadElement,
  index: number,
  ctx: Context,
): Promise<void> {
  const elements = await (await ctx.types.typeOf(expression)).elements();
  const given = await Promise.all((elements ?? []).map((element) => givesPromise(element, ctx)));
  if (!given.includes(true)) return;
  const types = (await ctx.types.parameterTypes(call, index)).filter((type) => !type.isUnknown);
  if (types.length > 0 && (await expectsNothing(types)))
    ctx.report('ignored', expression, { data: { callee: shortName(call.expression) } });
}

function checkArgument(
  call: CallExpression | NewExpression,
  expression: Node,
  index: number,
  count: number,
  ctx: Context,
): Soon<void> | undefined {
  return after(mayGivePromise(expression, ctx), (may) =>
    may ? judgeArgument(call, expression, index, count, ctx) : undefined,
  );
}

async function judgeArgument(
  call: CallExpression | NewExpression,
  expression: Node,
  index: number,
  count: number,
  ctx: Context,
): Promise<void> {
  const callback = await promiseCallback(expression, ctx);
  if (!callback) return;
  if (mocks.has(lastName(call.expression) ?? ''))
    return ctx.silent(callback.node, 'a mock is given what the real function would do');
  if (isGivenBefore(call, expression))
    return ctx.silent(callback.node, 'the statement before gives the same function to the same callee');
  const method = isCallExpression(call) ? await methodUse(call, index, ctx) : undefined;
  if (method) return reportMethod(method, callback, call as CallExpression, ctx);
  const types = await ctx.types.parameterTypes(call, index);
  const known = types.filter((type) => !type.isUnknown);
  const silent = (reason: (callee: string) => string): void =>
    ctx.silent(callback.node, () => reason(`\`${shortName(call.expression)}\``));
  // The usual case, and the cheapest to know: some overload takes a promise.
  if ((await takesPromise(known)) && !(await dropsForSure(call, index, count, ctx)))
    return silent((name) => `${name} takes a function that gives a promise, by its type`);
  const callee = shortName(call.expression);
  const role = ctx.knowledge.callbacks.role(await ctx.types.origins(call.expression), index, count);
  const report = (key: Key, details: ReportDetails = {}): void =>
    ctx.report(key, callback.where, { data: { callee }, fixes: () => callbackFixes(key, callback, ctx), ...details });
  switch (role) {
    case 'awaited':
      return silent((name) => `${name} is known to wait for this callback`);
    case 'iteration':
      return reportIteration(callback, { callee }, ctx);
    case 'suite':
    case 'effect':
    case 'value':
      if (await isVoidOrUnknown(call, expression, index, role, ctx))
        report(role, losesNothing(role, callback) ? { severity: 'information' } : {});
      return;
  }
  const expected = known.length > 0 ? await ctx.types.expectedType(expression) : undefined;
  const isIgnored = known.length > 0 ? await expectsNothing([...known, ...(expected ? [expected] : [])]) : false;
  // `Function` and `any` say nothing, so what is known by name decides.
  const isNamed = role !== undefined && (known.length === 0 || (role !== 'request' && (await saysNothing(known))));
  if (!isIgnored && !isNamed && !(await dropsForSure(call, index, count, ctx)))
    return silent((name) => `nobody knows what ${name} does with the promise of this callback`);
  if ((role === undefined || isCallExpression(unwrap(callback.node))) && isUnknownCode(callback, ctx))
    return silent(() => 'its code is not in the project, so nobody knows whether it rejects');
  const key =
    role === 'request'
      ? 'request'
      : role === 'dom-listener'
        ? 'listener'
        : isIterationName(call)
          ? 'iteration'
          : 'ignored';
  if (await calleeWaits(call.expression, index, ctx))
    return silent((name) => `the code of ${name} waits for this callback, whatever its type says`);
  if (key === 'iteration') return reportIteration(callback, { callee }, ctx);
  await reportUnlessGuarded(key, callback, { callee, event: eventName(call) }, ctx);
}

/** `describe('…', async () => { it(…); })`: all tests are defined before anything waits. */
function losesNothing(role: Key, { functions }: Callback): boolean {
  return role === 'suite' && functions.length > 0 && functions.every((fn) => isAsyncFunction(fn) && !suspends(fn));
}

const mocks: ReadonlySet<string> = new Set([
  'mockImplementation',
  'mockImplementationOnce',
  'callsFake',
  'callsFakeOnce',
]);

/** `process.on('SIGTERM', stop)` after `process.on('SIGINT', stop)`: one mend in `stop` serves both. */
function isGivenBefore(call: CallExpression | NewExpression, argument: Node): boolean {
  const statement = call.parent;
  if (!isExpressionStatement(statement) || !(isIdentifier(argument) || isPropertyAccessExpression(argument)))
    return false;
  const siblings = (statement.parent as Node & { readonly statements?: readonly Node[] }).statements ?? [];
  const before = siblings[siblings.indexOf(statement) - 1];
  if (!before || !isExpressionStatement(before) || !isCallExpression(before.expression)) return false;
  const { expression, arguments: args } = before.expression;
  return (
    expression.getText() === call.expression.getText() && args.some((each) => each.getText() === argument.getText())
  );
}

/** Whether the installed version drops a promise that its types welcome, as Express does before 5. */
async function dropsForSure(
  call: CallExpression | NewExpression,
  index: number,
  count: number,
  ctx: Context,
): Promise<boolean> {
  if (!ctx.knowledge.handlers.mayTakeHandler(lastName(call.expression) ?? '')) return false;
  return ctx.knowledge.callbacks.dropsForSure(await ctx.types.origins(call.expression), index, count);
}

/** Types of callbacks that return no promise and yet do not say void: `Function`, `(event) => any`. */
async function saysNothing(types: readonly TypeView[]): Promise<boolean> {
  const results = await Promise.all(
    types.map(async (type) =>
      (await Promise.all((await type.unionMembers()).map((member) => member.returnTypes()))).flat(),
    ),
  );
  return results.flat().every((result) => result.isUnknown);
}

/** The types of a runner or of React may say that a promise is welcome after all. */
async function isVoidOrUnknown(
  call: CallExpression | NewExpression,
  expression: Node,
  index: number,
  role: string,
  ctx: Context,
): Promise<boolean> {
  if (role !== 'suite') return true;
  // Types of several runners may stand beside each other. Vitest waits, and its globals bring `vi`.
  const [declarations, vi] = await Promise.all([
    ctx.types.declarationsOf(rootOf(call.expression)),
    ctx.types.globalDeclaredIn('vi', ctx.file.sourceFile),
  ]);
  if (vi?.packageName === 'vitest') return false;
  if (declarations.some((node) => ofVitest.test(node.getSourceFile().fileName))) return false;
  const known = (await ctx.types.parameterTypes(call, index)).filter((type) => !type.isUnknown);
  const expected = await ctx.types.expectedType(expression);
  return known.length === 0 || expectsNothing([...known, ...(expected ? [expected] : [])]);
}

const ofVitest = /\/node_modules\/(?:vitest|@vitest\/[^/]+)\//;

/** `describe` of `describe.skip.each`. */
function rootOf(callee: Node): Node {
  const at = unwrap(callee);
  return isPropertyAccessExpression(at) ? rootOf(at.expression) : at;
}

function isIterationName(call: CallExpression | NewExpression): boolean {
  const callee = unwrap(call.expression);
  return isPropertyAccessExpression(callee) && callee.name.text === 'forEach';
}

/** The event that a listener is added for, where it is written as a literal. */
function eventName(call: CallExpression | NewExpression): string {
  const first = call.arguments?.[0];
  return first && (first as { readonly text?: string }).text !== undefined && first.kind === SyntaxKind.StringLiteral
    ? (first as unknown as { readonly text: string }).text
    : shortName(call.expression);
}

/** `p.finally(work).catch(() => {})`: the chain that goes on from here wants no outcome, and no error either. */
function isSwallowedNext(call: CallExpression): boolean {
  const link = nextLink(call);
  const [handler] = link?.method === 'catch' ? link.args : [];
  const fn = handler && unwrap(handler);
  return fn !== undefined && isFunctionNode(fn) && fn.parameters.length === 0;
}

async function reportMethod(use: MethodUse, callback: Callback, call: CallExpression, ctx: Context): Promise<void> {
  const data = { callee: shortName(call.expression) };
  const fixes = () => callbackFixes(use, callback, ctx);
  if (use === 'finally' && isSwallowedNext(call))
    return ctx.silent(callback.node, 'the next link of the chain leaves every rejection out');
  if (use === 'finally') return reportUnlessGuarded('finally', callback, data, ctx, 'information');
  if (use === 'iteration') return reportIteration(callback, data, ctx);
  if (use !== 'accumulator') return ctx.report(use, callback.where, { data, fixes });
  if (!callback.literal) return;
  const accumulator = unawaitedAccumulator(callback.literal);
  if (accumulator)
    ctx.report('accumulator', accumulator, {
      data: { name: isIdentifier(accumulator) ? accumulator.text : 'The accumulator' },
      fixes,
    });
}
