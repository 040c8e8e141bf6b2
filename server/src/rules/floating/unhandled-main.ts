import { awaitFix } from '../../engine/promise-fixes.ts';
import { blocksOnPurpose } from '../../facts/blocking/blocking-places.ts';
import { type Dropped, type DroppedOptions, droppedIn } from '../../facts/promises/dropped.ts';
import { namingSpan, shortName } from '../../facts/promises/dropped-name.ts';
import { isLittleAtStake } from '../../facts/promises/little-at-stake.ts';
import type { Fix } from '../../model/finding.ts';
import {
  type CallExpression,
  isCallExpression,
  isExpressionStatement,
  isPropertyAccessExpression,
  type Node,
  unwrap,
  walkBody,
} from '../../typescript/ast.ts';
import { hearsOfRejections, isProgramStart } from '../../typescript/entry-points.ts';
import type { FileView } from '../../typescript/file-view.ts';
import { defineRule, type RuleContext } from '../define.ts';

const messages = {
  unhandled: {
    text: 'The program starts with `{promise}`, and nothing handles its rejection',
    why: 'When it rejects, Node ends the process with an unhandled rejection: open files are not flushed and `finally` blocks elsewhere do not run.',
    help: 'Await it at the top level, or add a `.catch` that reports the error and sets the exit code.',
  },
  pendingExit: {
    text: '`process.exit()` ends the process while `{promise}` is still under way',
    why: '`process.exit` does not wait: what the promise stands for is cut off in the middle.',
    help: 'Await the work first, or set `process.exitCode` and let the process end by itself.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

/** The rule sees what floating-promise sees; the options are those that make no difference at a program's start. */
const dropOptions: DroppedOptions = { allowVoid: true, checkThenables: false, safePromises: [], safeCalls: [] };

export const unhandledMain = defineRule({
  id: 'unhandled-main',
  family: 'floating',
  principle: 1,
  summary: 'A script starts an async main function without handling its rejection, or exits before it is done',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [
    '@typescript-eslint/no-floating-promises',
    'biome:noFloatingPromises',
    'unicorn/prefer-top-level-await',
  ],
  options: {},
  messages,
  on: {
    ExpressionStatement(statement, ctx) {
      const { expression } = statement;
      if (isExit(expression)) return reportPending(statement, expression, ctx);
      if (!isProgramStart(statement, ctx.file)) return undefined;
      if (hearsOfRejections(statement, ctx.file))
        return ctx.silent(statement, 'the handler of `unhandledRejection` in this file hears of it');
      return reportStarts(expression, ctx);
    },
  },
});

async function reportStarts(expression: Node, ctx: Context): Promise<void> {
  const found = await droppedIn(expression, { ...ctx, options: dropOptions });
  await Promise.all(found.map((dropped) => reportStart(dropped, ctx)));
}

async function reportStart(dropped: Dropped, ctx: Context): Promise<void> {
  const { node } = dropped;
  if (await ctx.facts.neverRejects(node)) {
    ctx.silent(node, () => `\`${shortName(node)}\` never rejects`);
    return;
  }
  ctx.report('unhandled', namingSpan(node), {
    data: { promise: shortName(node) },
    // A script that is run by hand ends with the error on the terminal, which is all that is wanted.
    ...((isLittleAtStake(ctx.file) || blocksOnPurpose(ctx.file.sourceFile)) && { severity: 'information' as const }),
    related: await ctx.facts.firstRejection(node),
    fixes: async () => [await awaitFix(node, ctx), exitCodeFix(node, ctx)],
  });
}

function exitCodeFix(node: Node, ctx: Context): Fix | undefined {
  if (!isCallExpression(node)) return undefined;
  // In a browser there is no exit code to set.
  if (isForBrowsers(ctx.file)) return ctx.fix.choice('Log the rejection', ctx.fix.after(node, '.catch(console.error)'));
  const { text } = ctx.file;
  const start = node.getStart();
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1))?.[0] ?? '';
  const step = indent.includes('\t') ? '\t' : '  ';
  const lines = ['.catch((error) => {', `${step}console.error(error);`, `${step}process.exitCode = 1;`, '})'];
  const handler = lines.join(`\n${indent}`);
  return ctx.fix.choice('Report the rejection and set the exit code', ctx.fix.after(node, handler));
}

function isForBrowsers({ path, text }: FileView): boolean {
  return /\.[jt]sx$/.test(path) || (/\b(?:document|window|navigator)\b/.test(text) && !/\bprocess\b/.test(text));
}

function isExit(expression: Node): expression is CallExpression {
  if (!isCallExpression(expression)) return false;
  const callee = unwrap(expression.expression);
  return isPropertyAccessExpression(callee) && callee.name.text === 'exit' && callee.expression.getText() === 'process';
}

/** Looks at the statements before `process.exit()` in its own block, back to the last one that waits. */
async function reportPending(statement: Node, exit: CallExpression, ctx: Context): Promise<void> {
  const siblings = (statement.parent as Node & { readonly statements?: readonly Node[] }).statements ?? [];
  const before = siblings.slice(0, siblings.indexOf(statement));
  const waiting = before.findLastIndex(suspends);
  for (const earlier of before.slice(waiting + 1).reverse()) {
    if (!isExpressionStatement(earlier)) continue;
    const started = await startedBy(earlier.expression, ctx);
    if (!started) continue;
    const file = ctx.file.path;
    return ctx.report('pendingExit', exit.expression, {
      data: { promise: shortName(started) },
      related: [{ file, span: namingSpan(started), message: 'started here' }],
      fixes: async () => [await awaitFix(started, ctx)],
    });
  }
}

/** The promise that a statement leaves behind, with or without a handler. */
async function startedBy(expression: Node, ctx: Context): Promise<Node | undefined> {
  const value = unwrap(expression);
  if (!isCallExpression(value)) return undefined;
  const { extent, isPromise } = await ctx.types.thenability(value);
  if (extent === 'all') return isPromise ? value : undefined;
  return extent === 'unknown' && (await ctx.facts.outcomeOf(value)) === 'promise' ? value : undefined;
}

function suspends(statement: Node): boolean {
  let found = false;
  walkBody(statement, (node) => {
    found ||= /^(?:await)\b/.test(node.getSourceFile().text.slice(node.getStart(), node.getStart() + 6));
  });
  return found;
}
