import type { Fix } from '../../model/finding.ts';
import {
  type CallExpression,
  calleeName,
  type FunctionNode,
  type Identifier,
  isAsyncFunction,
  isBinaryExpression,
  isCallExpression,
  isForOfStatement,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
  lastName,
  type Node,
  spanOf,
  unwrap,
  walkBody,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { nameOf } from '../../typescript/promise-syntax.ts';
import { referencesTo } from '../../typescript/references.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { type Collecting, collectionOf, textOf } from './unordered-result/collection.ts';
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
      if (ctx.file.isTest) return undefined;
      const name = lastName(call);
      if (name === 'push') return checkStarted(call, ctx);
      return name === 'map' ? check(call, ctx) : undefined;
    },
  },
});

type Context = RuleContext<'pushed'>;

function check(call: CallExpression, ctx: Context): undefined {
  const callee = unwrap(call.expression);
  const given = call.arguments[0] && unwrap(call.arguments[0]);
  const callback = given && functionAt(given);
  if (!callback?.body) return;
  if (!isPropertyAccessExpression(callee) || !isAllTogether(call)) return;
  if (!isAsyncFunction(callback)) return checkChained(call, callback, ctx);
  const pushes: CallExpression[] = [];
  walkBody(callback.body, (node) => {
    if (isCallExpression(node) && lastName(node) === 'push') pushes.push(node);
    const text = isBinaryExpression(node) ? textOf(node, callback) : undefined;
    if (text && isBehindWait(text.written, callback, ctx)) report(call, text.written, text, ctx);
    return true;
  });
  for (const push of pushes) {
    const method = unwrap(push.expression);
    const array = isPropertyAccessExpression(method) ? unwrap(method.expression) : method;
    const found = isIdentifier(array) ? collectionOf(array, callback) : undefined;
    if (!found || !isBehindWait(push, callback, ctx)) continue;
    report(call, calleeName(push), found, ctx, () => returnFix(call, callback, push, found, ctx));
  }
}

/** A function that is written in place, or that a constant of the file holds: `names.map(load)`. */
function functionAt(given: Node): FunctionNode | undefined {
  if (isFunctionNode(given)) return given;
  const declared = isIdentifier(given) ? declarationName(given)?.parent : undefined;
  if (declared && isFunctionNode(declared)) return declared;
  const made = declared && isVariableDeclaration(declared) && declared.initializer && unwrap(declared.initializer);
  return made && isFunctionNode(made) ? made : undefined;
}

/** `for (const tile of tiles) started.push(load(tile).then((image) => { images.push(image); }));`, and then `Promise.all(started)`. */
function checkStarted(call: CallExpression, ctx: Context): undefined {
  const method = unwrap(call.expression);
  const list = isPropertyAccessExpression(method) ? unwrap(method.expression) : undefined;
  const [chain] = call.arguments;
  if (!list || !isIdentifier(list) || !chain || !isCallExpression(unwrap(chain)) || !isAwaitedTogether(list)) return;
  let loop: Node | undefined = call.parent;
  while (loop && !isFunctionNode(loop) && !isForOfStatement(loop)) loop = loop.parent;
  if (!loop || !isForOfStatement(loop)) return;
  const source = loop;
  const look = (node: Node): void => {
    const inner = isCallExpression(node) && lastName(node) === 'push' ? unwrap(node.expression) : undefined;
    const holder = inner && isPropertyAccessExpression(inner) ? unwrap(inner.expression) : undefined;
    const isLate = holder !== undefined && isIdentifier(holder) && isInThen(node, chain);
    const found = isLate ? collectionOf(holder, source) : undefined;
    if (found && inner) reportAt(calleeName(node as CallExpression), source.expression, found, ctx);
    node.forEachChild(look);
  };
  look(chain);
}

/** `sources.map((source) => source.read().then((value) => found.push(value)))`. */
function checkChained(call: CallExpression, callback: FunctionNode, ctx: Context): undefined {
  const look = (node: Node): void => {
    const method = isCallExpression(node) && lastName(node) === 'push' ? unwrap(node.expression) : undefined;
    const holder = method && isPropertyAccessExpression(method) ? unwrap(method.expression) : undefined;
    const isLate = holder !== undefined && isIdentifier(holder) && isInThen(node, callback);
    const found = isLate ? collectionOf(holder, callback) : undefined;
    if (found && method) report(call, (method as Node & { readonly name: Node }).name, found, ctx);
    node.forEachChild(look);
  };
  callback.forEachChild(look);
}

/** Whether a place is in a callback of `.then` that the callback gives back. */
function isInThen(at: Node, callback: Node): boolean {
  for (let inner: Node = at; inner !== callback && inner.parent; inner = inner.parent) {
    const { parent } = wrapped(inner);
    if (isFunctionNode(inner) && isCallExpression(parent) && lastName(parent) === 'then') return true;
  }
  return false;
}

function report(
  call: CallExpression,
  at: Node,
  { name, ordered }: Pick<Collecting, 'name' | 'ordered'>,
  ctx: Context,
  fix?: () => Fix | undefined,
): void {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee)) return;
  reportAt(at, callee.expression, { name, ordered }, ctx, callee.name, fix);
}

function reportAt(
  at: Node,
  source: Node,
  { name, ordered }: Pick<Collecting, 'name' | 'ordered'>,
  ctx: Context,
  together: Node = source,
  fix?: () => Fix | undefined,
): void {
  ctx.report('pushed', at, {
    data: { array: name.text, source: nameOf(source) },
    related: [
      { file: ctx.file.path, span: spanOf(together), message: 'all callbacks run at once' },
      { file: ctx.file.path, span: spanOf(ordered), message: 'here the order shows' },
    ],
    ...(fix && { fixes: () => [fix()] }),
  });
}

/** `Promise.all(xs.map(…))`, also with a variable between the two. */
function isAllTogether(call: Node): boolean {
  const outer = wrapped(call).parent;
  if (isCallExpression(outer)) return together.test(outer.expression.getText());
  return isVariableDeclaration(outer) && isIdentifier(outer.name) && isAwaitedTogether(outer.name);
}

/** `await Promise.all(started)`. */
function isAwaitedTogether(list: Identifier): boolean {
  const name = declarationName(list);
  if (!name) return false;
  return referencesTo(name).some(
    ({ parent }) => isCallExpression(parent) && together.test(parent.expression.getText()),
  );
}

const together = /^Promise\.all(?:Settled)?$/;

function isBehindWait(written: Node, callback: FunctionNode, ctx: Context): boolean {
  const graph = ctx.flow.graphOf(callback);
  return ctx.flow.suspensionsBetween([graph.entry], graph.stepsOf(written)).length > 0;
}
