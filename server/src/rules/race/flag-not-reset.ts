import { causeOf, failingPath, wayOutOf } from '../../facts/rejection/failing-paths.ts';
import { functionName } from '../../facts/uses.ts';
import type { Step } from '../../flow/graph.ts';
import type { Miss } from '../../flow/paths.ts';
import type { Interleaving } from '../../model/interleaving.ts';
import type { Location } from '../../model/span.ts';
import {
  type ExpressionStatement,
  enclosingFunction,
  type FunctionNode,
  isAsyncFunction,
  isCallExpression,
  isCatchClause,
  isExpressionStatement,
  isFunctionNode,
  isThrowStatement,
  isWithin,
  lastName,
  type Node,
  spanOf,
  walkBody,
} from '../../typescript/ast.ts';
import { nameOf } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { type ChainedClear, clearedWhenFulfilled, finallyFix } from './flag-not-reset/chains.ts';
import { endsWithFunction } from './flag-not-reset/ended.ts';
import { type FlagWrite, flagWrites, isBusyName, isCountName, isPrivateTo } from './flag-not-reset/flag.ts';
import { clearingCalls, clearingNodes, guardOf, isClearedByOthers, isLookedAt } from './flag-not-reset/others.ts';
import { tellsByValue } from './flag-not-reset/outcomes.ts';
import { finallyAround, isOfOtherEvent, isSetting } from './flag-not-reset/settings.ts';

const messages = {
  blocked: {
    text: '`{flag}` stays set when {cause}, and then `{fn}` never runs again',
    why: 'The line that clears the flag is only reached when everything before it succeeds. Every later call finds the flag set and leaves at once, until the program is restarted.',
    help: 'Clear the flag in `finally`.',
  },
  left: {
    text: '`{flag}` stays set when {cause}',
    why: 'The line that clears it is only reached when everything before it succeeds. After one failure everybody who looks at it believes that the work is still going on.',
    help: 'Clear it in `finally`.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

export const flagNotReset = defineRule({
  id: 'flag-not-reset',
  family: 'race',
  principle: 3,
  summary: 'A flag says that work is under way, and one rejection leaves it set for ever',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    ExpressionStatement(statement, ctx) {
      if (ctx.file.isTest) return undefined;
      const write = flagWrites(statement.expression).find(({ to }) => to === 'set');
      return write && check(write, statement, ctx);
    },
  },
});

function check(write: FlagWrite, statement: ExpressionStatement, ctx: Context): Promise<void> | undefined {
  const fn = enclosingFunction(statement);
  if (!fn?.body) return undefined;
  const guard = guardOf(write, fn);
  const isCount = /\+/.test(statement.expression.getText());
  // A collection holds what has been done as well as what is being done: only a look at the entry tells.
  if (write.key.endsWith(']') && (!guard || callsItself(fn))) return undefined;
  if (!guard && !(isCount ? isCountName(write.name) : isBusyName(write.name))) return undefined;
  if (isPrivateTo(write, fn)) return undefined;
  const clears = clearingNodes(fn.body, write.key);
  if (isSetting(write, clears, fn) || isOfOtherEvent(write, clears)) return undefined;
  const isClearedHere = clears.some(({ step }) => step.pos > write.step.pos && enclosingFunction(step) === fn);
  if (isClearedHere) return isAsyncFunction(fn) ? judge({ write, statement, fn, clears, guard }, ctx) : undefined;
  const chained = clearedWhenFulfilled(write, clears, fn);
  return chained && judgeChain(write, fn, chained, ctx);
}

/** What calls itself keeps the way it has come in a collection, and throws it away with the whole walk. */
function callsItself(fn: FunctionNode): boolean {
  const name = functionName(fn)?.text;
  let found = false;
  if (fn.body && name !== undefined)
    walkBody(fn.body, (node) => {
      found ||= isCallExpression(node) && lastName(node) === name;
      return !found;
    });
  return found;
}

interface Candidate {
  readonly write: FlagWrite;
  readonly statement: ExpressionStatement;
  readonly fn: FunctionNode;
  readonly clears: readonly FlagWrite[];
  readonly guard: Node | undefined;
}

async function judge(candidate: Candidate, ctx: Context): Promise<void> {
  const { write, fn, clears, guard } = candidate;
  const graph = ctx.flow.graphOf(fn);
  const from = graph.stepsOf(write.step);
  // What a nested function clears is cleared when somebody runs it: its author has thought of it.
  const goals = new Set<Step>(clears.flatMap(({ step }) => graph.stepsOf(holderIn(step, fn))));
  // What `finally` clears under a condition, such as that nobody has taken it over, has been thought of.
  const closing = clears.flatMap(({ step }) => finallyAround(step, fn) ?? []);
  if (closing.length > 0)
    for (const step of graph.steps) if (closing.some((block) => isWithin(step.node, block))) goals.add(step);
  if (goals.size === 0 || !hasSuspension(from, goals, ctx)) return;
  const first = await missOf(candidate, goals, ctx);
  if (!first) return;
  if (isClearedByOthers(write, fn)) return ctx.silent(write.at, 'a handler of errors clears it');
  if (endsWithFunction(write, fn)) return ctx.silent(write.at, 'the object with the flag ends with the function');
  if (!isLookedAt(write, fn.getSourceFile())) return ctx.silent(write.at, 'nobody in this file looks at it');
  const calls = await clearingCalls(fn, write.key, ctx);
  const miss =
    calls.length === 0
      ? first
      : await missOf(candidate, new Set([...goals, ...calls.flatMap((call) => graph.stepsOf(call))]), ctx);
  if (!miss) return ctx.silent(write.at, 'a function that is called clears it');
  const cause = causeOf(miss);
  const out = wayOutOf(miss);
  const name = functionName(fn)?.text;
  const key = guard && name !== undefined ? 'blocked' : 'left';
  const file = ctx.file.path;
  ctx.report(key, write.at, {
    data: { flag: write.name, cause, fn: name ?? '' },
    related: [
      ...(out ? [{ file, span: spanOf(out), message: 'leaves from here when it fails' }] : []),
      ...clears.slice(0, 1).map(({ at }) => ({ file, span: spanOf(at), message: 'cleared only when all went well' })),
    ],
    ...(guard && name !== undefined && { interleaving: interleavingOf(candidate, guard, miss, name, cause, file) }),
    fixes: () => [resetInFinally(candidate, ctx)],
  });
}

async function judgeChain(write: FlagWrite, fn: FunctionNode, chained: ChainedClear, ctx: Context): Promise<void> {
  const { start, clear } = chained;
  // Whoever keeps a promise for others looks after it elsewhere.
  if (!isCallExpression(start) || !(await ctx.facts.plainlyMayReject(start)))
    return ctx.silent(write.at, 'nothing in sight makes it reject');
  if (isClearedByOthers(write, fn)) return ctx.silent(write.at, 'a handler of errors clears it');
  const file = ctx.file.path;
  ctx.report('left', write.at, {
    data: { flag: write.name, cause: `\`${nameOf(start)}\` rejects` },
    related: [
      { file, span: spanOf(start), message: 'when this fails, the next link is passed over' },
      { file, span: spanOf(clear.at), message: 'cleared only when all went well' },
    ],
    fixes: () => [finallyFix(chained, ctx)],
  });
}

/**
 * The path on which a rejection, or a written `throw`, leaves the function with the flag set. Whoever returns early may
 * mean to leave it set: a page that goes away goes on "loading".
 */
async function missOf({ write, fn }: Candidate, goals: ReadonlySet<Step>, ctx: Context): Promise<Miss | undefined> {
  const graph = ctx.flow.graphOf(fn);
  const from = graph.stepsOf(write.step);
  const mayFail = async ({ suspends, node }: Step): Promise<boolean> => suspends && !(await tellsByValue(node, ctx));
  const miss = await failingPath({ graph, from, goals, isExcused: true, mayFail }, ctx);
  if (miss) return miss;
  const rethrown = await failingPath({ graph, from, goals, mayFail }, ctx);
  return rethrown && isThrownAgain(rethrown) ? rethrown : undefined;
}

/** `catch (error) { if (!isExpected(error)) throw error; … }`: what is not expected leaves with the flag set. */
function isThrownAgain({ how, at }: Miss): boolean {
  if (how !== 'throw') return false;
  let clause: Node | undefined = at;
  while (clause && !isFunctionNode(clause) && !isCatchClause(clause)) clause = clause.parent;
  const name = clause && isCatchClause(clause) ? clause.variableDeclaration?.name.getText() : undefined;
  return name !== undefined && isThrowStatement(at) && at.expression?.getText() === name;
}

function hasSuspension(from: readonly Step[], goals: ReadonlySet<Step>, ctx: Context): boolean {
  return ctx.flow.suspensionsBetween(from, goals).length > 0;
}

/** The node itself, or the outermost function inside `fn` that it stands in. */
function holderIn(node: Node, fn: FunctionNode): Node {
  let found = node;
  for (let at = node; at.parent && at !== fn; at = at.parent) if (isFunctionNode(at)) found = at;
  return found;
}

function resetInFinally(
  { statement, clears, write }: Candidate,
  ctx: Context,
): ReturnType<typeof ctx.fix.choice> | undefined {
  const own = clears.filter(({ step }) => step.pos > write.step.pos);
  const [clear, ...more] = own;
  if (!clear || more.length > 0) return undefined;
  const closing = statementOf(clear.step);
  // A setter that is given more than the flag would set the rest in any case too.
  if (!closing || /\{.*,/s.test(closing.getText())) return undefined;
  const edits = ctx.fix.moveToFinally(statement, closing);
  return edits && ctx.fix.choice(`Clear \`${write.name}\` in \`finally\``, edits);
}

function statementOf(node: Node): Node | undefined {
  for (let at = node; at.parent; at = at.parent) if (isExpressionStatement(at)) return at;
  return undefined;
}

function interleavingOf(
  { write, fn }: Candidate,
  guard: Node,
  miss: Miss,
  name: string,
  cause: string,
  file: string,
): Interleaving {
  const at = (node: Node): Location => ({ file, span: spanOf(node) });
  const own = functionName(fn) ?? write.at;
  return {
    tasks: [
      { name: `a call of \`${name}\``, ...at(own) },
      { name: `a later call`, ...at(own) },
    ],
    steps: [
      { task: 0, kind: 'checks', text: `checks \`${write.name}\` → not set`, ...at(guard) },
      { task: 0, kind: 'writes', text: `sets \`${write.name}\``, ...at(write.at) },
      { task: 0, kind: 'suspends', text: 'waits', ...at(wayOutOf(miss) ?? write.at) },
      { task: 0, kind: 'resumes', text: `${cause}, and \`${name}\` ends`, ...at(wayOutOf(miss) ?? write.at) },
      { task: 1, kind: 'checks', text: `checks \`${write.name}\` → still set`, note: 'leaves at once', ...at(guard) },
    ],
    outcome: `\`${name}\` does nothing any more`,
    evidence: { text: `every call of \`${name}\` looks at \`${write.name}\` first`, at: at(guard) },
  };
}
