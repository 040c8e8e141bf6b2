import { blocksOnPurpose, isInTest } from '../../facts/blocking/blocking-places.ts';
import { shortName } from '../../facts/promises/dropped-name.ts';
import {
  type CallExpression,
  type CatchClause,
  type DoStatement,
  enclosingFunction,
  type ForStatement,
  isBlock,
  isFunctionNode,
  isReturnStatement,
  isThrowStatement,
  SyntaxKind,
  type WhileStatement,
  walkBody,
} from '../../typescript/ast.ts';
import { awaitKeyword } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { waitFix } from './retry-without-backoff/fixes.ts';
import { type RetryLoop, retryLoop } from './retry-without-backoff/loop.ts';
import { type RetryCall, retryCall } from './retry-without-backoff/recursion.ts';

const messages = {
  atOnce: {
    text: 'When `{call}` fails, it is tried again at once',
    why: 'What has just failed mostly fails again a moment later. All attempts are used up within milliseconds, and many clients that do so keep a service down that tries to come back.',
    help: 'Wait before the next attempt, longer each time, or use `p-retry`.',
  },
  forEver: {
    text: '`{call}` is tried again for ever, at once',
    why: 'While it fails, the loop asks as fast as it can and never gives up: the service gets no rest, and nobody hears of the failure.',
    help: 'Wait before the next attempt, longer each time, and give up after some; `p-retry` does both.',
  },
  endless: {
    text: '`{call}` is tried again for ever',
    why: 'An error that stays, such as a wrong password, is never told to anybody, and whoever waits for the result waits for ever.',
    help: 'Give up after some attempts, and throw the last error.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

/** Invariant: a loop that leaves when an attempt succeeds, and goes on when it fails. What changes from attempt to attempt is no retry. */
export const retryWithoutBackoff = defineRule({
  id: 'retry-without-backoff',
  family: 'concurrency',
  principle: 5,
  summary: 'A retry loop tries again at once, or for ever',
  preset: 'strict',
  severity: 'information',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    WhileStatement: (loop, ctx) => visit(loop, ctx),
    DoStatement: (loop, ctx) => visit(loop, ctx),
    ForStatement: (loop, ctx) => visit(loop, ctx),
    CatchClause: (clause, ctx) => (ctx.file.isTest ? undefined : visitCatch(clause, ctx)),
  },
});

function visit(loop: WhileStatement | DoStatement | ForStatement, ctx: Context): Promise<void> | undefined {
  const { text } = ctx.file;
  const at = text.indexOf('catch', loop.statement.pos);
  if (at < 0 || at >= loop.end || ctx.file.isTest || !enclosingFunction(loop)) return undefined;
  const found = retryLoop(loop, (name) => ctx.knowledge.effects.waits(name));
  return found && check(found, ctx);
}

/** `catch { return upload(chunk, tries - 1); }`: the function calls itself with a number that goes down or up. */
function visitCatch(clause: CatchClause, ctx: Context): Promise<void> | undefined {
  const found = retryCall(clause, (name) => ctx.knowledge.effects.waits(name));
  return found && checkCall(found, ctx);
}

async function checkCall({ call, attempt, calls }: RetryCall, ctx: Context): Promise<void> {
  if (blocksOnPurpose(ctx.file.sourceFile) || isInTest(call)) return;
  const [origins, effect] = await Promise.all([
    Promise.all(calls.map((each) => ctx.types.origins(each.expression))),
    ctx.facts.independence.effectOf(attempt),
  ]);
  if (origins.some((each) => ctx.knowledge.timers.sleeps(each)))
    return ctx.silent(call, 'it waits between the attempts');
  if (!effect.reachesOut && effect.level === 'plain')
    return ctx.silent(call, 'what it tries does not leave the program');
  ctx.report('atOnce', awaitKeyword(attempt), { data: { call: shortName(attempt.expression).replaceAll('`', "'") } });
}

async function check(found: RetryLoop, ctx: Context): Promise<void> {
  if (blocksOnPurpose(ctx.file.sourceFile) || isInTest(found.loop)) return;
  if (await neverReturns(found.lastInCatch, ctx)) return ctx.silent(found.loop, 'its `catch` always throws');
  const origins = await Promise.all(found.calls.map((call) => ctx.types.origins(call.expression)));
  const waits = found.waits || origins.some((each) => ctx.knowledge.timers.sleeps(each));
  if (waits && (!found.isEndless || found.grows)) return ctx.silent(found.loop, 'it waits between the attempts');
  const effect = await ctx.facts.independence.effectOf(found.attempt);
  if (!waits && !effect.reachesOut && effect.level === 'plain')
    return ctx.silent(found.loop, 'what it tries does not leave the program');
  const key = waits ? 'endless' : found.isEndless ? 'forEver' : 'atOnce';
  ctx.report(key, found.keyword, {
    data: { call: found.name },
    // Where to give up is for a person to say.
    fixes: () => (key === 'atOnce' ? [waitFix(found, ctx)] : []),
  });
}

/** `this.fail(error);`: a call that is declared to give `never`, or whose function ends with a `throw`. */
async function neverReturns(call: CallExpression | undefined, ctx: Context): Promise<boolean> {
  if (!call) return false;
  const functions = await ctx.facts.calledFunctions(call);
  return (
    functions.length > 0 &&
    functions.every(({ type, body }) => {
      if (type?.kind === SyntaxKind.NeverKeyword) return true;
      const last = body && isBlock(body) ? body.statements.at(-1) : undefined;
      let mayReturn = false;
      if (body)
        walkBody(body, (node) => {
          mayReturn ||= isReturnStatement(node);
          return !isFunctionNode(node);
        });
      return last !== undefined && isThrowStatement(last) && !mayReturn;
    })
  );
}
