import { atTop } from '../../engine/abort-fixes.ts';
import { fileStyle } from '../../engine/fixing/file-style.ts';
import { type PassedSignal, passSignal } from '../../engine/signal-fixes.ts';
import {
  mayIgnoreBecause,
  type UnusedName,
  unreadSignalFields,
  unusedSignalNames,
} from '../../facts/cancellation/ignored-signal.ts';
import { lateLook } from '../../facts/cancellation/late-looks.ts';
import { signalType } from '../../facts/cancellation/signal-types.ts';
import {
  bringsOwnSignal,
  isAside,
  isDropped,
  isLongWork,
  worksOnAfterAbort,
} from '../../facts/cancellation/signal-work.ts';
import type { SignalPlace } from '../../facts/cancellation/signals.ts';
import { functionName } from '../../facts/uses.ts';
import type { SignalType } from '../../knowledge/cancellation.ts';
import type { Fix, TextEdit } from '../../model/finding.ts';
import { flag } from '../../model/rule.ts';
import {
  type CallExpression,
  calleeName,
  type FunctionNode,
  type Identifier,
  type IfStatement,
  isBlock,
  isCallExpression,
  isFunctionNode,
  lastName,
  spanOf,
  walkBody,
} from '../../typescript/ast.ts';
import { defineRule, type RuleContext } from '../define.ts';

const messages = {
  ignored: {
    text: '{fn} takes `{signal}` and never looks at it: an abort stops nothing',
    why: 'The signature promises that the work can be stopped. Whoever passes a signal relies on it, and waits until the work has ended by itself.',
    help: 'Pass it on to what can take it, call `throwIfAborted` between steps, or take it out of the signature.',
  },
  kept: {
    text: '`{signal}` is kept in a field that nobody reads: an abort stops nothing',
    why: 'The constructor promises that the work can be stopped. Whoever passes a signal relies on it, and waits until the work has ended by itself.',
    help: 'Pass `this.{signal}` on to what can take it, call `throwIfAborted` between steps, or take it out of the signature.',
  },
  late: {
    text: '`{signal}` is only looked at when all is done: an abort throws away a finished result',
    why: 'The wait before has ended by then, and everything has been paid for. An abort stops nothing; it only turns the result into an error.',
    help: 'Pass `{signal}` on to what is waited for, or look at it before and between the waits.',
  },
} as const;

const options = {
  late: flag(false, 'Also report a signal that is looked at only behind the last wait. On under `all`.', 'all'),
} as const;

type Context = RuleContext<keyof typeof messages, typeof options>;

export const ignoredSignal = defineRule({
  id: 'ignored-signal',
  family: 'cancellation',
  principle: 4,
  summary: 'A function takes a signal and never looks at it',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: ['no-unused-vars', '@typescript-eslint/no-unused-vars', 'biome:noUnusedFunctionParameters'],
  options,
  messages,
  on: {
    IfStatement(statement, ctx) {
      return ctx.options.late && !isAside(ctx.file) ? checkLate(statement, ctx) : undefined;
    },
    FunctionDeclaration: check,
    FunctionExpression: check,
    ArrowFunction: check,
    MethodDeclaration: check,
    Constructor(made, ctx) {
      const names = isAside(ctx.file) ? [] : unreadSignalFields(made);
      return names.length > 0 ? judgeFields(names, ctx) : undefined;
    },
  },
});

async function checkLate(statement: IfStatement, ctx: Context): Promise<void> {
  const late = lateLook(statement);
  if (!late) return;
  const text = late.signal.getText();
  const inScope = await ctx.facts.cancellation.signalsAt(late.wait);
  const signal = inScope.find((one) => one.text.replaceAll('?.', '.') === text.replaceAll('?.', '.'));
  // What the wait is given stops it in time.
  if (!signal || late.wait.getText().includes(text)) return;
  ctx.report('late', late.look.name, {
    data: { signal: text },
    related: [{ file: ctx.file.path, span: spanOf(late.wait), message: 'nothing stops this' }],
  });
}

async function judgeFields(names: readonly Identifier[], ctx: Context): Promise<void> {
  for (const name of names)
    if (await signalType(await ctx.types.typeOf(name), ctx.knowledge.cancellation))
      ctx.report('kept', name, { data: { signal: name.text } });
}

function check(fn: FunctionNode, ctx: Context): Promise<void> | undefined {
  if (isAside(ctx.file) || fn.parameters.length === 0) return undefined;
  const names = unusedSignalNames(fn);
  return names.length > 0 ? judge(fn, names, ctx) : undefined;
}

async function judge(fn: FunctionNode, names: readonly UnusedName[], ctx: Context): Promise<void> {
  for (const unused of names) {
    const view = await ctx.types.typeOf(unused.name);
    const type = await signalType(view, ctx.knowledge.cancellation);
    if (!type) continue;
    const reason = await mayIgnoreBecause(fn, ctx.types);
    if (reason !== undefined) return ctx.silent(unused.name, reason);
    const isOptional = unused.isMember || (await view.unionMembers()).some((member) => member.isNullish);
    const signal = { text: unused.text, view, isOptional };
    const takers = await callsThatTake(fn, type, ctx);
    ctx.report('ignored', unused.name, {
      data: { fn: describe(fn), signal: unused.text },
      related: takers.slice(0, 3).map(({ call }) => ({
        file: ctx.file.path,
        span: spanOf(calleeName(call)),
        message: 'could take it',
      })),
      fixes: async () => [await forwarding(takers, signal, ctx), asking(fn, signal, type, ctx)],
    });
  }
}

interface Taker {
  readonly call: CallExpression;
  readonly place: SignalPlace;
}

/** The calls of a function's own body that could take the signal. */
async function callsThatTake(fn: FunctionNode, type: SignalType, ctx: Context): Promise<readonly Taker[]> {
  const calls: CallExpression[] = [];
  if (fn.body)
    walkBody(fn.body, (node) => {
      if (isFunctionNode(node)) return false;
      if (isCallExpression(node) && calls.length < mostCalls) calls.push(node);
      return true;
    });
  const open = calls.filter(
    (call) =>
      isLongWork(call, ctx.knowledge.cancellation) &&
      !isDropped(call) &&
      !bringsOwnSignal(call) &&
      worksOnAfterAbort(call) === undefined,
  );
  const places = await Promise.all(open.map((call) => ctx.facts.cancellation.accepts(call)));
  return open.flatMap((call, index) => {
    const place = places[index];
    return place && place !== 'given' && place.type === type ? [{ call, place }] : [];
  });
}

const mostCalls = 40;

async function forwarding(takers: readonly Taker[], signal: PassedSignal, ctx: Context): Promise<Fix | undefined> {
  const edits: TextEdit[] = [];
  for (const { call, place } of takers) edits.push(...((await passSignal(call, place, signal, ctx)) ?? []));
  const [only, another] = takers;
  if (edits.length === 0 || !only) return undefined;
  const to = another ? `${takers.length} calls` : `\`${lastName(only.call.expression) ?? 'the call'}\``;
  return ctx.fix.choice(`Pass \`${signal.text}\` to ${to}`, edits);
}

function asking(fn: FunctionNode, signal: PassedSignal, type: SignalType, ctx: Context): Fix | undefined {
  const { body } = fn;
  if (type !== 'AbortSignal' || !body || !isBlock(body)) return undefined;
  const { semicolon } = fileStyle(ctx.file.sourceFile);
  const statement = `${signal.text}${signal.isOptional ? '?.' : '.'}throwIfAborted()${semicolon}`;
  return ctx.fix.choice('Call `throwIfAborted` at the top', atTop(body, statement, ctx));
}

function describe(fn: FunctionNode): string {
  const name = functionName(fn)?.text;
  return name === undefined ? 'This function' : `\`${name}\``;
}
