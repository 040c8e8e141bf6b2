import { joiningSignals, passSignal, writtenMember } from '../../engine/signal-fixes.ts';
import type { ScopedSignal } from '../../facts/cancellation/signal-scope.ts';
import { isOfRequest } from '../../facts/cancellation/signal-syntax.ts';
import {
  bringsOwnSignal,
  isAside,
  isDropped,
  isIterated,
  isLongWork,
  passesWhole,
  worksOnAfterAbort,
} from '../../facts/cancellation/signal-work.ts';
import type { SignalPlace } from '../../facts/cancellation/signals.ts';
import { mayGoWithout } from '../../facts/cancellation/without-signal.ts';
import { shortName } from '../../facts/promises/dropped-name.ts';
import type { Fix, Related } from '../../model/finding.ts';
import { flag } from '../../model/rule.ts';
import {
  type CallExpression,
  calleeName,
  isCallExpression,
  isPropertyAccessExpression,
  lastName,
  type NewExpression,
  type Node,
  spanOf,
  unwrap,
} from '../../typescript/ast.ts';
import { after, type Soon } from '../../typescript/soon.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { leftOut } from './unforwarded-signal/alike.ts';
import { unthreadedWork } from './unforwarded-signal/unthreaded.ts';

const messages = {
  unforwarded: {
    text: '`{call}` is not given `{signal}` and goes on after an abort',
    why: 'Whoever aborts is told that the work stops. This part of it cannot know: it runs to its end, keeps its connection, and its result is thrown away.',
    help: 'Pass `{signal}` on, or a signal that is made from it.',
  },
  timeoutOnly: {
    text: 'Only a timeout can stop `{call}`: `{signal}` is not part of its signal',
    why: 'The call has a signal of its own, and the one that came from outside does not reach it: after an abort it goes on until its time is over.',
    help: 'Join both with `AbortSignal.any`.',
  },
  alike: {
    text: '`{call}` is not given `{signal}`, as the other calls of `{owner}` are',
    why: 'What the other calls are given stops them after an abort. This one does not get it, and goes on until it has ended by itself.',
    help: 'Pass `{signal}` on, if it can take it.',
  },
  unthreaded: {
    text: '`{call}` takes no signal for `{inner}`: `{signal}` does not reach it',
    why: 'The call below could be stopped, and nobody can tell it to: the function between takes no signal. After an abort, this waits until it has ended by itself.',
    help: 'Give `{call}` a parameter for a signal, and pass `{signal}` on.',
  },
} as const;

type Context = RuleContext<keyof typeof messages, Record<'alike' | 'requests' | 'threading', ReturnType<typeof flag>>>;
type Call = CallExpression | NewExpression;

/** Invariant: speaks of work that somebody waits for, or that is known to run on, and never of clean-up. */
export const unforwardedSignal = defineRule({
  id: 'unforwarded-signal',
  family: 'cancellation',
  principle: 4,
  summary: 'A call could take the signal that is in scope, and is not given it',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {
    alike: flag(
      false,
      'Also report calls of an object of unknown type that are given no signal, where its other calls are. On under `all`.',
      'all',
    ),
    requests: flag(
      false,
      'Also report calls that are not given the signal of the HTTP request that is being answered.',
      'strict',
    ),
    threading: flag(
      false,
      'Report every call of a function of the same file that takes no signal for what it calls, and not only for well-known functions such as `fetch`.',
      'strict',
    ),
  },
  messages,
  on: {
    CallExpression(call, ctx) {
      return mayMatter(call, ctx) ? checkWithSignals(call, ctx) : undefined;
    },
    NewExpression(call, ctx) {
      const isRequest = lastName(call.expression) === 'Request';
      return isRequest && mayMatter(call, ctx) ? checkWithSignals(call, ctx) : undefined;
    },
  },
});

function mayMatter(call: Call, ctx: Context): boolean {
  return !isAside(ctx.file) && isLongWork(call, ctx.knowledge.cancellation);
}

/** Most places see no signal, and are done with at once. */
function checkWithSignals(call: Call, ctx: Context): Soon<void> {
  return after(ctx.facts.cancellation.signalsAt(call), (signals) =>
    signals.length > 0 || ctx.options.alike ? check(call, signals, ctx) : undefined,
  );
}

async function check(call: Call, all: readonly ScopedSignal[], ctx: Context): Promise<void> {
  const signals = ctx.options.requests ? all : await withoutRequests(all, ctx);
  if (all.length > 0 && signals.length === 0) return;
  if (bringsOwnSignal(call)) return;
  if (signals.length === 0) return ctx.options.alike && isCallExpression(call) ? checkAlike(call, ctx) : undefined;
  if (!(await goesOn(call, ctx))) return;
  const place = await ctx.facts.cancellation.accepts(call);
  if (place === 'given') return checkGiven(call, signals, ctx);
  const signal = signals.find(({ type }) => type === (place?.type ?? 'AbortSignal'));
  if (!signal || passesWhole(call, signal) || (await isOfOwner(call, signal, ctx))) return;
  // What is started and not waited for may go on for a reason, unless a controller is there for nothing else.
  if (signal.from !== 'own' && isDropped(call)) return;
  const reason = worksOnAfterAbort(call) ?? mayGoWithout(call, signal);
  if (reason !== undefined) return place ? ctx.silent(calleeName(call), reason) : undefined;
  if (place) report('unforwarded', call, signal, () => passingFix(call, place, signal, ctx), ctx);
  else if (isCallExpression(call)) {
    await checkThreading(call, signal, ctx);
    if (ctx.options.alike) await checkAlike(call, ctx);
  }
}

async function checkAlike(call: CallExpression, ctx: Context): Promise<void> {
  const left = worksOnAfterAbort(call) === undefined ? await leftOut(call, ctx) : undefined;
  if (!left) return;
  ctx.report('alike', calleeName(call), {
    data: { call: nameOf(call), signal: left.carrier.text, owner: left.owner.text },
    related: [{ file: ctx.file.path, span: spanOf(left.carrier), message: 'this call is given it' }],
  });
}

/** `em.find(…)` beside `em.signal`: what the signal is a member of knows it by itself, and `this` where it looks at it. */
async function isOfOwner(call: Call, { from, name, text }: ScopedSignal, ctx: Context): Promise<boolean> {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee)) return false;
  const receiver = unwrap(callee.expression).getText();
  if (from === 'member') return receiver === name.getText() && text.startsWith(`${receiver}.`);
  if (from !== 'field' || receiver !== 'this') return false;
  const functions = await ctx.types.functionsOf(callee);
  return functions.some((fn) => fn.body?.getText().includes(text.replace(/\??\.signal$/, '')));
}

/** Gives a promise, is iterated step by step, or is known by name to run on: a process, a stream, a request. */
async function goesOn(call: Call, ctx: Context): Promise<boolean> {
  if (!isCallExpression(call)) return true;
  if (await ctx.types.mayBe('thenable', call)) {
    const { extent } = await ctx.types.thenability(call);
    if (extent !== 'none') return true;
  }
  // Streams can be iterated too, and end with what they are made of.
  const type = await ctx.types.typeOf(call);
  const declared = await type.classDeclaredIn();
  if (declared ? /^Async(?:Generator|Itera)/.test(declared.name) : isIterated(call)) return true;
  const known = ctx.knowledge.cancellation.acceptance(await ctx.types.origins(call.expression));
  return known?.isStarted ?? false;
}

/** `signal: AbortSignal.timeout(…)`, or a signal that nobody can abort, beside a signal from outside. */
async function checkGiven(call: Call, signals: readonly ScopedSignal[], ctx: Context): Promise<void> {
  const signal = signals.find(({ type }) => type === 'AbortSignal');
  const given = (call.arguments ?? [])
    .map((argument) => writtenMember(argument, 'signal') ?? writtenMember(argument, 'abortSignal') ?? argument)
    .find((value) => /^(?:AbortSignal\.timeout\(|new AbortController\(\)\.signal$)/.test(value.getText()));
  if (!signal || !given || signal.from === 'field' || signal.from === 'own') return;
  if (worksOnAfterAbort(call) !== undefined) return;
  if (given.getText().startsWith('new')) {
    const { text, isOptional } = signal;
    const fix = () =>
      ctx.fix.choice(
        `Pass \`${signal.text}\``,
        ctx.fix.replace(given, isOptional ? `${text} ?? ${given.getText()}` : text),
      );
    return report('unforwarded', call, signal, fix, ctx);
  }
  report('timeoutOnly', call, signal, () => joiningFix(given, signal, ctx), ctx);
}

async function checkThreading(call: CallExpression, signal: ScopedSignal, ctx: Context): Promise<void> {
  if (signal.from === 'field' || signal.from === 'member' || signal.from === 'own') return;
  const inner = await unthreadedWork(call, signal, ctx);
  if (!inner) return;
  if (!ctx.options.threading && !(await isWellKnown(inner, ctx)))
    return ctx.silent(calleeName(call), `\`${nameOf(inner)}\` is the project's own`);
  ctx.report('unthreaded', calleeName(call), {
    data: { call: nameOf(call), inner: nameOf(inner), signal: signal.text },
    related: [{ file: ctx.file.path, span: spanOf(calleeName(inner)), message: 'could take a signal here' }],
  });
}

/** Leaves out the signals of HTTP requests, which few pass on: a request that is gone costs its handler and no more. */
async function withoutRequests(signals: readonly ScopedSignal[], { types }: Context): Promise<readonly ScopedSignal[]> {
  const isIncoming = async ({ text, name }: ScopedSignal): Promise<boolean> => {
    if (!isOfRequest(text)) return false;
    const type = await types.typeOf(name);
    return type.isUnknown || /\.raw\./.test(text) || (await type.property('headers')) !== undefined;
  };
  const incoming = await Promise.all(signals.map(isIncoming));
  return signals.filter((_, index) => incoming[index] !== true);
}

async function isWellKnown({ expression }: CallExpression, { types, knowledge }: Context): Promise<boolean> {
  return knowledge.cancellation.acceptance(await types.origins(expression)) !== undefined;
}

function report(
  key: 'unforwarded' | 'timeoutOnly',
  call: Call,
  signal: ScopedSignal,
  fix: () => Promise<Fix | undefined> | Fix,
  ctx: Context,
): void {
  ctx.report(key, calleeName(call), {
    data: { call: nameOf(call), signal: signal.text },
    related: [originOf(signal, ctx)],
    fixes: async () => [await fix()],
  });
}

function originOf({ name }: ScopedSignal, ctx: Context): Related {
  return { file: ctx.file.path, span: spanOf(name), message: 'the signal comes from here' };
}

async function passingFix(
  call: Call,
  place: SignalPlace,
  signal: ScopedSignal,
  ctx: Context,
): Promise<Fix | undefined> {
  const edits = await passSignal(call, place, signal, ctx);
  return edits && ctx.fix.choice(`Pass \`${signal.text}\``, edits);
}

function joiningFix(given: Node, signal: ScopedSignal, ctx: Context): Fix {
  const edits = joiningSignals(given, signal).map((edit) => ({ file: ctx.file.path, ...edit }));
  return ctx.fix.choice(`Join both with \`AbortSignal.any\``, edits);
}

function nameOf(call: Call): string {
  return lastName(call.expression) ?? shortName(call.expression);
}
