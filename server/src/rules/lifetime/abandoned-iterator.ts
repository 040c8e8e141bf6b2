import { listAround } from '../../engine/fixing/try-finally.ts';
import { type HeldUse, holderOf, isCaptured } from '../../facts/lifetime/held-values.ts';
import { missedEnd } from '../../facts/lifetime/missed-ends.ts';
import { endsSoon } from '../../facts/lifetime/timers.ts';
import { shortName } from '../../facts/promises/dropped-name.ts';
import type { Fix } from '../../model/finding.ts';
import {
  awaitIsAllowed,
  type CallExpression,
  calleeName,
  enclosingFunction,
  type ForOfStatement,
  type FunctionNode,
  type Identifier,
  isAsyncFunction,
  isCallExpression,
  isElementAccessExpression,
  isFunctionNode,
  isGenerator,
  isIdentifier,
  isVariableDeclaration,
  isVariableStatement,
  isYieldExpression,
  lastName,
  spanOf,
  unwrap,
  walkBody,
} from '../../typescript/ast.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { isExhausted } from './abandoned-iterator/exhaustion.ts';

const messages = {
  byHand: {
    text: '`{name}` is advanced by hand and never ended: its clean-up does not run',
    why: '`for await` calls `return` on an iterator that it leaves early, so that a generator runs its `finally` and a stream is closed. Whoever calls `next` has to do that too.',
    help: 'Use `for await`, or call `return` in `finally`.',
  },
  syncLoop: {
    text: '`{name}` gives an async iterator, which `for…of` without `await` cannot read',
    why: 'A plain loop asks for `Symbol.iterator`, which an async generator does not have: it throws as soon as it is reached.',
    help: 'Write `for await`.',
  },
  generator: {
    text: '`{name}` stays open when the consumer stops at this `yield`',
    why: 'A consumer that breaks out of its loop ends the generator at the `yield`. Only a `finally` around it still runs.',
    help: 'Put the `yield` into `try`, and close it in `finally`, or declare it with `await using`.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

export const abandonedIterator = defineRule({
  id: 'abandoned-iterator',
  family: 'lifetime',
  principle: 6,
  summary: 'An async iterator is left without being ended, so that its clean-up never runs',
  preset: 'strict',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    CallExpression(call, ctx) {
      if (isIteratorCall(call)) return checkIterator(call, ctx);
      const isEvents =
        lastName(call.expression) === 'on' && call.arguments.length >= 2 && isIdentifier(call.expression);
      return isEvents ? checkEvents(call, ctx) : undefined;
    },
    ForOfStatement: (loop, ctx) => (ctx.file.isJavaScript && !loop.awaitModifier ? checkLoop(loop, ctx) : undefined),
    FunctionDeclaration: checkGenerator,
    FunctionExpression: checkGenerator,
    MethodDeclaration: checkGenerator,
  },
});

/** `source[Symbol.asyncIterator]()`. */
function isIteratorCall(call: CallExpression): boolean {
  const callee = unwrap(call.expression);
  return isElementAccessExpression(callee) && callee.argumentExpression.getText() === 'Symbol.asyncIterator';
}

/** The maker of an iterator: where `next` is called on a variable, what that variable was given. */
async function checkIterator(call: CallExpression, ctx: Context): Promise<void> {
  if (ctx.file.isTest || endsSoon(call)) return;
  const holder = holderOf(call);
  if (holder.kind !== 'variable') return;
  const { variable, uses } = holder;
  const advances = uses.filter((use) => use.kind === 'method' && use.member === 'next');
  const [first] = advances;
  if (!first || uses.some((use) => endsIt(use) || isCaptured(use, variable))) return;
  if (isExhausted(advances)) return ctx.silent(call, 'it is read to its end');
  ctx.report('byHand', calleeName(first.kind === 'method' ? first.call : call), {
    data: { name: variable.text },
    fixes: () => [endedInFinally(variable, ctx)],
  });
}

/** `on(emitter, 'data')` of Node: its listeners stay until it is ended. */
async function checkEvents(call: CallExpression, ctx: Context): Promise<void> {
  const holder = holderOf(call);
  const isAdvanced =
    holder.kind === 'variable' && holder.uses.some((use) => use.kind === 'method' && use.member === 'next');
  if (!isAdvanced) return;
  const origins = await ctx.types.origins(call.expression);
  if (origins.some(({ module, path }) => module === 'node:events' && path.at(-1) === 'on'))
    await checkIterator(call, ctx);
}

function endsIt(use: HeldUse): boolean {
  if (use.kind === 'method') return use.member !== 'next';
  return use.kind !== 'look' && use.kind !== 'write';
}

function endedInFinally(variable: Identifier, ctx: Context): Fix | undefined {
  const statement = isVariableDeclaration(variable.parent) ? variable.parent.parent.parent : undefined;
  const list = statement && isVariableStatement(statement) ? listAround(statement) : undefined;
  if (!statement || !list || !awaitIsAllowed(statement, ctx.file.allowsTopLevelAwait)) return undefined;
  const behind = list.slice(list.indexOf(statement) + 1);
  const edits = ctx.fix.wrapInTryFinally(behind, `await ${variable.text}.return?.(undefined)`);
  return edits && ctx.fix.choice('End it in `finally`', edits);
}

/** In JavaScript nobody says so before it runs. */
async function checkLoop(loop: ForOfStatement, ctx: Context): Promise<void> {
  const source = unwrap(loop.expression);
  if (!isCallExpression(source)) return;
  const functions = await ctx.types.functionsOf(source.expression);
  if (functions.length === 0 || !functions.every((fn) => isAsyncFunction(fn) && isGenerator(fn))) return;
  const isAsync = awaitIsAllowed(loop, ctx.file.allowsTopLevelAwait);
  const start = loop.getStart();
  ctx.report('syncLoop', source, {
    data: { name: shortName(source) },
    fixes: () => [
      isAsync ? ctx.fix.choice('Write `for await`', ctx.fix.insert(start + 'for'.length, ' await')) : undefined,
    ],
  });
}

/** Something that an async generator opens, and closes only where its consumer has taken everything. */
async function checkGenerator(fn: FunctionNode, ctx: Context): Promise<void> {
  if (!isAsyncFunction(fn) || !isGenerator(fn) || !fn.body || ctx.file.isTest) return;
  const openings: CallExpression[] = [];
  walkBody(fn.body, (node) => {
    if (isCallExpression(node) && ctx.knowledge.resources.mayOpen(lastName(node.expression) ?? '')) openings.push(node);
    return !isFunctionNode(node) || node === fn;
  });
  await Promise.all(openings.map((call) => checkOpening(call, fn, ctx)));
}

async function checkOpening(call: CallExpression, fn: FunctionNode, ctx: Context): Promise<void> {
  const holder = enclosingFunction(call) === fn ? holderOf(call) : undefined;
  if (holder?.kind !== 'variable') return;
  const found = await ctx.facts.owns(call);
  if (!found || !['handle', 'client', 'disposable', 'lock'].includes(found.kind)) return;
  const closings = holder.uses.filter((use) => use.kind === 'method' && isClosing(use.member, found.methods));
  if (closings.length === 0 || holder.uses.some((use) => isCaptured(use, holder.variable))) return;
  const graph = ctx.flow.graphOf(fn);
  const miss = ctx.flow.missingPath({
    graph,
    from: graph.stepsOf(holder.written).filter(({ kind }) => kind === 'write'),
    goals: new Set(closings.flatMap(({ name }) => graph.stepsOf(name))),
    exceptions: true,
    known: new Map([[holder.variable.text, true]]),
    follows: (edge) => edge.kind !== 'fault',
  });
  if (miss?.how !== 'closed' || !isYieldExpression(miss.at)) return;
  const { variable, written } = holder;
  const ends = closings.map(({ name }) => name);
  const ways = new Set(['end', 'return', 'throw', 'rejections'] as const);
  if (await missedEnd({ variable, written, ends, writes: [], ways }, ctx))
    return ctx.silent(miss.at, 'it stays open on other paths too, which `unclosed-resource` says');
  const start = miss.at.getStart();
  ctx.report(
    'generator',
    { start, end: start + 'yield'.length },
    {
      data: { name: holder.variable.text },
      related: [{ file: ctx.file.path, span: spanOf(calleeName(call)), message: 'opened here' }],
    },
  );
}

function isClosing(member: string, methods: readonly string[]): boolean {
  return methods.includes(member) || /^(?:close|dispose|destroy|release|end|disconnect)$/.test(member);
}
