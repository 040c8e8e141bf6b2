/** Conditions that refuse to go on where something is wrong, and keep no second call out. By syntax alone. */
import type { EdgeKind } from '../../flow/graph.ts';
import {
  isIdentifier,
  isIfStatement,
  isPropertyAccessExpression,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';

/**
 * `if (result) throw new Error('This should only be called once')`: what the program relies on, and not a way that calls
 * take. `if (!id) throw …; … id = next;` asks for something that is there, and so keeps nobody out who comes later either.
 */
export function isAssertion(condition: Node, side: EdgeKind): boolean {
  const statement = wrapped(condition).parent;
  if (isIfStatement(statement)) return assertion.test(statement.thenStatement.getText());
  return side === 'true' && isPlainName(unwrap(condition)) && isRefusalOf(statement);
}

/** Whether a value is looked at as a whole, by its name. */
function isPlainName(condition: Node): boolean {
  return isIdentifier(condition) || isPropertyAccessExpression(condition);
}

/** `!id` as the condition of a `throw`. */
function isRefusalOf(negation: Node): boolean {
  const statement = negation.kind === SyntaxKind.PrefixUnaryExpression ? wrapped(negation).parent : negation;
  return isIfStatement(statement) && /^\{?\s*throw\b/.test(statement.thenStatement.getText());
}

const assertion = /^\{?\s*throw\b[^;]*\b(?:should (?:only|never|not)|must only|bug|invariant)\b/i;
