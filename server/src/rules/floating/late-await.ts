import { namingSpan, shortName } from '../../facts/promises/dropped-name.ts';
import { type KeptCall, keptCall } from '../../facts/promises/kept-promises.ts';
import { missedPath } from '../../facts/promises/missed-promises.ts';
import { mayKeepPromise, startedPromise } from '../../facts/promises/started-promise.ts';
import type { Related } from '../../model/finding.ts';
import {
  enclosingFunction,
  isAsyncFunction,
  isForOfStatement,
  lastName,
  type Node,
  SyntaxKind,
  spanOf,
} from '../../typescript/ast.ts';
import { after, type Soon } from '../../typescript/soon.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { guardAtOnce, loopFixes, variableFixes } from './late-await/fixes.ts';
import { type HandedOut, handedOut } from './late-await/handed-out.ts';
import { awaitedOneByOne, listOf } from './late-await/loops.ts';
import { mayBeLate, unguardedWait } from './late-await/unguarded.ts';

const messages = {
  late: {
    text: '`{name}` is awaited too late: it has no handler during `{wait}`',
    why: 'When it rejects while something else is awaited, nobody has taken charge of it yet: a Node process ends by default. When the other wait fails, this promise is never awaited at all.',
    help: 'Await them together with `Promise.all`, or start it only where it is awaited.',
  },
  inLoop: {
    text: 'The promises of `{name}` are awaited one after another: the later ones have no handler yet',
    why: 'All of them have been started. When one rejects while an earlier one is awaited, nobody has taken charge of it: a Node process ends by default.',
    help: 'Await them together with `Promise.all`, or start each in its own round of the loop.',
  },
  handedOut: {
    text: '`{name}` has no handler until the returned function runs, which may be too late',
    why: 'The promise has been started. When it rejects before somebody calls the function that awaits it, or when nobody ever does, a Node process ends by default.',
    help: 'Start it in the function that awaits it, or attach a handler here: awaiting it later still throws.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

/**
 * Invariant: speaks of promises that somebody awaits later. What no path takes care of is `unused-promise`'s.
 * A test that fails by an unhandled rejection still fails, and starting first is how tests watch what happens meanwhile.
 */
export const lateAwait = defineRule({
  id: 'late-await',
  family: 'floating',
  principle: 1,
  summary: 'A promise is awaited only after another wait, during which its rejection has no handler',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    VariableDeclaration(declaration, ctx) {
      if (!declaration.initializer || ctx.file.isTest) return undefined;
      const handed = handedOut(declaration);
      return handed ? judgeHandedOut(handed, ctx) : checkVariable(declaration, ctx);
    },
    BinaryExpression(assignment, ctx) {
      const isAssignment = assignment.operatorToken.kind === SyntaxKind.EqualsToken;
      return isAssignment && !ctx.file.isTest ? checkVariable(assignment, ctx) : undefined;
    },
    ForOfStatement(loop, ctx) {
      return ctx.file.isTest ? undefined : checkLoop(loop, ctx);
    },
  },
});

function checkVariable(at: Node, ctx: Context): Soon<void> | undefined {
  const fn = enclosingFunction(at);
  if (fn && !isAsyncFunction(fn)) return undefined;
  return after(mayKeepPromise(at, ctx.types), (may) => {
    const kept = may ? keptCall(at) : undefined;
    return kept && mayBeLate(kept) ? judgeVariable(kept, ctx) : undefined;
  });
}

async function judgeVariable(kept: KeptCall, ctx: Context): Promise<void> {
  const promise = await startedPromise(kept.value, ctx);
  if (!promise) return;
  if (!promise.mayReject) return ctx.silent(kept.written, 'its promise never rejects');
  if (listens.test(lastName(kept.value) ?? ''))
    return ctx.silent(kept.written, 'it listens for what the wait in between brings about, and has to begin before it');
  const found = unguardedWait(kept, ctx.flow);
  if (!found || missedPath(kept, ctx.flow, !ctx.file.isTest)) return;
  const message = isForOfStatement(found.wait) ? 'waits here for the next element' : 'awaits something else here';
  const related: Related[] = [{ file: ctx.file.path, span: namingSpan(found.wait), message }];
  ctx.report('late', kept.written, {
    data: { name: kept.variable.text, wait: isForOfStatement(found.wait) ? 'for await' : shortName(found.wait) },
    related: [...related, ...(await ctx.facts.firstRejection(kept.value))],
    fixes: () => variableFixes(kept, promise, found, ctx),
  });
}

/** `page.waitForEvent('popup')`, `port.expectMessage()`, `once(server, 'listening')`. */
const listens = /^(?:expect|listenFor|nextEvent|on(?:ce|Next)|waitFor|waitUntil)(?![a-z])/;

async function judgeHandedOut({ name, value, use }: HandedOut, ctx: Context): Promise<void> {
  const promise = await startedPromise(value, ctx);
  if (!promise?.mayReject || !(await ctx.facts.plainlyMayReject(value)))
    return ctx.silent(name, 'its promise shows no way to reject');
  const related: Related[] = [
    { file: ctx.file.path, span: spanOf(use), message: 'awaited here, once the function runs' },
  ];
  ctx.report('handedOut', name, {
    data: { name: name.text },
    related: [...related, ...(await ctx.facts.firstRejection(value))],
    fixes: () => [guardAtOnce(name, ctx)],
  });
}

async function checkLoop(loop: Node, ctx: Context): Promise<void> {
  const wait = awaitedOneByOne(loop);
  const list = wait && listOf(loop);
  if (!list) return;
  const promises = await startedPromise(list.value, ctx);
  if (promises?.kind !== 'list') return;
  if (!promises.mayReject) return ctx.silent(list.name, 'none of its promises rejects');
  ctx.report('inLoop', namingSpan(list.name), {
    data: { name: shortName(list.name) },
    related: [{ file: ctx.file.path, span: spanOf(wait.node), message: 'awaits one of them here' }],
    fixes: () => loopFixes(loop, wait, list, ctx),
  });
}
