import {
  isAsyncFunction,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  type Node,
  unwrap,
  walkBody,
} from '../../typescript/ast.ts';
import { chainCall } from '../../typescript/promise-syntax.ts';

/**
 * What `void` in front of a promise leaves open. `task`: an async function called on the spot, whose errors are its own.
 * `halfPassed`: `promise.then(resolve)`, which passes the value on to whoever waits for another promise, and not the
 * rejection.
 */
export type Voided = 'task' | 'halfPassed';

/** By syntax alone; undefined where `void` says all there is to say. */
export function leftOpenByVoid(promise: Node): Voided | undefined {
  const call = unwrap(promise);
  if (!isCallExpression(call)) return undefined;
  const callee = unwrap(call.expression);
  if (isFunctionNode(callee)) return isAsyncFunction(callee) ? 'task' : undefined;
  const link = chainCall(call);
  const [callback, ...others] = link?.call === call && link.method === 'then' ? link.args : [];
  return callback && others.length === 0 && passesOnly(unwrap(callback)) ? 'halfPassed' : undefined;
}

/** `resolve`, `deferred.resolve`, and functions that call one of them and nothing that rejects. */
function passesOnly(callback: Node): boolean {
  if (!isFunctionNode(callback)) return isResolve(callback);
  let resolves = false;
  let rejects = false;
  if (callback.body) {
    walkBody(callback.body, (node) => {
      resolves ||= isCallExpression(node) && isResolve(unwrap(node.expression));
      rejects ||= isIdentifier(node) && /reject|error/i.test(node.text);
    });
  }
  return resolves && !rejects;
}

function isResolve(callee: Node): boolean {
  if (isIdentifier(callee)) return callee.text === 'resolve';
  if (!isPropertyAccessExpression(callee) || callee.name.text !== 'resolve') return false;
  const base = unwrap(callee.expression);
  return !isIdentifier(base) || !/^[A-Z]|path/.test(base.text);
}
