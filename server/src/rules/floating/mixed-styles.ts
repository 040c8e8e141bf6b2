import { shortName } from '../../facts/promises/dropped-name.ts';
import {
  type AwaitExpression,
  type CallExpression,
  enclosingFunction,
  isArrowFunction,
  isAsyncFunction,
  isBlock,
  isGenerator,
  type Node,
  spanOf,
  type ThrowStatement,
  unwrap,
} from '../../typescript/ast.ts';
import { type ChainCall, chainCall } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { together } from '../together.ts';
import { awaitedLink, withoutThen } from './mixed-styles/awaited-then.ts';
import { calledInThen } from './mixed-styles/called-in-then.ts';
import { doneParameter, withoutDone } from './mixed-styles/done.ts';
import { ignoredError } from './mixed-styles/ignored-error.ts';
import { givesPromiseToo } from './mixed-styles/throws-too.ts';

export const mixedStyles = defineRule({
  id: 'mixed-styles',
  family: 'floating',
  principle: 1,
  summary: 'Two ways to say that one operation has ended: callbacks, promises, `await` and exceptions mixed',
  preset: 'strict',
  severity: 'information',
  since: '0.1.0',
  equivalents: [
    'promise/no-callback-in-promise',
    'promise/prefer-await-to-then',
    'n/handle-callback-err',
    'node/handle-callback-err',
    'handle-callback-err',
    'jest/no-done-callback',
    'vitest/no-done-callback',
    '@typescript-eslint/promise-function-async',
    'typescript/promise-function-async',
    'biome:noDoneCallback',
  ],
  options: {},
  messages: {
    done: {
      text: 'An async function with `{name}`: the test ends by its promise or by the callback',
      why: 'Runners wait for one of the two. Some refuse a test that has both, and with others a failed `await` comes out as a timeout, because `{name}` is never called.',
      help: 'Leave `{name}` away and await what it stood for.',
    },
    callbackInThen: {
      text: '`{name}` is called in a promise callback: what it throws is caught there',
      why: 'An error of the code behind `{name}` becomes a rejection of this chain. It is lost, or a `.catch({name})` calls `{name}` a second time.',
      help: 'Pass both outcomes with `.then(f, g)`, use `util.callbackify`, or give a promise back.',
    },
    ignoredError: {
      text: '`{name}` is never looked at: when the operation fails, this goes on',
      why: 'A callback gets the error as its first argument and nobody throws it. Without a look at it, the code works on with results that are not there.',
      help: 'Handle `{name}` first, or use the promise form of the operation.',
    },
    awaitedThen: {
      text: '`await` of `.{method}(…)`: two styles for one wait',
      why: 'The callback runs at another time than the lines around it, cannot `await` or return from them, and hides what is awaited.',
      help: 'Await the promise first and go on with its value.',
    },
    throwsToo: {
      text: '`{name}` gives a promise, and this `throw` comes before there is one',
      why: 'Callers handle failures with `.catch`, and that does not see an exception. Code that starts several such calls stops in the middle.',
      help: 'Make the function async, or return `Promise.reject(…)`.',
    },
  },
  on: {
    CallExpression(call, ctx) {
      return together([reportDone(call, ctx), reportCallback(call, ctx), reportIgnored(call, ctx)]);
    },
    AwaitExpression(node, ctx) {
      return reportAwaited(node, ctx);
    },
    ThrowStatement(statement, ctx) {
      return reportThrow(statement, ctx);
    },
  },
});

/** `it('saves', async (done) => …)`. */
function reportDone(call: CallExpression, ctx: RuleContext): Promise<void> | undefined {
  const found = doneParameter(call);
  if (!found) return undefined;
  return found.isGiven(ctx).then((isGiven) => {
    if (!isGiven) return;
    ctx.report('done', found.parameter.name, {
      data: { name: found.parameter.name.getText() },
      fixes: () => {
        const edits = withoutDone(found, ctx.fix);
        return [edits && ctx.fix.choice(`Leave \`${found.parameter.name.getText()}\` away`, edits)];
      },
    });
  });
}

/** `.then((value) => callback(null, value)).catch(callback)`. */
function reportCallback(call: CallExpression, ctx: RuleContext): Promise<void> | undefined {
  const link = chainCall(call);
  const found = link?.call === call ? calledInThen(link) : undefined;
  if (!link || !found) return undefined;
  return reportIfPromise(link.receiver, ctx, () =>
    ctx.report('callbackInThen', found.callee, { data: { name: found.callee.getText() } }),
  );
}

async function reportIfPromise(receiver: Node, { types }: RuleContext, report: () => void): Promise<void> {
  if ((await types.thenability(receiver)).extent !== 'none') report();
}

/** `readFile(path, (error, text) => show(text))`. */
function reportIgnored(call: CallExpression, ctx: RuleContext): Promise<void> | undefined {
  const found = ctx.file.isTest ? undefined : ignoredError(call, ctx.file);
  return found?.isOfOperation(ctx).then((isOfOperation) => {
    if (isOfOperation) ctx.report('ignoredError', found.name, { data: { name: found.name.getText() } });
  });
}

/** `await load().then((user) => user.name)`. */
function reportAwaited(node: AwaitExpression, ctx: RuleContext): Promise<void> | undefined {
  const link = awaitedLink(node);
  if (!link) return undefined;
  return reportIfPromise(link.receiver, ctx, () =>
    ctx.report('awaitedThen', link.name, {
      data: { method: link.method },
      fixes: async () => {
        const text = withoutThen(link);
        if (text === undefined) return [];
        const shortened = (await givesPlainValue(link, ctx)) ? text.replace(/^await (?=\(await )/, '') : text;
        return [ctx.fix.choice(`Await \`${shortName(link.receiver)}\` itself`, ctx.fix.replace(node, shortened))];
      },
    }),
  );
}

/** Whether what the callback gives is no promise, so that it need not be awaited again. */
async function givesPlainValue({ args }: ChainCall, { types }: RuleContext): Promise<boolean> {
  const callback = args[0] && unwrap(args[0]);
  if (!callback || !isArrowFunction(callback) || isAsyncFunction(callback) || isBlock(callback.body)) return false;
  return (await types.thenability(callback.body)).extent === 'none';
}

/** A `throw` in a function that is not async and returns promises. */
function reportThrow(statement: ThrowStatement, ctx: RuleContext): Promise<void> | undefined {
  const fn = enclosingFunction(statement);
  if (!fn || isAsyncFunction(fn) || isGenerator(fn) || ctx.file.isTest) return undefined;
  const check = givesPromiseToo(fn, statement);
  return check?.(ctx).then((name) => {
    if (name === undefined) return;
    const start = statement.getStart();
    ctx.report(
      'throwsToo',
      { start, end: start + 'throw'.length },
      {
        data: { name },
        fixes: () => {
          const edits = ctx.fix.makeAsync(fn);
          const { start: from, end } = spanOf(statement.expression);
          const reason = ctx.file.text.slice(from, end);
          return [
            edits && ctx.fix.choice(`Make \`${name}\` async`, edits),
            ctx.fix.choice(
              'Return a rejected promise',
              ctx.fix.replace({ start, end }, `return Promise.reject(${reason})`),
            ),
          ];
        },
      },
    );
  });
}
