import { yieldingFix, yieldingLaterFix } from '../../engine/yield-fixes.ts';
import { blocksOnPurpose, isInTest } from '../../facts/blocking/blocking-places.ts';
import type { Loop } from '../../facts/blocking/busy-wait.ts';
import { awaitsOf, type OutsideEnd, otherCalls, outsideEnd } from '../../facts/loop-exits.ts';
import { functionName } from '../../facts/uses.ts';
import {
  type AwaitExpression,
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  isReturnStatement,
  isThrowStatement,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
  wrapped,
} from '../../typescript/ast.ts';
import { awaitKeyword, nextLink } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';

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
  },
  on: {
    WhileStatement: checkLoop,
    DoStatement: checkLoop,
    ForStatement: checkLoop,
    CallExpression: (call, ctx) => (microtaskNames.has(lastName(call) ?? '') ? checkRecursion(call, ctx) : undefined),
  },
});

type Context = RuleContext<'endless' | 'flag' | 'clock' | 'recursion'>;

/** What puts a function off until the current one has ended, and no longer. */
const microtaskNames = new Set(['nextTick', 'queueMicrotask', 'then']);

function checkLoop(loop: Loop, ctx: Context): Promise<void> | undefined {
  const awaits = awaitsOf(loop);
  const [first] = awaits ?? [];
  if (!awaits || !first) return undefined;
  const end = outsideEnd(loop);
  if (!end || end.asked.length > 0 || isPassing(loop, ctx)) return undefined;
  // Whatever else the loop calls may bring the end about.
  const others = otherCalls(loop, awaits).filter((call) => !isLog(call, ctx));
  if ((end.flags.length > 0 || end.watchesClock) && others.length > 0) return undefined;
  return reportLoop(loop, end, [first, ...awaits.slice(1)], ctx);
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
  const [flag] = end.flags;
  const fixes = () => yieldingFix(loop, awaits[0], ctx);
  if (flag) ctx.report('flag', awaitKeyword(awaits[0]), { data: { flag: flag.getText() }, fixes });
  else ctx.report(end.watchesClock ? 'clock' : 'endless', awaitKeyword(awaits[0]), { fixes });
}

/** `queueMicrotask(run)`, `process.nextTick(() => run())` and `Promise.resolve().then(run)` inside of `run`. */
async function checkRecursion(call: CallExpression, ctx: Context): Promise<void> {
  const callee = unwrap(call.expression);
  const by = lastName(callee) ?? '';
  if (by === 'then' && !isResolved(callee)) return;
  const fn = enclosingFunction(call);
  const [callback] = call.arguments;
  if (!fn?.body || !callback || !functionName(fn) || isPassing(call, ctx)) return;
  const again = calledBy(unwrap(callback));
  if (!again || lastName(again) !== functionName(fn)?.text || !isUnconditional(call, fn)) return;
  const functions = await ctx.types.functionsOf(again);
  if (!functions.some((found) => found.pos === fn.pos && found.getSourceFile() === fn.getSourceFile())) return;
  if (by === 'nextTick' && !/\bprocess\b|\bnextTick\b/.test(callee.getText())) return;
  ctx.report('recursion', isPropertyAccessExpression(callee) ? callee.name : callee, {
    data: { fn: functionName(fn)?.text ?? '', by: by === 'then' ? 'then' : by },
    fixes: () => yieldingLaterFix(call, callback, ctx),
  });
}

/** What a callback calls: itself, or the one call that it consists of, without arguments that could count down. */
function calledBy(callback: Node): Node | undefined {
  if (!isFunctionNode(callback))
    return isIdentifier(callback) || isPropertyAccessExpression(callback) ? callback : undefined;
  const { body } = callback;
  const only = body && isBlock(body) && body.statements.length === 1 ? body.statements[0] : body;
  const step =
    only && isExpressionStatement(only) ? unwrap(only.expression) : only && !isBlock(only) ? unwrap(only) : undefined;
  return step && isCallExpression(step) && step.arguments.length === 0 ? unwrap(step.expression) : undefined;
}

/** Whether every run of a function comes to a call: it stands in no branch, and nothing leaves the function before. */
function isUnconditional(call: CallExpression, fn: FunctionNode): boolean {
  const { body } = fn;
  let whole = call;
  for (let link = nextLink(whole); link; link = nextLink(whole)) whole = link.call;
  const statement = wrapped(whole).parent;
  if (body === wrapped(whole)) return true;
  if (!body || !isBlock(body) || !(isExpressionStatement(statement) || isReturnStatement(statement))) return false;
  if (statement.parent !== body) return false;
  let leaves = false;
  let waits = false;
  walkBody(body, (node) => {
    if (node.pos >= statement.pos) return false;
    leaves ||= isReturnStatement(node) || isThrowStatement(node);
    waits ||= node.kind === SyntaxKind.AwaitExpression || node.kind === SyntaxKind.YieldExpression;
    return !leaves;
  });
  return !leaves && !waits;
}

/** `Promise.resolve().then`, without a value that could be a promise. */
function isResolved(callee: Node): boolean {
  if (!isPropertyAccessExpression(callee)) return false;
  const receiver = unwrap(callee.expression);
  return (
    isCallExpression(receiver) && receiver.expression.getText() === 'Promise.resolve' && receiver.arguments.length === 0
  );
}

function isLog(call: CallExpression, ctx: Context): boolean {
  return ctx.knowledge.promises.isLogging(lastName(call));
}

/** Tests let promises run on purpose while their clocks stand still; a worker has nobody else waiting. */
function isPassing(node: Node, ctx: Context): boolean {
  return ctx.file.isTest || blocksOnPurpose(ctx.file.sourceFile) || isInTest(node);
}
