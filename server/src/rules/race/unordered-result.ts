import {
  type CallExpression,
  calleeName,
  isAsyncFunction,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  lastName,
  type Node,
  spanOf,
  unwrap,
  walkBody,
  wrapped,
} from '../../typescript/ast.ts';
import { nameOf } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { type Collecting, collectionOf } from './unordered-result/collection.ts';
import { returnFix } from './unordered-result/fixes.ts';

export const unorderedResult = defineRule({
  id: 'unordered-result',
  family: 'race',
  principle: 3,
  summary: 'Callbacks that run at once push to one array, so that its order is that in which they end',
  preset: 'preview',
  severity: 'information',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages: {
    pushed: {
      text: 'The order of `{array}` is that in which the callbacks end, not that of `{source}`',
      why: 'The callbacks run at once, and each pushes after it has waited. The order changes from run to run.',
      help: 'Return the value from the callback and take the array that `Promise.all` gives: it has the order of the input.',
    },
  },
  on: {
    CallExpression(call, ctx) {
      const name = lastName(call);
      return name === 'map' && !ctx.file.isTest ? check(call, ctx) : undefined;
    },
  },
});

type Context = RuleContext<'pushed'>;

function check(call: CallExpression, ctx: Context): undefined {
  const callee = unwrap(call.expression);
  const callback = call.arguments[0] && unwrap(call.arguments[0]);
  if (!callback || !isFunctionNode(callback) || !isAsyncFunction(callback) || !callback.body) return;
  if (!isPropertyAccessExpression(callee) || !isAllTogether(call)) return;
  const pushes: CallExpression[] = [];
  walkBody(callback.body, (node) => {
    if (isCallExpression(node) && lastName(node) === 'push') pushes.push(node);
    return true;
  });
  for (const push of pushes) {
    const method = unwrap(push.expression);
    const array = isPropertyAccessExpression(method) ? unwrap(method.expression) : method;
    const found = isIdentifier(array) ? collectionOf(array, callback) : undefined;
    if (!found || !isBehindWait(push, found, ctx)) continue;
    ctx.report('pushed', calleeName(push), {
      data: { array: found.name.text, source: nameOf(callee.expression) },
      related: [
        { file: ctx.file.path, span: spanOf(callee.name), message: 'all callbacks run at once' },
        { file: ctx.file.path, span: spanOf(found.ordered), message: 'here the order shows' },
      ],
      fixes: () => [returnFix(call, callback, push, found, ctx)],
    });
  }
}

/** `Promise.all(xs.map(…))`. */
function isAllTogether(call: Node): boolean {
  const outer = wrapped(call).parent;
  return isCallExpression(outer) && /^Promise\.all(?:Settled)?$/.test(outer.expression.getText());
}

function isBehindWait(push: CallExpression, { callback }: Collecting, ctx: Context): boolean {
  const graph = ctx.flow.graphOf(callback);
  return ctx.flow.suspensionsBetween([graph.entry], graph.stepsOf(push)).length > 0;
}
