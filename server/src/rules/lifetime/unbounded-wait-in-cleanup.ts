import { endsSoon } from '../../facts/lifetime/timers.ts';
import { shortName } from '../../facts/promises/dropped-name.ts';
import {
  type AwaitExpression,
  enclosingFunction,
  type FunctionNode,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isMethodDeclaration,
  isNewExpression,
  isPropertyAccessExpression,
  isStringLiteral,
  isTryStatement,
  lastName,
  type Node,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { awaitKeyword } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';

const messages = {
  inFinally: {
    text: 'This `finally` waits for {work} without a deadline: whoever waits for it waits too',
    why: 'Clean-up runs when something has gone wrong already. If what it waits for never settles, the error before it never comes out.',
    help: 'Bound the wait: race it against a timer that is cleared, or pass `AbortSignal.timeout(ms)`.',
  },
  inShutdown: {
    text: 'The process waits for {work} without a deadline before it ends',
    why: 'If it never settles the process hangs until somebody kills it, and the work that was still to be saved is lost.',
    help: 'End the process after a time in any case: `setTimeout(() => process.exit(1), ms).unref()` before the first wait.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

export const unboundedWaitInCleanup = defineRule({
  id: 'unbounded-wait-in-cleanup',
  family: 'lifetime',
  principle: 6,
  summary: 'Clean-up waits without a deadline for something that may never settle',
  preset: 'preview',
  severity: 'information',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    async AwaitExpression(node, ctx) {
      if (ctx.file.isTest) return;
      const isInFinally = standsInFinally(node);
      const shutdown = isInFinally ? undefined : shutdownAround(node);
      if ((!isInFinally && !shutdown) || endsSoon(node)) return;
      const work = unwrap(node.expression);
      if (isBounded(work) || (shutdown && hasLastResort(shutdown))) return;
      if (isInFinally && !(await waitsForOthers(work, ctx))) return;
      ctx.report(isInFinally ? 'inFinally' : 'inShutdown', awaitKeyword(node), {
        data: { work: `\`${shortName(work)}\`` },
      });
    },
  },
});

function standsInFinally(node: AwaitExpression): boolean {
  for (let at: Node = node; at.parent && !isFunctionNode(at); at = at.parent) {
    const { parent } = at;
    if (isTryStatement(parent) && parent.finallyBlock === at) return true;
  }
  return false;
}

const endings = new Set(['SIGTERM', 'SIGINT', 'SIGHUP', 'beforeExit', 'disconnect']);

/** The listener of `process.on('SIGTERM', …)` that a node stands in, or a method that ends an object and waits for its tasks. */
function shutdownAround(node: AwaitExpression): FunctionNode | undefined {
  const fn = enclosingFunction(node);
  if (fn && isMethodDeclaration(fn) && /^(?:shutdown|stop|close|destroy|terminate|dispose)$/i.test(fn.name.getText()))
    return waitsForTasks(node) ? fn : undefined;
  const call = fn && wrapped(fn).parent;
  if (!fn || !call || !isCallExpression(call)) return undefined;
  const callee = unwrap(call.expression);
  const [event] = call.arguments;
  if (!isPropertyAccessExpression(callee) || callee.expression.getText() !== 'process') return undefined;
  return /^(?:on|once)$/.test(callee.name.text) && event && isStringLiteral(event) && endings.has(event.text)
    ? fn
    : undefined;
}

/** `Promise.allSettled([...this.running])`: all that goes on at the moment. */
function waitsForTasks({ expression }: AwaitExpression): boolean {
  return /^Promise\s*\.\s*all(?:Settled)?\(\s*(?:\[\s*\.\.\.)?this\.[\w#.]+(?:\.values\(\))?\s*\]?\s*\)$/.test(
    expression.getText(),
  );
}

/** A timer that ends the process whatever happens. */
function hasLastResort(fn: FunctionNode): boolean {
  return /\bsetTimeout\b/.test(fn.getText());
}

/** A race, a timer, or something that is given a signal or a time. */
function isBounded(work: Node): boolean {
  return /\bPromise\s*\.\s*race\b|\b(?:setTimeout|sleep|delay|timeout|signal)\b/i.test(work.getText());
}

/** Whether an operand is work that somebody else ends: a promise that is kept, an event, a promise made by hand. */
async function waitsForOthers(work: Node, ctx: Context): Promise<boolean> {
  if (isIdentifier(work) || isPropertyAccessExpression(work))
    return (await ctx.types.thenability(work)).extent === 'all' && !/^(?:Promise|null)/.test(work.getText());
  if (isNewExpression(work)) return work.expression.getText() === 'Promise';
  if (!isCallExpression(work)) return false;
  const name = lastName(work.expression) ?? '';
  // Nothing but the work of others is behind these.
  if (/^(?:drained|settled|(?:on|when)?[iI]dle|onEmpty|completed|join)$/.test(name)) return true;
  if (name !== 'once' && name !== 'finished') return false;
  const origins = await ctx.types.origins(work.expression);
  return origins.some(({ module }) => module === 'node:events' || module === 'node:stream/promises');
}
