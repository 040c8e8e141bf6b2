import { longerPauseFix, yieldingFix, yieldingLaterFix } from '../../engine/yield-fixes.ts';
import { blocksOnPurpose, isInTest } from '../../facts/blocking/blocking-places.ts';
import type { Loop } from '../../facts/blocking/busy-wait.ts';
import { awaitsOf, type OutsideEnd, otherCalls, outsideEnd } from '../../facts/loop-exits.ts';
import { functionName } from '../../facts/uses.ts';
import type { Fix } from '../../model/finding.ts';
import {
  type AwaitExpression,
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isCallExpression,
  isPropertyAccessExpression,
  lastName,
  type Node,
  unwrap,
} from '../../typescript/ast.ts';
import { awaitKeyword } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { callsOfIdleRound, isLook } from './starving-loop/idle-round.ts';
import { isSwitch } from './starving-loop/lifecycle.ts';
import {
  calledBy,
  isPause,
  isResolvedWithNothing,
  isWithOwnParameters,
  type Repetition,
  repeatsFor,
  returnedCall,
} from './starving-loop/recursion.ts';

export const starvingLoop = defineRule({
  id: 'starving-loop',
  family: 'blocking',
  principle: 2,
  summary: 'A loop or recursion that yields only to promises, so that timers and I/O never run',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages: {
    endless: {
      text: 'This loop yields only to promises, so timers and I/O never run again',
      why: 'A promise that is already fulfilled continues before the event loop goes on. The loop has no other pause and no end, so no timer, request or socket of the process is served any more.',
      help: 'Await `setImmediate` of `node:timers/promises`, or `scheduler.yield()`, once a round.',
    },
    flag: {
      text: 'This loop waits for `{flag}` and lets only promises run meanwhile',
      why: 'A promise that is already fulfilled continues before the event loop goes on. If a timer, a socket or a file is to change `{flag}`, it never gets the chance, and the loop never ends.',
      help: 'Await the event itself, or at least `setImmediate` of `node:timers/promises`.',
    },
    clock: {
      text: 'This loop watches the clock and lets only promises run meanwhile',
      why: 'A promise that is already fulfilled continues before the event loop goes on. Until the time is over, no timer, request or socket is served.',
      help: 'Await a timer for the time that is left.',
    },
    recursion: {
      text: '`{fn}` calls itself through `{by}`, so timers and I/O never run again',
      why: 'What `{by}` puts off still runs before the event loop goes on. Each run adds the next, so no timer, request or socket of the process is served any more.',
      help: 'Use `setImmediate`, or a timer, for the next run.',
    },
    recursionForFlag: {
      text: '`{fn}` waits for `{flag}` through `{by}`, and lets only promises run meanwhile',
      why: 'What `{by}` puts off still runs before the event loop goes on. If a timer, a socket or a file is to change `{flag}`, it never gets the chance.',
      help: 'Wait for the event itself, or use `setImmediate` for the next look.',
    },
  },
  on: {
    WhileStatement: checkLoop,
    DoStatement: checkLoop,
    ForStatement: checkLoop,
    CallExpression: (call, ctx) => (microtaskNames.has(lastName(call) ?? '') ? checkRecursion(call, ctx) : undefined),
    AwaitExpression: (node, ctx) => (isPause(node) ? checkAsyncRecursion(node, ctx) : undefined),
  },
});

type Context = RuleContext<'endless' | 'flag' | 'clock' | 'recursion' | 'recursionForFlag'>;

/** What puts a function off until the current one has ended, and no longer. */
const microtaskNames = new Set(['nextTick', 'queueMicrotask', 'then']);

function checkLoop(loop: Loop, ctx: Context): Promise<void> | undefined {
  const awaits = awaitsOf(loop);
  const [first] = awaits ?? [];
  if (!awaits || !first) return undefined;
  const end = outsideEnd(loop);
  if (!end || isPassing(loop, ctx)) return undefined;
  // Whatever else the loop calls may bring the end about.
  const others = callsOfIdleRound(otherCalls(loop, awaits), end).filter((call) => !isLog(call, ctx));
  const isForEver = end.flags.length === 0 && end.asked.length === 0 && !end.watchesClock;
  if (!isForEver && others.length > 0 && !isSwitchedOn(end, loop)) return undefined;
  return reportLoop(loop, end, [first, ...awaits.slice(1)], ctx);
}

/** `while (this.playing)`, whatever else the loop calls. */
function isSwitchedOn({ flags, asked, watchesClock }: OutsideEnd, loop: Loop): boolean {
  const [flag, ...others] = flags;
  return flag !== undefined && others.length + asked.length === 0 && !watchesClock && isSwitch(flag, loop);
}

async function reportLoop(
  loop: Loop,
  end: OutsideEnd,
  awaits: readonly [AwaitExpression, ...AwaitExpression[]],
  ctx: Context,
): Promise<void> {
  const lengths = await Promise.all(awaits.map(({ expression }) => ctx.facts.suspensionLength(expression)));
  if (lengths.some((length) => length !== 'microtask'))
    return ctx.silent(loop, 'the loop waits for something from outside, which lets everything else run');
  if (await reachesFlag(end, awaits, ctx))
    return ctx.silent(loop, 'what it awaits works on what its condition looks at');
  const looks = await Promise.all(end.asked.map((call) => isLook(call, ctx)));
  if (looks.includes(false)) return ctx.silent(loop, 'what its condition calls may bring the end about');
  const [flag] = [...end.flags, ...end.asked];
  const fixes = () => yieldingFix(loop, awaits[0], ctx);
  if (flag) ctx.report('flag', awaitKeyword(awaits[0]), { data: { flag: flag.getText() }, fixes });
  else ctx.report(end.watchesClock ? 'clock' : 'endless', awaitKeyword(awaits[0]), { fixes });
}

/** `while (this.open.length > 0) await this.closeOne()`, where `closeOne` takes one of `this.open`. */
async function reachesFlag(end: OutsideEnd, awaits: readonly AwaitExpression[], ctx: Context): Promise<boolean> {
  const names = [...end.flags, ...end.asked].flatMap((flag) => flag.getText().match(/[\w$]+/g) ?? []);
  const telling = names.filter((name) => name !== 'this' && name !== 'length' && name !== 'size');
  const calls = awaits.map(({ expression }) => unwrap(expression)).filter(isCallExpression);
  const functions = (await Promise.all(calls.map((call) => ctx.types.functionsOf(call.expression)))).flat();
  return functions.some((fn) => {
    const words = new Set(fn.body?.getText().match(/[\w$]+/g));
    return telling.some((name) => words.has(name));
  });
}

/** `queueMicrotask(run)`, `process.nextTick(() => run())` and `Promise.resolve().then(run)` inside of `run`. */
async function checkRecursion(call: CallExpression, ctx: Context): Promise<void> {
  const callee = unwrap(call.expression);
  const by = lastName(callee) ?? '';
  if (by === 'then' && !isResolved(callee)) return;
  const fn = enclosingFunction(call);
  const [callback] = call.arguments;
  if (!fn?.body || !callback || !functionName(fn) || isPassing(call, ctx)) return;
  const again = calledBy(unwrap(callback), fn);
  const repeats = again && lastName(again) === functionName(fn)?.text && repeatsFor(call, fn, ctx);
  if (!repeats || !(await isItself(again, fn, ctx))) return;
  if (by === 'nextTick' && !/\bprocess\b|\bnextTick\b/.test(callee.getText())) return;
  reportRecursion(repeats, isPropertyAccessExpression(callee) ? callee.name : callee, { fn, by }, ctx, () =>
    yieldingLaterFix(call, callback, ctx),
  );
}

/** `await null; return run();` inside of `run`. */
async function checkAsyncRecursion(pause: AwaitExpression, ctx: Context): Promise<void> {
  const fn = enclosingFunction(pause);
  const again = fn && returnedCall(fn);
  if (!again || again.pos < pause.end || !isWithOwnParameters(again, fn) || isPassing(pause, ctx)) return;
  if (lastName(again.expression) !== functionName(fn)?.text) return;
  const repeats = repeatsFor(again, fn, ctx);
  if (repeats && (await isItself(again.expression, fn, ctx)))
    reportRecursion(repeats, awaitKeyword(pause), { fn, by: 'await' }, ctx, () => longerPauseFix(pause, ctx));
}

function reportRecursion(
  { flag }: Repetition,
  at: Parameters<Context['report']>[1],
  { fn, by }: { readonly fn: FunctionNode; readonly by: string },
  ctx: Context,
  fixes: () => readonly (Fix | undefined)[],
): void {
  const data = { fn: functionName(fn)?.text ?? '', by };
  if (flag) ctx.report('recursionForFlag', at, { data: { ...data, flag: flag.getText() }, fixes });
  else ctx.report('recursion', at, { data, fixes });
}

async function isItself(callee: Node, fn: FunctionNode, ctx: Context): Promise<boolean> {
  const functions = await ctx.types.functionsOf(callee);
  return functions.some((found) => found.pos === fn.pos && found.getSourceFile() === fn.getSourceFile());
}

/** `Promise.resolve().then`. */
function isResolved(callee: Node): boolean {
  return isPropertyAccessExpression(callee) && isResolvedWithNothing(unwrap(callee.expression));
}

function isLog(call: CallExpression, ctx: Context): boolean {
  return ctx.knowledge.promises.isLogging(lastName(call));
}

/** Tests let promises run on purpose while their clocks stand still; a worker has nobody else waiting. */
function isPassing(node: Node, ctx: Context): boolean {
  return ctx.file.isTest || blocksOnPurpose(ctx.file.sourceFile) || isInTest(node);
}
