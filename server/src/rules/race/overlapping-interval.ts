import { numberOf } from '../../facts/blocking/blocking-arguments.ts';
import { isPlatformTimer, timerCall } from '../../facts/lifetime/timers.ts';
import { interleavingOf } from '../../facts/shared/interleaving.ts';
import {
  type CallExpression,
  calleeName,
  type FunctionNode,
  isAwaitExpression,
  isCallExpression,
  isPropertyAccessExpression,
  type Node,
  spanOf,
  unwrap,
} from '../../typescript/ast.ts';
import { nameOf } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { guardFix } from './overlapping-interval/fixes.ts';
import { type LateWrite, lateWrite } from './overlapping-interval/late-write.ts';
import { awaitedFunctions, runnerOf } from './overlapping-interval/runner.ts';

export const overlappingInterval = defineRule({
  id: 'overlapping-interval',
  family: 'race',
  principle: 3,
  summary: 'An interval starts its callback again while the last run still waits, and both write the same state',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages: {
    overlaps: {
      text: 'The next tick may start while this one still waits, and both write `{state}`',
      why: '`setInterval` does not wait for the promise of its callback. When one run takes longer than the period, the older one may finish last and write over what the newer one found.',
      help: 'Leave at once while a run is under way, or start the next one with `setTimeout` when the last one has ended.',
    },
  },
  on: {
    CallExpression(call, ctx) {
      const timer = timerCall(call);
      return timer?.kind === 'setInterval' && !ctx.file.isTest ? check(call, ctx) : undefined;
    },
  },
});

type Context = RuleContext<'overlaps'>;

/** Runs that have this long are taken to end in time, in milliseconds. */
const longPeriod = 5 * 60_000;

async function check(call: CallExpression, ctx: Context): Promise<void> {
  const timer = timerCall(call);
  const [callback, period] = call.arguments;
  if (!timer || !callback || !(await isPlatformTimer(timer, ctx.types))) return;
  const length = period ? numberOf(period) : 0;
  if (length !== undefined && length >= longPeriod) return;
  // What is only replaced is right again after the next tick, and that an overlap happens at all is not known.
  const heals = length === undefined;
  const functions = await ctx.types.functionsOf(boundFunction(callback));
  for (const fn of functions) {
    const runner = await runnerOf(fn, ctx);
    if (!runner) continue;
    if (/\bclearInterval\b/.test(`${fn.getText()}${runner.getText()}`))
      return ctx.silent(calleeName(call), 'the callback stops the interval itself');
    for (const inner of [runner, ...(await awaitedFunctions(runner, ctx))]) {
      const late = await lateWrite(inner, heals, ctx);
      if (late) return report(call, inner, late, ctx);
    }
  }
}

/** `this.poll` of `this.poll.bind(this)`. */
function boundFunction(callback: Node): Node {
  const at = unwrap(callback);
  if (!isCallExpression(at)) return at;
  const callee = unwrap(at.expression);
  return isPropertyAccessExpression(callee) && callee.name.text === 'bind' ? unwrap(callee.expression) : at;
}

function report(call: CallExpression, runner: FunctionNode, late: LateWrite, ctx: Context): void {
  const at = calleeName(call);
  const file = runner.getSourceFile().fileName;
  ctx.dependsOn(file);
  const { suspension, write, place, heals } = late;
  const waits = isAwaitExpression(suspension) ? `waits for \`${nameOf(suspension.expression)}\`` : 'waits';
  ctx.report('overlaps', at, {
    ...(heals && { severity: 'information' as const }),
    data: { state: place },
    related: [
      { file, span: spanOf(suspension), message: `1 ${waits}` },
      { file, span: spanOf(write), message: `2 writes \`${place}\` when the next run may have done so already` },
    ],
    interleaving: interleavingOf({
      fn: runner,
      concurrency: {
        how: 'interval',
        fn: runner,
        at,
        task: 'tick',
        text: 'the interval does not wait for its callback',
      },
      events: [
        { task: 0, kind: 'suspends', at: suspension, text: waits },
        { task: 1, kind: 'suspends', at: suspension, text: waits },
        { task: 1, kind: 'writes', at: write, text: `writes \`${place}\`` },
        { task: 0, kind: 'writes', at: write, text: `writes \`${place}\``, note: 'older than what tick B wrote' },
      ],
      outcome: `\`${place}\` holds what the older tick found`,
    }),
    fixes: () => [guardFix(call, runner, ctx)],
  });
}
