import { dropFixes } from '../../engine/promise-fixes.ts';
import { type Dropped, type DroppedOptions, droppedIn } from '../../facts/promises/dropped.ts';
import { namingSpan, shortName } from '../../facts/promises/dropped-name.ts';
import { givesItsReceiver, hasEndedAlready } from '../../facts/promises/ended-already.ts';
import { handsOnItsCallback } from '../../facts/promises/handed-on.ts';
import { isOnPromise, linkAround } from '../../facts/promises/in-chain.ts';
import { isLittleAtStake } from '../../facts/promises/little-at-stake.ts';
import { mayDrop } from '../../facts/promises/may-drop.ts';
import { endsProgram, isLoopOnTheSpot } from '../../facts/promises/meant-to-go-on.ts';
import { endsListener } from '../../facts/promises/nothing-follows.ts';
import { isSaidToBeMeant } from '../../facts/promises/said-to-be-meant.ts';
import { leftOpenByVoid } from '../../facts/promises/voided.ts';
import { choice, flag, list } from '../../model/rule.ts';
import {
  enclosingFunction,
  isAsyncFunction,
  isCallExpression,
  isVariableDeclarationList,
  isVoidExpression,
  lastName,
  type Node,
} from '../../typescript/ast.ts';
import { hearsOfRejections, isProgramStart } from '../../typescript/entry-points.ts';
import { after, type Soon } from '../../typescript/soon.ts';
import { defineRule, type ReportDetails, type RuleContext } from '../define.ts';

const messages = {
  dropped: {
    text: '`{promise}` is dropped: if it rejects, nobody will know',
    why: 'A rejection without a handler ends a Node process by default, and in a browser reaches only the console. What follows also runs before the work is done.',
    help: 'Await it, return it, handle the rejection, or write `void` in front to say that dropping it is meant.',
  },
  unordered: {
    text: '`{promise}` is not awaited: what follows runs before it has finished',
    why: 'It cannot reject, but the function around it goes on, and returns, while the work is still under way.',
    help: 'Await it, or write `void` in front to say that nothing depends on it.',
  },
  deafHandler: {
    text: '`{promise}` is given no function to handle the rejection with',
    why: 'A handler that is not a function is skipped, and the rejection goes on unhandled.',
    help: 'Give a function.',
  },
  rethrown: {
    text: '`finally` passes the rejection of `{promise}` on, and `void` does not handle it',
    why: '`p.finally(f)` is a new promise that rejects when `p` does, even where `p` itself has a handler.',
    help: 'Put a `.catch` after `finally`, or await it.',
  },
  list: {
    text: 'The promises in `{promise}` are dropped: if one rejects, nobody will know',
    why: 'Each of them needs an owner: a rejection without a handler ends a Node process by default.',
    help: 'Wait for all of them with `await Promise.all(…)`.',
  },
  awaitedList: {
    text: '`{promise}` does not wait: it awaits a list and not the promises in it',
    why: 'Only a promise is waited for. A list of promises is passed through as it is, and they go on unobserved.',
    help: 'Wait for all of them with `await Promise.all(…)`.',
  },
  task: {
    text: '`void` drops `{promise}`, and what it waits for can reject: nobody will know',
    why: '`void` says that nobody waits. It does not handle a rejection, which ends a Node process by default.',
    help: 'Handle errors inside of the function with `try`/`catch`, or add a `.catch`.',
  },
  halfPassed: {
    text: '`{promise}` passes on its value and not its rejection: who waits for it waits for ever',
    why: 'When the promise rejects, the other one is never settled, and `void` does not handle the rejection, which ends a Node process by default.',
    help: 'Give `.then` a second function that rejects, or resolve with the promise itself.',
  },
  generator: {
    text: '`{promise}` does nothing: an async generator runs only when it is iterated',
    why: 'Calling an async generator function makes an iterator. None of its body has run yet.',
    help: 'Iterate it with `for await`.',
  },
  assertion: {
    text: '`{promise}` is not awaited: the test ends before it is checked',
    why: 'The assertion is made when the promise settles. A test that does not wait for it passes whatever comes out.',
    help: 'Await the assertion.',
  },
} as const;

const options = {
  allowVoid: flag(true, 'Take `void expression` as the decision to drop a promise.'),
  checkThenables: flag(false, 'Report other thenables too whose `then` takes a rejection handler.'),
  safePromises: list([], 'Types that need no owner: `SafePromise`, or `package#Type` for those of one package.'),
  safeCalls: list(
    [],
    'Functions whose promise needs no owner: `track`, or `package#function` for those of one package.',
  ),
  neverRejecting: choice(
    ['silentInSync', 'report'],
    'silentInSync',
    'What to do with a promise that provably never rejects in a function that is not async: nothing, or report it.',
  ),
  voidedTasks: choice(
    ['allow', 'report'],
    'allow',
    'What to do with `void` in front of an async function called on the spot that plainly may reject; `strict` reports it.',
    'report',
  ),
};

type Context = RuleContext<keyof typeof messages, typeof options>;

/** Invariant: a statement that starts the program belongs to `unhandled-main`, so that one place gives one problem. */
export const floatingPromise = defineRule({
  id: 'floating-promise',
  family: 'floating',
  principle: 1,
  summary: 'A promise is created and nobody awaits it or handles its rejection',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [
    '@typescript-eslint/no-floating-promises',
    'typescript/no-floating-promises',
    'biome:noFloatingPromises',
    'promise/catch-or-return',
    'jest/valid-expect',
    'vitest/valid-expect',
    'playwright/missing-playwright-await',
    'testing-library/await-async-queries',
    'testing-library/await-async-events',
    'testing-library/await-async-utils',
  ],
  options,
  messages,
  on: {
    ExpressionStatement(statement, ctx) {
      if (isProgramStart(statement, ctx.file))
        return ctx.silent(statement, 'the statement starts the program, of which unhandled-main speaks');
      if (hearsOfRejections(statement, ctx.file))
        return ctx.silent(statement, 'the handler of `unhandledRejection` in this file hears of it');
      return reportDropped(statement.expression, ctx);
    },
    async ForStatement({ initializer, incrementor }, ctx) {
      if (initializer && !isVariableDeclarationList(initializer)) await reportDropped(initializer, ctx);
      if (incrementor) await reportDropped(incrementor, ctx);
    },
    ArrowFunction({ body }, ctx) {
      // `() => void p` returns nothing, as a statement does.
      return isVoidExpression(body) ? reportDropped(body, ctx) : undefined;
    },
  },
});

/** Most statements plainly drop nothing, and are done with at once. */
function reportDropped(expression: Node, ctx: Context): Soon<void> | undefined {
  return after(mayDrop(expression, ctx.options.allowVoid, ctx), (may) =>
    may ? judgeDropped(expression, ctx) : undefined,
  );
}

async function judgeDropped(expression: Node, ctx: Context): Promise<void> {
  const found = await droppedIn(expression, { ...ctx, options: ctx.options satisfies DroppedOptions });
  await Promise.all(found.map((dropped) => report(dropped, ctx)));
}

async function report(dropped: Dropped, ctx: Context): Promise<void> {
  const { kind, node } = dropped;
  if (kind === 'promise' && (await givesItsReceiver(node, ctx.types)))
    return ctx.silent(node, 'it gives what it was called on, which its holder owns');
  const mayReject = await canReject(dropped, ctx);
  if (!mayReject && kind !== 'awaitedList' && !(kind !== 'rethrown' && mattersWithoutRejection(node, ctx))) {
    ctx.silent(node, () => `\`${shortName(node)}\` never rejects, and ${whyUnordered(node)}`);
    return;
  }
  if (!mayReject && kind === 'promise' && isLoopOnTheSpot(node) && ctx.options.neverRejecting !== 'report')
    return ctx.silent(
      node,
      'it goes on for as long as there is work, and catches its errors: nobody is to wait for it',
    );
  if (endsProgram(node)) return ctx.silent(node, 'its last callback ends the program');
  const isPlain = kind === 'promise' || kind === 'list';
  const link = isPlain ? linkAround(node) : undefined;
  if (link && (await isOnPromise(link, ctx)))
    return ctx.silent(node, 'it stands in a chain that goes on, of which broken-chain speaks');
  if (isPlain && isSaidToBeMeant(node, mayReject, ctx.file))
    return ctx.silent(node, 'the comment beside it says that nobody is to wait');
  if (isPlain && !mayReject && ctx.options.neverRejecting !== 'report' && (await hasEndedAlready(node, ctx.types)))
    return ctx.silent(node, () => `\`${shortName(node)}\` has done its work when it returns`);
  if (isPlain && !mayReject && ctx.options.neverRejecting !== 'report' && endsListener(node))
    return ctx.silent(node, 'nothing follows it, and nobody waits for the listener');
  if (isPlain && !mayReject && ctx.options.neverRejecting !== 'report' && handsOnItsCallback(node))
    return ctx.silent(node, 'it goes on with the callback that somebody waits for');
  const details: ReportDetails = {
    data: { promise: shortName(node) },
    // What is missing in a half of a chain is for its author to write.
    ...(kind !== 'halfPassed' && {
      fixes: () => dropFixes(dropped, { allowVoid: ctx.options.allowVoid && !staysOpen(dropped, ctx), mayReject }, ctx),
    }),
    ...((await isAdvice(dropped, ctx)) && { severity: 'information' }),
    ...(mayReject && (kind === 'promise' || kind === 'task') && { related: await ctx.facts.firstRejection(node) }),
  };
  ctx.report(isPlain && !mayReject ? 'unordered' : kind === 'promise' ? 'dropped' : kind, namingSpan(node), details);
}

/** What `void` was written for, and what a test or an example starts without a look at what comes of it. Assertions are looked at. */
async function isAdvice({ kind, node }: Dropped, { file, knowledge, types }: Context): Promise<boolean> {
  if (kind === 'task' || kind === 'rethrown') return true;
  if ((kind !== 'promise' && kind !== 'list') || !isLittleAtStake(file) || !isCallExpression(node)) return false;
  if (assertionNames.test(lastName(node.expression) ?? '')) return false;
  return !knowledge.promises.givesPromise(await types.origins(node.expression));
}

/** Functions that check something, or that wait for it. */
const assertionNames = /^_?(?:assert|check|ensure|expect|should|verify|wait)/i;

/** Whether `void` in front would be a finding too. */
function staysOpen({ kind, node }: Dropped, { options: { voidedTasks } }: Context): boolean {
  const open = leftOpenByVoid(node);
  return kind === 'task' || open === 'halfPassed' || (open === 'task' && voidedTasks === 'report');
}

async function canReject({ kind, node }: Dropped, { facts }: Context): Promise<boolean> {
  if (sureKinds.has(kind)) return true;
  if (kind === 'list') return !(await facts.noneRejects(node));
  return kind === 'awaitedList' || !(await facts.neverRejects(node));
}

/** Kinds that are wrong whatever becomes of the promise, or whose rejection has been looked at already. */
const sureKinds: ReadonlySet<Dropped['kind']> = new Set([
  'assertion',
  'generator',
  'deafHandler',
  'task',
  'halfPassed',
]);

/**
 * In an async function the order still matters; elsewhere there is nothing to await with. A chain says in its
 * callbacks what comes after.
 */
function mattersWithoutRejection(node: Node, ctx: Context): boolean {
  if (ctx.options.neverRejecting === 'report') return true;
  const fn = enclosingFunction(node);
  return fn !== undefined && isAsyncFunction(fn) && !isChain(node);
}

function whyUnordered(node: Node): string {
  if (isChain(node)) return 'the chain says itself what comes after it';
  const fn = enclosingFunction(node);
  if (!fn) return 'nothing around it waits for anything';
  return isAsyncFunction(fn)
    ? 'its rejection is all that mattered'
    : 'the function around it has no `await`, as it is not async';
}

function isChain(node: Node): boolean {
  return isCallExpression(node) && chainMethods.has(lastName(node.expression) ?? '');
}

const chainMethods: ReadonlySet<string> = new Set(['then', 'catch', 'finally']);
