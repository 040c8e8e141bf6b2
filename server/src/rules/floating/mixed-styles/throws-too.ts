import { returnedExpressions } from '../../../facts/promises/outcome.ts';
import {
  type FunctionNode,
  isArrowFunction,
  isConstructorDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isNewExpression,
  isPropertyDeclaration,
  isThrowStatement,
  isTryStatement,
  isVariableDeclaration,
  type Node,
  type ThrowStatement,
  unwrap,
  walkBody,
  wrapped,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';

/** Types of errors that say that the program is wrong, and that nobody handles. */
const mistakes = /^(?:AssertionError|Invariant\w*|NotImplemented\w*)$/;

/**
 * Undefined where syntax alone says that a `throw` is fine; else a question whose answer is the function's name if
 * everything that the function returns is a promise.
 */
export function givesPromiseToo(
  fn: FunctionNode,
  statement: ThrowStatement,
): ((ctx: RuleContext) => Promise<string | undefined>) | undefined {
  const name = nameOf(fn);
  if (name === undefined || isConstructorDeclaration(fn) || firstThrow(fn) !== statement) return undefined;
  const returned = returnedExpressions(fn);
  if (returned.length === 0) return undefined;
  return async ({ types }) => {
    const answers = await Promise.all(returned.map((value) => types.thenability(value)));
    if (!answers.every(({ extent, isPromise }) => extent === 'all' && isPromise)) return undefined;
    return name;
  };
}

/** The first `throw` that leaves a function and that tells of a failure: one finding a function is enough. */
function firstThrow(fn: FunctionNode): Node | undefined {
  let first: Node | undefined;
  if (fn.body)
    walkBody(fn.body, (node) => {
      if (!first && isThrowStatement(node) && !isCovered(node, fn) && !isMistake(node)) first = node;
      return !first;
    });
  return first;
}

function isMistake({ expression }: ThrowStatement): boolean {
  const thrown = unwrap(expression);
  return isNewExpression(thrown) && mistakes.test(thrown.expression.getText());
}

/** Whether a `try` with a `catch` stands around it in the function. */
function isCovered(statement: Node, fn: FunctionNode): boolean {
  let inner = statement;
  for (let at = statement.parent; at && at !== fn; at = at.parent) {
    if (isTryStatement(at) && at.catchClause && at.tryBlock === inner) return true;
    inner = at;
  }
  return false;
}

/** Functions that others call by a name. */
function nameOf(fn: FunctionNode): string | undefined {
  if (isFunctionDeclaration(fn) || isMethodDeclaration(fn)) return fn.name?.getText();
  if (!isArrowFunction(fn) && !isFunctionExpression(fn)) return undefined;
  const owner = wrapped(fn).parent;
  const named = isVariableDeclaration(owner) || isPropertyDeclaration(owner) ? owner.name : undefined;
  return named && isIdentifier(named) ? named.text : undefined;
}
