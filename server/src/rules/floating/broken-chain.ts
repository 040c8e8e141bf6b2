import { dropFixes } from '../../engine/promise-fixes.ts';
import { type DroppedOptions, droppedIn } from '../../facts/promises/dropped.ts';
import { namingSpan, shortName } from '../../facts/promises/dropped-name.ts';
import { hasEndedAlready } from '../../facts/promises/ended-already.ts';
import { isOnPromise, linkAround } from '../../facts/promises/in-chain.ts';
import { isLittleAtStake } from '../../facts/promises/little-at-stake.ts';
import { isSaidToBeMeant } from '../../facts/promises/said-to-be-meant.ts';
import type { Fix, Related } from '../../model/finding.ts';
import {
  type CallExpression,
  type ExpressionStatement,
  enclosingFunction,
  type FunctionNode,
  isArrowFunction,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isFunctionExpression,
  isFunctionNode,
  isGenerator,
  isIdentifier,
  isLiteralExpression,
  isObjectLiteralExpression,
  isReturnStatement,
  isThrowStatement,
  type Node,
  SyntaxKind,
  spanOf,
  unwrap,
  walkBody,
} from '../../typescript/ast.ts';
import { type ChainCall, chainCall, isNothing, nextLink } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { together } from '../together.ts';
import { firstUse } from './broken-chain/first-use.ts';

export const brokenChain = defineRule({
  id: 'broken-chain',
  family: 'floating',
  principle: 1,
  summary: 'A `.then` chain that goes on without the value or the work of the link before',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [
    'promise/always-return',
    'promise/no-promise-in-callback',
    '@typescript-eslint/no-floating-promises',
    'typescript/no-floating-promises',
    'biome:noFloatingPromises',
  ],
  options: {},
  messages: {
    called: {
      text: '`{name}` is called at once: `.{method}` wants the function, not its result',
      why: 'The call runs before the promise has settled. `.{method}` ignores what is not a function and passes the value on, so nothing happens afterwards.',
      help: 'Pass a function that makes the call.',
    },
    notFunction: {
      text: '`.{method}` wants a function and ignores `{name}`',
      why: 'What is not a function is skipped without an error, and the chain goes on as if the link were not there.',
      help: 'Pass a function.',
    },
    lostValue: {
      text: '`{name}` is always undefined: the callback before returns nothing',
      why: 'Each link of a chain gets what the link before returns. A callback with a block body and no `return` gives `undefined`.',
      help: 'Return the value from the callback before.',
    },
    lostWork: {
      text: 'The chain goes on before `{name}` has finished',
      why: 'The callback starts the work and does not return its promise. The next link does not wait for it, and a `.catch` of the chain does not see it reject.',
      help: 'Return the promise from the callback.',
    },
    lostOnFailure: {
      text: '`{name}` is undefined after a failure: the `.catch` before returns nothing',
      why: 'A `.catch` that returns nothing turns a rejection into `undefined`, and the next link runs as if all had gone well.',
      help: 'Rethrow, return a value to go on with, or put the `.catch` at the end of the chain.',
    },
  },
  on: {
    CallExpression(node, ctx) {
      const link = chainCall(node);
      if (link?.call === node) return together([reportArguments(link, ctx), reportCallback(link, ctx)]);
    },
    ExpressionStatement(statement, ctx) {
      const link = linkAround(statement);
      return link ? reportLostWork(statement, link, ctx) : undefined;
    },
  },
});

/** `.then(save())` and `.then(42)`. */
async function reportArguments(link: ChainCall, ctx: RuleContext): Promise<void> {
  const handlers = link.method === 'then' ? link.args.slice(0, 2) : link.args.slice(0, 1);
  for (const argument of handlers) {
    const value = unwrap(argument);
    if (isFunctionNode(value) || isNothing(value) || value.kind === SyntaxKind.SpreadElement) continue;
    if (isLiteralExpression(value) || isObjectLiteralExpression(value)) {
      if (await isOnPromise(link, ctx))
        ctx.report('notFunction', argument, { data: { name: shortName(argument), method: link.method } });
    } else if (isCallExpression(value) && (await givesNoFunction(value, ctx)) && (await isOnPromise(link, ctx))) {
      ctx.report('called', namingSpan(argument), {
        data: { name: shortName(argument), method: link.method },
        // What `.finally` is given should not return a promise, as `save()` does.
        fixes: () => (link.method === 'finally' ? [] : passing(argument, value, ctx)),
      });
    }
  }
}

function passing(argument: Node, call: CallExpression, ctx: RuleContext): readonly (Fix | undefined)[] {
  const lazily = ctx.fix.choice(
    `Pass a function that calls \`${shortName(argument)}\``,
    ctx.fix.before(argument, '() => '),
  );
  if (call.arguments.length > 0 || !isIdentifier(call.expression)) return [lazily];
  return [
    lazily,
    ctx.fix.choice(`Pass \`${call.expression.text}\` itself`, ctx.fix.replace(argument, call.expression.text)),
  ];
}

/** Whether a call's result is known and cannot be called: a promise, nothing, or a plain value. */
async function givesNoFunction(call: Node, ctx: RuleContext): Promise<boolean> {
  const type = await ctx.types.typeOf(call);
  if (type.isUnknown) return isCallExpression(call) && (await ctx.facts.outcomeOf(call)) === 'promise';
  if (type.isNever) return false;
  const members = await type.unionMembers();
  const isCallable = await Promise.all(
    members.map(async (member) => member.isUnknown || member.isTypeParameter || (await member.isCallable())),
  );
  // A handler that may be missing is a handler.
  return !isCallable.includes(true) && !members.some((member) => member.isNullish && !member.isVoid);
}

/** A callback that returns nothing, in a chain that goes on. */
async function reportCallback(link: ChainCall, ctx: RuleContext): Promise<void> {
  const callback = link.args[0] && unwrap(link.args[0]);
  if (link.method === 'finally' || !callback || !isInlineCallback(callback) || !givesNothing(callback)) return;
  const next = continuation(link);
  const use = next && firstUse(next, link.method === 'catch');
  if (use && next && (await isOnPromise(link, ctx))) {
    reportLostValue(link, callback, use, ctx);
    return;
  }
  if (next && next.parameters.length > 0 && !use)
    ctx.silent(callback, 'the next callback does not rely on a value from this one, or asks whether there is one');
}

/** `async` callbacks and generators give a promise; expression bodies give their value. */
function isInlineCallback(node: Node): node is FunctionNode {
  return (isArrowFunction(node) || isFunctionExpression(node)) && !isGenerator(node);
}

/** Whether a function's body ends without ever returning or throwing anything. */
function givesNothing(fn: FunctionNode): boolean {
  if (!fn.body || !isBlock(fn.body)) return false;
  let gives = false;
  walkBody(fn.body, (node) => {
    if ((isReturnStatement(node) && node.expression) || isThrowStatement(node)) gives = true;
    return !gives && !isFunctionNode(node);
  });
  return !gives && !endsProcess(fn.body);
}

function endsProcess(body: Node): boolean {
  return /\bprocess\s*\.\s*exit\s*\(/.test(body.getText());
}

/** The next `.then` with a callback; a `.catch` or `.finally` between passes the value on. */
function continuation(link: ChainCall): FunctionNode | undefined {
  for (let next = nextLink(link.call); next; next = nextLink(next.call)) {
    if (next.method === 'finally') continue;
    // A second handler of `.then` and a `.catch` may give another value.
    if (next.method === 'catch') return undefined;
    const callback = next.args[0] && unwrap(next.args[0]);
    return callback && isInlineCallback(callback) ? callback : undefined;
  }
  return undefined;
}

function reportLostValue(
  link: ChainCall,
  callback: FunctionNode,
  { parameter }: { readonly parameter: Node },
  ctx: RuleContext,
): void {
  const last = lastStatement(callback);
  const related: Related[] = [
    { file: ctx.file.path, span: last ? namingSpan(last) : spanOf(link.name), message: 'is not returned' },
  ];
  ctx.report(link.method === 'catch' ? 'lostOnFailure' : 'lostValue', parameter, {
    data: { name: parameter.getText().slice(0, 30) },
    related:
      link.method === 'catch'
        ? [{ file: ctx.file.path, span: spanOf(link.name), message: 'returns nothing' }]
        : related,
    fixes: () => [
      last && link.method === 'then' && isCallExpression(unwrap(last))
        ? ctx.fix.choice(`Return \`${shortName(last)}\``, ctx.fix.before(last, 'return '))
        : undefined,
    ],
  });
}

/** The expression that a callback's last statement consists of. */
function lastStatement(callback: FunctionNode): Node | undefined {
  const statement = callback.body && isBlock(callback.body) ? callback.body.statements.at(-1) : undefined;
  return statement && isExpressionStatement(statement) ? statement.expression : undefined;
}

/**
 * A promise that a callback starts and does not return to a chain that goes on. One that never rejects is only a
 * question of order, which the end of the callback makes plain.
 */
async function reportLostWork(statement: ExpressionStatement, link: ChainCall, ctx: RuleContext): Promise<void> {
  const callback = enclosingFunction(statement);
  if (!callback || !(await isOnPromise(link, ctx))) return;
  const isLast = lastStatement(callback) === statement.expression;
  // The next link misses the value: one finding says both.
  const next = isLast && link.method === 'then' && givesNothing(callback) ? continuation(link) : undefined;
  if (next && firstUse(next, false)) return;
  for (const dropped of await droppedIn(statement.expression, { ...ctx, options: dropOptions })) {
    const { kind, node } = dropped;
    if (kind !== 'promise' && kind !== 'list') continue;
    const mayReject = !(await (kind === 'list' ? ctx.facts.noneRejects(node) : ctx.facts.neverRejects(node)));
    if (isSaidToBeMeant(node, mayReject, ctx.file)) continue;
    if (!mayReject && (!isLast || link.method !== 'then' || (await hasEndedAlready(node, ctx.types)))) continue;
    // A failure has been told of, and what tells it is seldom waited for.
    const isAdvice = link.method === 'catch' || isLittleAtStake(ctx.file);
    ctx.report('lostWork', namingSpan(node), {
      data: { name: shortName(node) },
      ...(isAdvice && { severity: 'information' }),
      ...(mayReject && kind === 'promise' && { related: await ctx.facts.firstRejection(node) }),
      fixes: () => dropFixes(dropped, { allowVoid: true, mayReject }, ctx),
    });
  }
}

const dropOptions: DroppedOptions = { allowVoid: true, checkThenables: false, safePromises: [], safeCalls: [] };
