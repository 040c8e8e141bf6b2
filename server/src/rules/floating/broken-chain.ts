import { namingSpan, shortName } from '../../facts/promises/dropped-name.ts';
import type { Fix, Related } from '../../model/finding.ts';
import {
  type CallExpression,
  type FunctionNode,
  isArrowFunction,
  isAsyncFunction,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isExpressionStatement,
  isFunctionExpression,
  isFunctionNode,
  isGenerator,
  isIdentifier,
  isIfStatement,
  isLiteralExpression,
  isObjectLiteralExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
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

export const brokenChain = defineRule({
  id: 'broken-chain',
  family: 'floating',
  principle: 1,
  summary: 'A `.then` chain that goes on without the value or the work of the link before',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: ['promise/always-return', 'promise/no-promise-in-callback'],
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
      why: 'The callback starts the work and does not return its promise, so the next link does not wait for it.',
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

async function isOnPromise({ receiver }: ChainCall, ctx: RuleContext): Promise<boolean> {
  const { extent } = await ctx.types.thenability(receiver);
  if (extent === 'all' || extent === 'some') return true;
  const call = unwrap(receiver);
  return extent === 'unknown' && isCallExpression(call) && (await ctx.facts.outcomeOf(call)) === 'promise';
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
  if (link.method === 'then' && (isWaitedFor(link) || nextLink(link.call))) await reportLostWork(callback, ctx);
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

/** The first place where the next callback relies on its value. Undefined where it has none, or looks whether it is there. */
function firstUse(
  callback: FunctionNode,
  onlyAfterFailure: boolean,
): { readonly parameter: Node; readonly use: Node } | undefined {
  const parameter = callback.parameters[0];
  if (!parameter || parameter.initializer || parameter.dotDotDotToken || !callback.body) return undefined;
  if (!isIdentifier(parameter.name)) return { parameter: parameter.name, use: parameter.name };
  const name = parameter.name.text;
  const uses: Node[] = [];
  const look = (node: Node): void => {
    if (isIdentifier(node) && node.text === name && !isMemberName(node)) uses.push(node);
    node.forEachChild(look);
  };
  look(callback.body);
  const [use] = uses;
  if (!use || uses.some(isTested)) return undefined;
  const reliesOn = uses.find(
    (each) =>
      isPropertyAccessExpression(each.parent) && each.parent.expression === each && !each.parent.questionDotToken,
  );
  if (onlyAfterFailure && !reliesOn) return undefined;
  return { parameter: parameter.name, use: reliesOn ?? use };
}

function isMemberName(node: Node): boolean {
  const { parent } = node;
  return (
    (isPropertyAccessExpression(parent) && parent.name === node) ||
    (parent.kind === SyntaxKind.PropertyAssignment && (parent as Node & { readonly name: Node }).name === node)
  );
}

/** Whether the code asks if the value is there. */
function isTested(use: Node): boolean {
  const { parent } = use;
  if (isPropertyAccessExpression(parent)) return parent.expression === use && parent.questionDotToken !== undefined;
  if (isPrefixUnaryExpression(parent) || parent.kind === SyntaxKind.TypeOfExpression) return true;
  if (isIfStatement(parent) || isConditionalExpression(parent)) return true;
  return isBinaryExpression(parent) && testing.has(parent.operatorToken.kind);
}

const testing: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.InstanceOfKeyword,
]);

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

/** Whether somebody waits for the chain: `await`, `return`, an argument, an assignment. A dropped chain has no order to keep. */
function isWaitedFor(link: ChainCall): boolean {
  let at: Node = link.call;
  for (let next = nextLink(at); next; next = nextLink(at)) at = next.call;
  while (at.parent && unwrap(at.parent) === unwrap(at)) at = at.parent;
  return !isExpressionStatement(at.parent) && at.parent.kind !== SyntaxKind.VoidExpression;
}

/**
 * The promise that a callback ends with and does not return. One that may reject is dropped, and reported as that;
 * here it is only about order.
 */
async function reportLostWork(callback: FunctionNode, ctx: RuleContext): Promise<void> {
  const last = lastStatement(callback);
  if (!last || isAsyncFunction(callback) || !isCallExpression(unwrap(last))) return;
  const { extent } = await ctx.types.thenability(last);
  if (extent !== 'all' || !(await ctx.facts.neverRejects(last))) return;
  ctx.report('lostWork', namingSpan(last), {
    data: { name: shortName(last) },
    fixes: () => [ctx.fix.choice('Return it', ctx.fix.before(last, 'return '))],
  });
}
