import { blocksOnPurpose, isInTest } from '../../facts/blocking/blocking-places.ts';
import { repeatedWait } from '../../facts/overlap/repeated-wait.ts';
import { shortName } from '../../facts/promises/dropped-name.ts';
import { type FlagOption, flag, type RuleOption } from '../../model/rule.ts';
import {
  enclosingFunction,
  type ForInStatement,
  type ForOfStatement,
  type ForStatement,
  isCallExpression,
  type Node,
  unwrap,
} from '../../typescript/ast.ts';
import { awaitKeyword } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { dependenceOf, syntacticReason } from './await-in-loop/dependence.ts';
import { loopFixes } from './await-in-loop/fixes.ts';
import { type WaitingLoop, waitingLoop } from './await-in-loop/loop.ts';
import { collectorsOf } from './await-in-loop/state.ts';

const messages = {
  oneByOne: {
    text: '`{call}` waits once for each of `{list}`: no round needs another, all waits become 1',
    why: 'The loop takes as long as all of its waits together. Started together, they take as long as the slowest.',
    help: 'Start all rounds with `Promise.all`, or a limited number at a time where the list may be long.',
  },
} as const;

type Context = RuleContext<keyof typeof messages, Options>;

interface Options extends Readonly<Record<string, RuleOption>> {
  readonly cheap: FlagOption;
  readonly doubt: FlagOption;
}

/** Invariant: silent unless each round is shown to need nothing of another; every exemption of the catalogue has its reason. */
export const awaitInLoop = defineRule({
  id: 'await-in-loop',
  family: 'concurrency',
  principle: 5,
  summary: 'The rounds of a loop do not depend on each other and wait one by one',
  preset: 'recommended',
  severity: 'information',
  since: '0.1.0',
  equivalents: ['no-await-in-loop', 'biome:noAwaitInLoops'],
  options: {
    cheap: flag(
      false,
      'Report also rounds that cost little: local files, and what by its name is at hand, such as settings and folders. On under `strict`.',
      'strict',
    ),
    doubt: flag(
      false,
      'Report also rounds whose calls may do anything, where their results are collected. On under `strict`.',
      'strict',
    ),
  },
  messages,
  on: {
    ForOfStatement: check,
    ForInStatement: check,
    ForStatement: check,
  },
});

function check(loop: ForOfStatement | ForInStatement | ForStatement, ctx: Context): Promise<void> | undefined {
  const { text } = ctx.file;
  const at = text.indexOf('await', loop.statement.pos);
  if (at < 0 || at >= loop.end || ctx.file.isTest || !enclosingFunction(loop)) return undefined;
  const found = waitingLoop(loop);
  if (!found) return undefined;
  if (typeof found === 'string') return void ctx.silent(loop, found);
  const collectors = collectorsOf(loop, loop.statement);
  const reason = typeof collectors === 'string' ? collectors : syntacticReason(found, ctx);
  if (typeof collectors === 'string' || reason !== undefined) return void ctx.silent(loop, reason ?? '');
  // Nobody waits behind a test or a build script, where order reads better than speed.
  return blocksOnPurpose(ctx.file.sourceFile) || isInTest(loop) ? undefined : judge(found, collectors, ctx);
}

async function judge(
  found: WaitingLoop,
  collectors: Exclude<ReturnType<typeof collectorsOf>, string>,
  ctx: Context,
): Promise<void> {
  const reason = await dependenceOf(found, collectors, ctx.options, ctx);
  // What every round asks alike is `repeated-await`'s.
  const first = found.awaits.find((node) => !repeatedWait(node));
  if (reason !== undefined || !first) return ctx.silent(found.loop, reason ?? 'nothing waits');
  ctx.report('oneByOne', awaitKeyword(first), {
    data: { call: callName(first.expression).replaceAll('`', "'"), list: shortName(found.list).replaceAll('`', "'") },
    fixes: () => loopFixes(found, collectors, ctx),
  });
}

/** The call that is awaited, or the first one in what is awaited. */
function callName(operand: Node): string {
  const at = unwrap(operand);
  let call: Node | undefined;
  const visit = (node: Node): void => {
    if (!call && isCallExpression(node)) call = node;
    else if (!call) node.forEachChild(visit);
  };
  visit(at);
  return shortName(call ?? at);
}
