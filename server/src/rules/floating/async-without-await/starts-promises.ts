import {
  type CallExpression,
  type FunctionNode,
  isArrowFunction,
  isAsyncFunction,
  isBlock,
  isCallExpression,
  isFunctionNode,
  isVoidExpression,
  lastName,
  type Node,
  unwrap,
  walkBody,
  wrapped,
} from '../../../typescript/ast.ts';
import { handlesRejection, nextLink } from '../../../typescript/promise-syntax.ts';
import type { RuleContext } from '../../define.ts';

/**
 * Whether a function starts a promise, or a list of them, that it neither marks with `void` nor handles: then the mistake
 * is the missing `await`, of which other rules speak.
 */
export async function startsPromises({ body }: FunctionNode, ctx: RuleContext): Promise<boolean> {
  const started: Node[] = [];
  let isAsyncIteration = false;
  if (!body) return false;
  walkBody(body, (node) => {
    if (isFunctionNode(node)) return false;
    if (!isCallExpression(node) || isOwned(node)) return true;
    started.push(node);
    const callback = iterating.has(lastName(node.expression) ?? '') ? node.arguments[0] : undefined;
    const fn = callback && unwrap(callback);
    if (fn && isFunctionNode(fn)) {
      if (isAsyncFunction(fn)) isAsyncIteration = true;
      else if (isArrowFunction(fn) && !isBlock(fn.body)) started.push(fn.body);
    }
    return true;
  });
  if (isAsyncIteration) return true;
  const answers = await Promise.all(started.map((node) => givesPromise(node, ctx)));
  return answers.includes(true);
}

async function givesPromise(node: Node, { types, facts }: RuleContext): Promise<boolean> {
  const { extent, isPromise } = await types.thenability(node);
  if (extent === 'all') return isPromise;
  const call = unwrap(node);
  return extent === 'unknown' && isCallExpression(call) && (await facts.outcomeOf(call)) === 'promise';
}

/** `void load()` and `load().catch(report)`. */
function isOwned(call: CallExpression): boolean {
  if (isVoidExpression(wrapped(call).parent)) return true;
  for (let link = nextLink(call); link; link = nextLink(link.call)) {
    if (handlesRejection(link) || isVoidExpression(wrapped(link.call).parent)) return true;
  }
  return false;
}

const iterating: ReadonlySet<string> = new Set([
  'every',
  'filter',
  'find',
  'findIndex',
  'flatMap',
  'forEach',
  'map',
  'reduce',
  'some',
  'sort',
]);
