import { cancellationKnowledge as known } from '../../knowledge/cancellation.ts';
import {
  type FunctionNode,
  isArrayLiteralExpression,
  isArrowFunction,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isNewExpression,
  isReturnStatement,
  isVariableDeclaration,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { chainCall, chainEnd } from '../../typescript/promise-syntax.ts';
import { referencesTo } from '../../typescript/references.ts';
import { runsItsArgumentNow } from '../uses.ts';

/**
 * Whether a nested function runs only while the function around it does, so that a signal of that one is its own too:
 * it is called where it stands, given to something that is waited for, or a local function that is used so. What is
 * registered, returned or stored may run after the work that the signal was for.
 */
export function sharesLifetime(fn: FunctionNode): boolean {
  if (isArrowFunction(fn) || isFunctionExpression(fn)) {
    const at = wrapped(fn);
    const { parent } = at;
    if (isVariableDeclaration(parent) && isIdentifier(parent.name)) return areAllWaitedFor(referencesTo(parent.name));
    return isWaitedFor(at);
  }
  if (!isFunctionDeclaration(fn) || !fn.name) return false;
  return areAllWaitedFor(referencesTo(fn.name));
}

function areAllWaitedFor(uses: readonly Node[]): boolean {
  return uses.length > 0 && uses.every((use) => isWaitedFor(wrapped(use)));
}

/** Whether a function at a place is called there, or given to a call that is waited for. */
function isWaitedFor(at: Node): boolean {
  const { parent } = at;
  if (isNewExpression(parent)) return lastName(parent.expression) === 'Promise' && parent.arguments?.[0] === at;
  if (!isCallExpression(parent)) return false;
  if (parent.expression === at || runsItsArgumentNow(parent)) return true;
  if (chainCall(parent)?.call === parent) return true;
  return !known.registers(lastName(parent.expression) ?? '') && isAwaited(parent);
}

/** Whether the value of a call is awaited, returned, iterated or combined with others that are. */
export function isAwaited(call: Node): boolean {
  const at = chainEnd(call);
  const { parent } = at;
  if (isAwaitExpression(parent) || isReturnStatement(parent) || parent.kind === SyntaxKind.YieldExpression) return true;
  if (isArrowFunction(parent)) return parent.body === at;
  if (parent.kind === SyntaxKind.ForOfStatement) return true;
  if (isConditionalExpression(parent) || isBinaryExpression(parent)) return isAwaited(parent);
  if (isArrayLiteralExpression(parent)) return isAwaited(parent);
  if (isCallExpression(parent) && parent.expression !== at)
    return /^Promise\./.test(unwrap(parent.expression).getText());
  return false;
}
