import { functionName } from '../../../facts/uses.ts';
import {
  type AwaitExpression,
  type CallExpression,
  type CatchClause,
  enclosingFunction,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isFunctionNode,
  isNewExpression,
  isReturnStatement,
  isTryStatement,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
} from '../../../typescript/ast.ts';
import { awaitIn } from './loop.ts';

/** A function that tries again by calling itself. */
export interface RetryCall {
  readonly call: CallExpression;
  /** What it tries. */
  readonly attempt: AwaitExpression;
  /** The calls behind the failure, of which one may wait. */
  readonly calls: readonly CallExpression[];
}

/** The call of the function itself that a `catch` ends with, with one try less; undefined where something in it waits. */
export function retryCall(clause: CatchClause, waitsByName: (name: string) => boolean): RetryCall | undefined {
  const fn = enclosingFunction(clause);
  const name = fn && functionName(fn)?.text;
  const last = clause.block.statements.at(-1);
  if (!name || !last || !isReturnStatement(last) || !last.expression) return undefined;
  const given = unwrap(last.expression);
  const call = isAwaitExpression(given) ? unwrap(given.expression) : given;
  if (!isCallExpression(call) || lastName(call.expression) !== name || !call.arguments.some(isCounted))
    return undefined;
  const calls: CallExpression[] = [];
  let waits = false;
  walkBody(clause.block, (node) => {
    if (isCallExpression(node) && node !== call) calls.push(node);
    waits ||= (isAwaitExpression(node) && unwrap(node.expression) !== call) || isNewExpression(node);
    return !isFunctionNode(node);
  });
  if (waits || calls.some((each) => waitsByName(lastName(each.expression) ?? ''))) return undefined;
  const { parent } = clause;
  const attempt = isTryStatement(parent) ? awaitIn(parent.tryBlock) : undefined;
  return attempt && { call, attempt, calls };
}

/** `tries - 1`, `attempt + 1`. */
function isCounted(argument: Node): boolean {
  const at = unwrap(argument);
  return (
    isBinaryExpression(at) &&
    (at.operatorToken.kind === SyntaxKind.MinusToken || at.operatorToken.kind === SyntaxKind.PlusToken) &&
    at.right.getText() === '1'
  );
}
