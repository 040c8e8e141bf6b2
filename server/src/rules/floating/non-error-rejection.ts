import { flag, list } from '../../model/rule.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isAsyncFunction,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  type NewExpression,
  type Node,
  type ThrowStatement,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { chainCall, nameOf } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { together } from '../together.ts';
import { asError } from './non-error-rejection/as-error.ts';
import { isNoError, isPassedOn, isPlainlyNoError, isPlainValue } from './non-error-rejection/no-error.ts';
import { uncheckedRead } from './non-error-rejection/unchecked.ts';

export const nonErrorRejection = defineRule({
  id: 'non-error-rejection',
  family: 'floating',
  principle: 1,
  summary: 'A promise rejects with something that is no Error, or a handler takes the reason for one unseen',
  preset: 'strict',
  severity: 'information',
  since: '0.1.0',
  equivalents: [
    'prefer-promise-reject-errors',
    '@typescript-eslint/prefer-promise-reject-errors',
    'no-throw-literal',
    '@typescript-eslint/only-throw-error',
    '@typescript-eslint/use-unknown-in-catch-callback-variable',
    'eslint/prefer-promise-reject-errors',
    'eslint/no-throw-literal',
    'typescript/prefer-promise-reject-errors',
    'typescript/only-throw-error',
    'typescript/use-unknown-in-catch-callback-variable',
    'biome:usePromiseRejectErrors',
    'biome:useThrowOnlyError',
  ],
  options: {
    allowEmpty: flag(false, 'Whether `reject()` without a reason is fine.'),
    allow: list([], 'Types that may be thrown though they are no errors, by name, such as `Redirect`.'),
  },
  messages: {
    rejected: {
      text: '`{name}` is no Error: this rejection has no stack',
      why: 'Whoever catches it finds neither a message nor the place where it began, and a check with `instanceof Error` does not see it.',
      help: 'Reject with an `Error`, and put the value into its `cause`.',
    },
    thrown: {
      text: '`{name}` is no Error: what rejects with it has no stack',
      why: 'In asynchronous code a throw becomes a rejection. Whoever catches it finds neither a message nor the place where it began, and a check with `instanceof Error` does not see it.',
      help: 'Throw an `Error`, and put the value into its `cause`.',
    },
    empty: {
      text: 'This rejects with nothing: whoever catches it learns nothing',
      why: 'The reason is undefined. It has no message and no stack, and code that reads `error.message` fails in turn.',
      help: 'Reject with an `Error` that says what went wrong.',
    },
    unchecked: {
      text: '`{name}` may be anything: `{member}` is read without a look at what it is',
      why: 'A promise can reject with whatever was thrown, and the type of the parameter is `any`. If it is no Error, the handler reads undefined or throws in turn.',
      help: 'Give the parameter the type `unknown`, and ask with `instanceof` first.',
    },
  },
  on: {
    CallExpression(call, ctx) {
      // Tests provoke rejections of every kind.
      if (ctx.file.isTest) return undefined;
      return together([
        isPromiseReject(call) ? reportReason(call, ctx) : undefined,
        ctx.file.isJavaScript ? undefined : reportHandler(call, ctx),
      ]);
    },
    NewExpression(creation, ctx) {
      return ctx.file.isTest ? undefined : reportExecutor(creation, ctx);
    },
    ThrowStatement(statement, ctx) {
      return ctx.file.isTest || !isAsynchronous(statement) ? undefined : reportThrow(statement, ctx);
    },
  },
});

type Context = Parameters<NonNullable<typeof reportReason>>[1];

function isPromiseReject(call: CallExpression): boolean {
  const { expression } = call;
  const callee = unwrap(expression);
  if (!isPropertyAccessExpression(callee) || callee.name.text !== 'reject') return false;
  if (isIdentifier(callee.expression) && callee.expression.text === 'Promise') return true;
  // `this.#ready.reject(…)` of a deferred that the same file makes.
  return /\bPromise\s*\.\s*withResolvers\b/.test(call.getSourceFile().text);
}

/** The calls of `reject` in an executor, however deep. */
function reportExecutor(creation: NewExpression, ctx: Context): Promise<void> | undefined {
  const executor = creation.arguments?.[0] && unwrap(creation.arguments[0]);
  if (!isIdentifier(creation.expression) || creation.expression.text !== 'Promise') return undefined;
  const name = executor && isFunctionNode(executor) ? executor.parameters[1]?.name : undefined;
  if (!executor || !name || !isIdentifier(name)) return undefined;
  const calls: CallExpression[] = [];
  const visit = (node: Node): void => {
    if (isShadowing(node, name.text, executor)) return;
    if (isCallExpression(node) && isIdentifier(node.expression) && node.expression.text === name.text) calls.push(node);
    node.forEachChild(visit);
  };
  visit(executor);
  return together(calls.map((call) => reportReason(call, ctx)));
}

/** `(resolve, reject) => …` inside another executor has a `reject` of its own. */
function isShadowing(node: Node, name: string, executor: Node): boolean {
  if (node === executor || !isFunctionNode(node)) return false;
  return node.parameters.some((parameter) => isIdentifier(parameter.name) && parameter.name.text === name);
}

async function reportReason(
  call: CallExpression,
  ctx: RuleContext<
    'rejected' | 'thrown' | 'empty' | 'unchecked',
    { allowEmpty: ReturnType<typeof flag>; allow: ReturnType<typeof list> }
  >,
): Promise<void> {
  const [reason, ...others] = call.arguments;
  if (!reason) {
    if (!ctx.options.allowEmpty && others.length === 0 && !isForAny(call)) ctx.report('empty', call.expression);
    return;
  }
  await reportValue('rejected', reason, ctx);
}

/** `Promise.any` takes the first success and wants no reasons of the others. */
function isForAny(call: Node): boolean {
  for (let at = call.parent; at; at = at.parent)
    if (isCallExpression(at) && at.expression.getText() === 'Promise.any') return true;
  return false;
}

async function reportThrow({ expression }: ThrowStatement, ctx: Context): Promise<void> {
  await reportValue('thrown', expression, ctx);
}

async function reportValue(key: 'rejected' | 'thrown', value: Node, ctx: Context): Promise<void> {
  if (isPassedOn(value) && !(await isPlainValue(value, ctx))) return;
  if (!isPlainlyNoError(value) && !(await isNoError(value, ctx.options.allow, ctx))) return;
  ctx.report(key, value, {
    data: { name: nameOf(value) },
    fixes: async () => {
      const text = await asError(value, ctx);
      return [text === undefined ? undefined : ctx.fix.choice('Wrap it in an Error', ctx.fix.replace(value, text))];
    },
  });
}

/** `.catch((error) => …)` and `.then(f, (error) => …)` whose parameter is any, and of which a member is read unseen. */
function reportHandler(call: CallExpression, ctx: Context): Promise<void> | undefined {
  const link = chainCall(call);
  const handler = link && (link.method === 'catch' ? link.args[0] : link.method === 'then' ? link.args[1] : undefined);
  const fn = handler && unwrap(handler);
  const read = fn && isFunctionNode(fn) ? uncheckedRead(fn) : undefined;
  return read && reportRead(read.parameter, read.member, ctx);
}

async function reportRead(parameter: Node, member: Node & { readonly text: string }, ctx: Context): Promise<void> {
  if (!(await ctx.types.typeOf(parameter)).isAny) return;
  ctx.report('unchecked', member, { data: { name: parameter.getText(), member: member.text } });
}

/** Whether a throw becomes a rejection: in an async function, in a callback of a promise, in an executor itself. */
function isAsynchronous(statement: Node): boolean {
  const fn = enclosingFunction(statement);
  return fn !== undefined && (isAsyncFunction(fn) || isCallbackOfPromise(fn));
}

function isCallbackOfPromise(fn: FunctionNode): boolean {
  const at = wrapped(fn);
  const { parent } = at;
  if (isNewExpression(parent)) return parent.expression.getText() === 'Promise';
  const link = isCallExpression(parent) ? chainCall(parent) : undefined;
  return link?.args.includes(at) ?? false;
}
