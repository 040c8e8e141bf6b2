import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isArrowFunction,
  isAsyncFunction,
  isCallExpression,
  isFunctionNode,
  isGenerator,
  isIdentifier,
  isPropertyAccessExpression,
  isReturnStatement,
  isTryStatement,
  type Node,
  type ReturnStatement,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { chainCall } from '../../../typescript/promise-syntax.ts';

/** `return Promise.resolve(x)` where a returned value becomes a promise anyway, and `return Promise.reject(e)` where `throw` does. */
export interface WrappedValue {
  readonly method: 'resolve' | 'reject';
  /** The name `resolve` or `reject` itself. */
  readonly name: Node;
  readonly value: Node | undefined;
  /** The statement that returns it; undefined for an arrow function without a block. */
  readonly statement: ReturnStatement | undefined;
  /** The promise whose callback this is; undefined in an async function. */
  readonly receiver: Node | undefined;
}

export function wrappedValue(call: CallExpression): WrappedValue | undefined {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee) || !isIdentifier(callee.expression)) return undefined;
  const method = callee.name.text;
  if (callee.expression.text !== 'Promise' || (method !== 'resolve' && method !== 'reject')) return undefined;
  const [value, ...others] = call.arguments;
  // A type argument says what the value is; without it the code may not compile.
  if (others.length > 0 || call.typeArguments) return undefined;
  const at = wrapped(call);
  const owner = at.parent;
  const fn = enclosingFunction(call);
  if (!fn || isGenerator(fn)) return undefined;
  const statement = isReturnStatement(owner) ? owner : undefined;
  if (!statement && !(isArrowFunction(owner) && owner.body === at)) return undefined;
  // `async () => Promise.resolve()` lets a few turns pass, and an expression cannot throw.
  if (!statement && (!value || method === 'reject')) return undefined;
  // A `throw` would come to the `catch` of this function, which the rejection passes by.
  if (method === 'reject' && isInTry(call, fn)) return undefined;
  if (isAsyncFunction(fn)) return { method, name: callee.name, value, statement, receiver: undefined };
  const receiver = fn.type ? undefined : receiverOf(fn);
  return receiver && { method, name: callee.name, value, statement, receiver };
}

/** `p` of `p.then(fn)` and `p.catch(fn)`. */
function receiverOf(fn: FunctionNode): Node | undefined {
  const at = wrapped(fn);
  const link = isCallExpression(at.parent) ? chainCall(at.parent) : undefined;
  return link && link.method !== 'finally' && link.args.includes(at) ? link.receiver : undefined;
}

function isInTry(node: Node, fn: FunctionNode): boolean {
  for (let at = node.parent; at && at !== fn && !isFunctionNode(at); at = at.parent)
    if (isTryStatement(at)) return true;
  return false;
}
