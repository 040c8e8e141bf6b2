import { isCallbackName } from '../../../knowledge/mixed-styles.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isArrowFunction,
  isBlock,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isParameterDeclaration,
  isWithin,
  type Node,
  unwrap,
  walkBody,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { type ChainCall, isNothing } from '../../../typescript/promise-syntax.ts';

/** A callback of the function around that is called when a promise has been fulfilled, as `callback(null, value)`. */
export interface CalledInThen {
  readonly call: CallExpression;
  readonly callee: Node;
}

/**
 * The first such call in the first handler of `.then`. `.then(f, g)` passes each outcome on once, and a function that
 * does nothing else than that adapts one style to the other.
 */
export function calledInThen({ receiver, method, args, call }: ChainCall): CalledInThen | undefined {
  const handler = args[0] && unwrap(args[0]);
  // `Promise.resolve().then(() => callback())` only calls back a little later.
  if (/^Promise\s*\.resolve\(\)$/.test(receiver.getText())) return undefined;
  if (method !== 'then' || args.length !== 1 || !handler || !isFunctionNode(handler) || !handler.body) return undefined;
  let found: CalledInThen | undefined;
  const look = (node: Node): boolean => {
    if (found || (isFunctionNode(node) && node !== handler)) return false;
    if (isCallExpression(node) && isCallbackOfCaller(node, handler)) found = { call: node, callee: node.expression };
    return !found;
  };
  walkBody(handler.body, look);
  return found && !isAdapter(handler, found.call, call) ? found : undefined;
}

/** `callback()`, `callback(null, …)` and `callback(undefined, …)` of a callback that a function around was given. */
function isCallbackOfCaller({ expression, arguments: args }: CallExpression, handler: FunctionNode): boolean {
  const callee = unwrap(expression);
  if (!isIdentifier(callee) || !isCallbackName(callee.text)) return false;
  const [first] = args;
  if (first && !isNothing(unwrap(first))) return false;
  const declared = declarationName(callee);
  return declared !== undefined && isParameterDeclaration(declared.parent) && !isWithin(declared, handler);
}

/** A function that only starts the work, and a handler that only calls back. */
function isAdapter(handler: FunctionNode, call: CallExpression, chain: Node): boolean {
  if (!isOnly(handler, call)) return false;
  const fn = enclosingFunction(chain);
  if (!fn?.body) return false;
  if (!isBlock(fn.body)) return true;
  return fn.body.statements.length === 1;
}

function isOnly(fn: FunctionNode, call: Node): boolean {
  if (isArrowFunction(fn) && !isBlock(fn.body)) return unwrap(fn.body) === call;
  const { statements = [] } = (fn.body ?? {}) as { readonly statements?: readonly Node[] };
  const [only, ...others] = statements;
  return only !== undefined && others.length === 0 && isWithin(call, only);
}
