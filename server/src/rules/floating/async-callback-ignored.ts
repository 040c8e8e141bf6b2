import { shortName } from '../../facts/dropped-name.ts';
import { firstUnguarded } from '../../facts/unguarded.ts';
import type { Related, Severity } from '../../model/finding.ts';
import type { Span } from '../../model/span.ts';
import {
  type CallExpression,
  hasModifier,
  isCallExpression,
  isComputedPropertyName,
  isFunctionNode,
  isIdentifier,
  isInterfaceDeclaration,
  isJsxExpression,
  isMethodDeclaration,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  type NewExpression,
  type Node,
  SyntaxKind,
  spanOf,
  unwrap,
} from '../../typescript/ast.ts';
import type { TypeView } from '../../typescript/oracle.ts';
import { isUsing } from '../../typescript/promise-syntax.ts';
import { defineRule, type ReportDetails, type RuleContext } from '../define.ts';
import {
  alternatives,
  type Callback,
  givesPromise,
  promiseCallback,
  promiseIn,
} from './async-callback-ignored/callback.ts';
import { calleeWaits, onlyRemoves } from './async-callback-ignored/callee.ts';
import { expectsNothing } from './async-callback-ignored/expectation.ts';
import { callbackFixes } from './async-callback-ignored/fixes.ts';
import { type MethodUse, methodUse, unawaitedAccumulator } from './async-callback-ignored/methods.ts';

const messages = {
  ignored: {
    text: '`{callee}` ignores the promise of this callback: if it rejects, nobody will know',
    why: 'The callback is called for its effects, and nobody waits for its promise. A rejection is unhandled, which ends a Node process by default.',
    help: 'Handle the rejection inside the callback, or call the async work with `void` and a `catch`.',
  },
  listener: {
    text: 'If this `{event}` handler rejects, nobody will know',
    why: 'The page calls the handler and ignores its promise. A rejection becomes an `unhandledrejection` event and the user sees nothing happen.',
    help: 'Catch errors inside the handler and show them.',
  },
  request: {
    text: '`{callee}` ignores the promise of this handler: a rejection leaves the request open',
    why: 'The framework does not wait for the handler. When it rejects, no answer is sent and the rejection is unhandled, which ends a Node process by default.',
    help: 'Catch errors inside the handler and pass them to `next` or answer them.',
  },
  iteration: {
    text: '`{callee}` does not wait for this async callback',
    why: 'All calls start at once, and the code after the loop runs before any of them has finished. A rejection is unhandled.',
    help: 'Use `for…of` with `await`, or `await Promise.all(….map(…))`.',
  },
  predicate: {
    text: '`{callee}` takes the promise of this callback for `true`',
    why: 'A promise is truthy whatever it resolves to, so every element passes the test.',
    help: 'Await the answers first, then test them.',
  },
  comparator: {
    text: '`{callee}` cannot use the promise of this callback as an order',
    why: 'A promise becomes NaN as a number, so the elements are not sorted.',
    help: 'Await what the order depends on first, then sort.',
  },
  accumulator: {
    text: '`{name}` is a promise from the second call on, and this callback does not await it',
    why: 'An async callback gives a promise to the next call, which then works on the promise and not on its value; rejections of earlier calls are unhandled.',
    help: 'Await the accumulator first, or use a `for…of` loop.',
  },
  value: {
    text: '`{callee}` takes the promise of this callback for its result',
    why: 'The function is synchronous and uses the promise itself, as `[object Promise]` or an object without content.',
    help: 'Await the results first, then call it with a callback that is not async.',
  },
  finally: {
    text: 'A rejection of this `finally` callback replaces the outcome of the promise',
    why: '`finally` waits for its callback. If the callback rejects, the result, or the error that was under way, is lost.',
    help: 'Handle errors inside the callback.',
  },
  suite: {
    text: '`{callee}` does not wait for this callback: tests after an `await` in it are lost',
    why: 'The runner collects tests synchronously. What the callback defines after its first `await` comes too late, and a rejection fails no test.',
    help: 'Make the callback synchronous and move async work into `before` hooks.',
  },
  effect: {
    text: '`{callee}` takes the promise of this callback for its clean-up function',
    why: 'React ignores the promise: a rejection is unhandled, and no clean-up runs.',
    help: 'Define an async function inside the effect and call it, and return the clean-up function.',
  },
  override: {
    text: '`{base}` declares `{name}` as void, so its callers ignore this promise',
    why: 'Code that holds the base type calls the method, goes on at once and never sees a rejection.',
    help: 'Handle errors inside the method, or let the base return a promise too.',
  },
  assigned: {
    text: 'Whoever calls `{name}` expects nothing back and ignores this promise',
    why: 'The type says that the function returns void, so its callers neither wait for it nor handle its rejection.',
    help: 'Handle errors inside the function, or let the type return a promise.',
  },
  returned: {
    text: 'Whoever gets this function expects nothing back and ignores its promise',
    why: 'The type says that the function returns void, so its callers neither wait for it nor handle its rejection.',
    help: 'Handle errors inside the function, or let the type return a promise.',
  },
  disposal: {
    text: '`using` does not wait for an async `Symbol.dispose`',
    why: 'The scope ends before the disposal has finished, and a rejection of it is unhandled.',
    help: 'Name the method `Symbol.asyncDispose` and use `await using`.',
  },
} as const;

type Key = keyof typeof messages;
type Context = RuleContext<Key>;

/** An async function given to a caller that has no use for its promise. */
export const asyncCallbackIgnored = defineRule({
  id: 'async-callback-ignored',
  family: 'floating',
  principle: 1,
  summary: 'An async function is called by someone who ignores its promise',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [
    '@typescript-eslint/no-misused-promises',
    '@typescript-eslint/strict-void-return',
    'biome:noMisusedPromises',
  ],
  options: {},
  messages,
  on: {
    async CallExpression(call, ctx) {
      await checkArguments(call, call.arguments, ctx);
    },
    async NewExpression(call, ctx) {
      // The executor of a promise has a rule of its own.
      if (isIdentifier(call.expression) && call.expression.text === 'Promise') return;
      await checkArguments(call, call.arguments ?? [], ctx);
    },
    async JsxAttribute(attribute, ctx) {
      const { initializer, name } = attribute;
      if (!initializer || !isJsxExpression(initializer) || !initializer.expression) return;
      const event = name.getText();
      const isNative = /^[a-z]/.test(
        (attribute.parent.parent as unknown as { readonly tagName: Node }).tagName.getText(),
      );
      await checkPlace(initializer.expression, ctx, async (callback, expected) => {
        if (expected?.isUnknown !== false) {
          if (isNative && /^on[A-Z]/.test(event) && callback.literal)
            await reportUnlessGuarded('listener', callback, { event }, ctx);
        } else if (await expectsNothing([expected])) await reportUnlessGuarded('listener', callback, { event }, ctx);
      });
    },
    async PropertyAssignment(property, ctx) {
      if (!isComputedPropertyName(property.name))
        await checkAssigned(property.initializer, property.name.getText(), ctx);
    },
    async ShorthandPropertyAssignment(property, ctx) {
      await checkAssigned(property.name, property.name.getText(), ctx);
    },
    async VariableDeclaration(variable, ctx) {
      const { initializer } = variable;
      if (!initializer) return;
      if (isUsing(variable.parent)) await checkDisposal(initializer, ctx);
      else if (variable.type) {
        await checkAssigned(initializer, variable.name.getText(), ctx);
        if (/Disposable/.test(variable.type.getText())) await checkDisposalOf(initializer, variable.name, ctx);
      }
    },
    async BinaryExpression(assignment, ctx) {
      if (!assignmentOperators.has(assignment.operatorToken.kind)) return;
      const target = unwrap(assignment.left);
      const name = shortName(target);
      await checkPlace(assignment.right, ctx, async (callback, expected) => {
        if (expected && !expected.isUnknown && (await expectsNothing([expected])))
          await reportUnlessGuarded('assigned', callback, { name }, ctx);
        else if (isPropertyAccessExpression(target) && (await isEventProperty(target.name, expected, ctx))) {
          await reportUnlessGuarded('listener', callback, { event: target.name.text }, ctx);
        }
      });
    },
    async ReturnStatement(statement, ctx) {
      if (statement.expression) await checkReturned(statement.expression, ctx);
    },
    async ArrowFunction(fn, ctx) {
      if (fn.body.kind !== SyntaxKind.Block) await checkReturned(fn.body, ctx);
    },
    async ArrayLiteralExpression(list, ctx) {
      // Names in lists are many and seldom functions; what is written in place is looked at.
      await Promise.all(list.elements.filter(isFunctionNode).map((element) => checkReturned(element, ctx)));
    },
    async MethodDeclaration(method, ctx) {
      if (isDisposeMethod(method.name)) {
        const where = await promiseIn(method, ctx);
        if (where) ctx.report('disposal', where);
        return;
      }
      if (isComputedPropertyName(method.name)) return;
      if (isObjectLiteralExpression(method.parent)) await checkObjectMethod(method, ctx);
      else await checkMember(method, ctx);
    },
    async PropertyDeclaration(property, ctx) {
      await checkMember(property, ctx);
      if (property.initializer && property.type)
        await checkAssigned(property.initializer, property.name.getText(), ctx);
    },
    GetAccessor: checkMember,
    async InterfaceDeclaration(declaration, ctx) {
      if (!declaration.heritageClauses) return;
      await Promise.all(declaration.members.map((member) => checkMember(member, ctx)));
    },
  },
});

const assignmentOperators = new Set<SyntaxKind>([
  SyntaxKind.EqualsToken,
  SyntaxKind.BarBarEqualsToken,
  SyntaxKind.AmpersandAmpersandEqualsToken,
  SyntaxKind.QuestionQuestionEqualsToken,
]);

async function checkArguments(
  call: CallExpression | NewExpression,
  args: readonly Node[],
  ctx: Context,
): Promise<void> {
  if (onlyRemoves(call)) return;
  const checks: Promise<void>[] = [];
  for (const [index, argument] of args.entries()) {
    // Positions after a spread are not known.
    if (isSpreadElement(argument)) break;
    for (const expression of alternatives(argument))
      checks.push(checkArgument(call, expression, index, args.length, ctx));
  }
  await Promise.all(checks);
}

async function checkArgument(
  call: CallExpression | NewExpression,
  expression: Node,
  index: number,
  count: number,
  ctx: Context,
): Promise<void> {
  const callback = await promiseCallback(expression, ctx);
  if (!callback) return;
  const method = isCallExpression(call) ? await methodUse(call, index, ctx) : undefined;
  if (method) return reportMethod(method, callback, call as CallExpression, ctx);
  const callee = shortName(call.expression);
  const role = ctx.knowledge.callbackRole(await ctx.types.origins(call.expression), index, count);
  const report = (key: Key, details: ReportDetails = {}): void =>
    ctx.report(key, callback.where, { data: { callee }, fixes: () => callbackFixes(key, callback, ctx), ...details });
  switch (role) {
    case 'awaited':
      return;
    case 'iteration':
    case 'suite':
    case 'effect':
    case 'value':
      if (await isVoidOrUnknown(call, expression, index, role, ctx)) report(role);
      return;
  }
  const types = await ctx.types.parameterTypes(call, index);
  const known = types.filter((type) => !type.isUnknown);
  const expected = known.length > 0 ? await ctx.types.expectedType(expression) : undefined;
  const isIgnored = known.length > 0 ? await expectsNothing([...known, ...(expected ? [expected] : [])]) : false;
  // `Function` and `any` say nothing, so what is known by name decides.
  if (!isIgnored && (role === undefined || (known.length > 0 && !(await saysNothing(known))))) return;
  const key =
    role === 'request'
      ? 'request'
      : role === 'dom-listener'
        ? 'listener'
        : isIterationName(call)
          ? 'iteration'
          : 'ignored';
  if (await calleeWaits(call.expression, index, ctx)) return;
  if (key === 'iteration') return report(key);
  await reportUnlessGuarded(key, callback, { callee, event: eventName(call) }, ctx);
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
  // Types of several runners may stand beside each other; Vitest's say that the runner waits.
  const declarations = await ctx.types.declarationsOf(rootOf(call.expression));
  if (declarations.some((node) => /\/node_modules\/(?:vitest|@vitest\/[^/]+)\//.test(node.getSourceFile().fileName)))
    return false;
  const known = (await ctx.types.parameterTypes(call, index)).filter((type) => !type.isUnknown);
  const expected = await ctx.types.expectedType(expression);
  return known.length === 0 || expectsNothing([...known, ...(expected ? [expected] : [])]);
}

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

async function reportMethod(use: MethodUse, callback: Callback, call: CallExpression, ctx: Context): Promise<void> {
  const data = { callee: shortName(call.expression) };
  const fixes = () => callbackFixes(use, callback, ctx);
  if (use === 'finally') return reportUnlessGuarded('finally', callback, data, ctx, 'information');
  if (use !== 'accumulator') return ctx.report(use, callback.where, { data, fixes });
  if (!callback.literal) return;
  const accumulator = unawaitedAccumulator(callback.literal);
  if (accumulator)
    ctx.report('accumulator', accumulator, {
      data: { name: isIdentifier(accumulator) ? accumulator.text : 'The accumulator' },
      fixes,
    });
}

/** Asks what the place of an expression expects, for each function that gives a promise and may stand there. */
async function checkPlace(
  place: Node,
  ctx: Context,
  judge: (callback: Callback, expected: TypeView | undefined) => Promise<void>,
): Promise<void> {
  await Promise.all(
    alternatives(place).map(async (expression) => {
      const callback = await promiseCallback(expression, ctx);
      if (callback) await judge(callback, await ctx.types.expectedType(expression));
    }),
  );
}

function checkAssigned(value: Node, name: string, ctx: Context): Promise<void> {
  return checkPlace(value, ctx, async (callback, expected) => {
    if (expected && !expected.isUnknown && (await expectsNothing([expected])))
      await reportUnlessGuarded('assigned', callback, { name }, ctx);
  });
}

function checkReturned(value: Node, ctx: Context): Promise<void> {
  return checkPlace(value, ctx, async (callback, expected) => {
    if (expected && !expected.isUnknown && (await expectsNothing([expected])))
      await reportUnlessGuarded('returned', callback, {}, ctx);
  });
}

async function checkObjectMethod(
  method: Node & { readonly name: Node; readonly parent: Node },
  ctx: Context,
): Promise<void> {
  if (!isMethodDeclaration(method)) return;
  const where = await promiseIn(method, ctx);
  if (!where) return;
  const name = method.name.getText();
  const expected = await ctx.types.expectedType(method.parent as never);
  const types = expected
    ? await Promise.all((await expected.unionMembers()).map((member) => member.property(name)))
    : [];
  const known = types.filter((type): type is TypeView => type !== undefined);
  if (!(await expectsNothing(known))) return;
  await reportUnlessGuarded(
    'assigned',
    { node: method, where: spanOf(method.name), literal: undefined, functions: [method] },
    { name },
    ctx,
  );
}

/** A member of a class or interface against what its bases say of it. */
async function checkMember(member: Node, ctx: Context): Promise<void> {
  const { name, parent } = member as {
    readonly name?: Node;
    readonly parent: Node & { readonly heritageClauses?: unknown };
  };
  if (!name || !parent.heritageClauses || hasModifier(member, SyntaxKind.StaticKeyword)) return;
  if (isMethodDeclaration(member) && !member.body && !isInterfaceDeclaration(parent)) return;
  const isGiven =
    isMethodDeclaration(member) && member.body
      ? (await promiseIn(member, ctx)) !== undefined
      : await givesPromise(await ctx.types.typeOf(name));
  if (!isGiven) return;
  const inherited = await ctx.types.inheritedTypes(member);
  const verdicts = await Promise.all(inherited.map(({ type }) => expectsNothing([type])));
  const base = inherited.find((_, index) => verdicts[index])?.base;
  if (base === undefined) return;
  const functions = isInterfaceDeclaration(parent)
    ? []
    : isFunctionNode(member)
      ? [member]
      : await ctx.types.functionsOf(name);
  await reportUnlessGuarded(
    'override',
    { node: member, where: spanOf(name), literal: undefined, functions },
    { name: name.getText(), base },
    ctx,
  );
}

/** Reports unless every definition handles its own rejections. Then nobody misses the promise. */
async function reportUnlessGuarded(
  key: Key,
  callback: Callback,
  data: Readonly<Record<string, string>>,
  ctx: Context,
  severity: Severity | undefined = key === 'listener' ? 'information' : undefined,
): Promise<void> {
  const open = await Promise.all(callback.functions.map((fn) => firstUnguarded(fn, ctx.types, ctx.facts)));
  if (callback.functions.length > 0 && open.every((place) => place === undefined)) return;
  const places = open.filter((place) => place !== undefined);
  ctx.report(key, callback.where, {
    data,
    related: relatedPlaces(places, callback.where),
    ...(severity && { severity }),
    fixes: () => callbackFixes(key, callback, ctx),
  });
}

function relatedPlaces(places: readonly Node[], reported: Span): readonly Related[] {
  return places
    .filter((place) => place.getStart() !== reported.start && place.getStart() !== reported.start)
    .slice(0, 1)
    .map((place) => ({ file: place.getSourceFile().fileName, span: spanOf(place), message: 'can reject here' }));
}

/** `element.onclick = …`: the page's own event properties, whose type returns any. */
async function isEventProperty(
  name: Node & { readonly text: string },
  expected: TypeView | undefined,
  ctx: Context,
): Promise<boolean> {
  if (!/^on[a-z]+$/.test(name.text)) return false;
  if (!expected || expected.isUnknown) return true;
  return (await ctx.types.symbolOf(name))?.declaredIn?.from === 'lib';
}

function isDisposeMethod(name: Node): boolean {
  return isComputedPropertyName(name) && name.expression.getText() === 'Symbol.dispose';
}

async function checkDisposal(initializer: Node, ctx: Context): Promise<void> {
  const dispose = await (await ctx.types.typeOf(initializer)).wellKnown('dispose');
  if (dispose && (await givesPromise(dispose))) ctx.report('disposal', initializer);
}

async function checkDisposalOf(initializer: Node, name: Node, ctx: Context): Promise<void> {
  const declared = await (await ctx.types.typeOf(name)).wellKnown('dispose');
  if (declared && (await expectsNothing([declared]))) await checkDisposal(initializer, ctx);
}
