import { namingSpan, shortName } from '../../facts/promises/dropped-name.ts';
import { isTakenCareOfAtOnce, type KeptCall, keptCall, takesCare } from '../../facts/promises/kept-promises.ts';
import { missedPath } from '../../facts/promises/missed-promises.ts';
import { mayKeepPromise, startedPromise } from '../../facts/promises/started-promise.ts';
import type { Related } from '../../model/finding.ts';
import {
  enclosingFunction,
  isAsyncFunction,
  isPropertyAccessExpression,
  type Node,
  SyntaxKind,
  spanOf,
} from '../../typescript/ast.ts';
import { after, type Soon } from '../../typescript/soon.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { type Collected, onlyCollects } from './unused-promise/collected.ts';
import { type DeferredField, deferredField } from './unused-promise/deferred-field.ts';
import { isNeverRead, promiseField } from './unused-promise/fields.ts';
import { lostFixes, missedFixes } from './unused-promise/fixes.ts';
import { relatedTo } from './unused-promise/related.ts';

const messages = {
  neverUsed: {
    text: '`{name}` is never used: if its promise rejects, nobody will know',
    why: 'A promise in a variable that nobody reads has no owner. A rejection without a handler ends a Node process by default.',
    help: 'Await the call, handle its rejection, or write `void` in front of it to say that dropping it is meant.',
  },
  onlyLookedAt: {
    text: '`{name}` is only looked at, never awaited: if it rejects, nobody will know',
    why: 'Comparing or printing a promise neither waits for it nor handles its rejection.',
    help: 'Await the promise, or handle its rejection.',
  },
  unordered: {
    text: '`{name}` is never awaited: what follows runs before it has finished',
    why: 'It cannot reject, but the function around it goes on, and returns, while the work is still under way.',
    help: 'Await the call, or write `void` in front of it to say that nothing depends on it.',
  },
  missed: {
    text: '`{name}` is not awaited on every path: if it rejects there, nobody will know',
    why: 'The work has been started already when the path is taken. A rejection without a handler ends a Node process by default.',
    help: 'Await it before the way out, or start it behind the condition that leads there.',
  },
  overwritten: {
    text: '`{name}` gets another value while nobody has awaited this promise',
    why: 'Nobody can reach the first promise any more. A rejection without a handler ends a Node process by default.',
    help: 'Await the first promise before the variable gets another value, or keep both.',
  },
  collected: {
    text: 'The promises in `{name}` are never awaited: if one rejects, nobody will know',
    why: 'They are put into a list that nobody reads, so what follows goes on while they are under way. A rejection without a handler ends a Node process by default.',
    help: 'Wait for all of them with `await Promise.all({name})`.',
  },
  deferred: {
    text: '`{name}` can be rejected before anybody asks for it: then nothing handles that',
    why: 'Only the methods that wait for it handle its rejection, and nobody has to call them in time. A rejection without a handler ends a Node process by default.',
    help: 'Attach `.catch(() => {})` where the promise is made; those who wait still get the error.',
  },
  field: {
    text: '`{name}` is stored and never read: if the promise rejects, nobody will know',
    why: 'A promise in a private field that nobody reads has no owner. A rejection without a handler ends a Node process by default.',
    help: 'Await the field where its work is needed, or handle the rejection where it starts.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

/** Invariant: what a statement drops is the finding of `floating-promise`, what is taken for its value that of `promise-as-value`. */
export const unusedPromise = defineRule({
  id: 'unused-promise',
  family: 'floating',
  principle: 1,
  summary: 'A promise is kept in a variable or field, and on some path nobody awaits it or handles its rejection',
  preset: 'strict',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    VariableDeclaration(declaration, ctx) {
      if (!declaration.initializer) return undefined;
      const collected = onlyCollects(declaration);
      return collected ? judgeCollected(collected, ctx) : checkVariable(declaration, ctx);
    },
    BinaryExpression(assignment, ctx) {
      if (assignment.operatorToken.kind !== SyntaxKind.EqualsToken) return undefined;
      const { left, right } = assignment;
      return isPropertyAccessExpression(left) ? checkField(assignment, right, ctx) : checkVariable(assignment, ctx);
    },
    PropertyDeclaration(field, ctx) {
      return field.initializer ? checkField(field, field.initializer, ctx) : undefined;
    },
  },
});

function checkVariable(at: Node, ctx: Context): Soon<void> | undefined {
  return after(mayKeepPromise(at, ctx.types), (may) => {
    const kept = may ? keptCall(at) : undefined;
    // Most variables are used, all of the time, and need no more than a look.
    return kept && !isLeftToOthers(kept) && !isTakenCareOfAtOnce(kept) ? judgeVariable(at, kept, ctx) : undefined;
  });
}

async function judgeVariable(at: Node, kept: KeptCall, ctx: Context): Promise<void> {
  const promise = await startedPromise(kept.value, ctx);
  if (!promise) return;
  const isUsed = kept.uses.some(takesCare);
  const missed = isUsed ? missedPath(kept, ctx.flow, !ctx.file.isTest) : undefined;
  if (isUsed && !missed) return;
  const details = { data: { name: kept.variable.text }, fixes: () => lostFixes(kept, promise, ctx) };
  if (missed) {
    if (!promise.mayReject) return ctx.silent(kept.written, 'its promise never rejects');
    const key = missed.how === 'stopped' ? 'overwritten' : 'missed';
    const related = relatedTo(missed, kept, ctx.file.path);
    return ctx.report(key, kept.written, { ...details, related, fixes: () => missedFixes(kept, missed, ctx) });
  }
  const fn = enclosingFunction(at);
  if (promise.mayReject) {
    const isLookedAt = kept.uses.some(({ kind }) => kind === 'look');
    const related = await ctx.facts.firstRejection(kept.value);
    return ctx.report(isLookedAt ? 'onlyLookedAt' : 'neverUsed', kept.written, { ...details, related });
  }
  if (fn && isAsyncFunction(fn)) return ctx.report('unordered', kept.written, details);
  ctx.silent(kept.written, 'its promise never rejects, and the function around it cannot wait');
}

/**
 * A promise that is taken for its value and awaited nowhere is `promise-as-value`'s; something with members of its own,
 * such as a child process that can be awaited, is looked after by those. `typeof user` in a type is why some variables
 * are there at all.
 */
function isLeftToOthers({ uses }: KeptCall): boolean {
  const kinds = new Set(uses.map(({ kind }) => kind));
  if (kinds.has('member') || kinds.has('drop')) return true;
  return (kinds.has('test') || kinds.has('type')) && !uses.some(takesCare);
}

async function judgeCollected({ name, added }: Collected, ctx: Context): Promise<void> {
  for (const value of added) {
    const promise = await startedPromise(value, ctx);
    if (!promise?.mayReject) continue;
    const related: Related[] = [{ file: ctx.file.path, span: namingSpan(value), message: 'is put into it here' }];
    return ctx.report('collected', name, { data: { name: name.text }, related });
  }
}

function checkField(at: Node, value: Node, ctx: Context): Promise<void> | undefined {
  const field = promiseField(at, value);
  if (field && isNeverRead(field)) return judgeField(at, field, value, ctx);
  const deferred = deferredField(at, value);
  if (deferred) reportDeferred(at, deferred, ctx);
  return undefined;
}

function reportDeferred(at: Node, { field, reject }: DeferredField, ctx: Context): void {
  // Tests wait for what they set up.
  if (ctx.file.isTest) return;
  ctx.report('deferred', field, {
    data: { name: shortName(field.parent === at ? field : field.parent) },
    severity: 'information',
    related: [{ file: ctx.file.path, span: spanOf(reject), message: 'rejects it' }],
  });
}

async function judgeField(at: Node, field: Node, value: Node, ctx: Context): Promise<void> {
  const promise = await startedPromise(value, ctx);
  if (!promise?.mayReject) return;
  const related = await ctx.facts.firstRejection(value);
  ctx.report('field', field, { data: { name: shortName(field.parent === at ? field : field.parent) }, related });
}
