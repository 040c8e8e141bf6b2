/** Numbers that are compared with a limit and changed by steps: what is left of a balance, how many are under way. */
import type { Step } from '../../flow/graph.ts';
import {
  isBinaryExpression,
  isPrefixUnaryExpression,
  isWithin,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import type { Access } from './accesses.ts';

/** `count++`, `left -= amount`: a number that goes up or down by a step. */
export function isStepOf({ access, how, node }: Access): boolean {
  if (access !== 'write') return false;
  return how === 'count' || (how === 'compound' && directionOf(node) !== undefined);
}

/**
 * Whether the side of a decision on which a number is changed holds only up to a limit, towards which the change goes:
 * `if (balance < amount) throw …; balance -= amount`.
 */
export function isLimited(check: Access, own: Access, write: Access, { node }: Step, side: string): boolean {
  const direction = directionOf(write.node);
  if (!direction || check.place.key !== own.place.key) return false;
  return boundOf(unwrap(node), check.node, side !== 'false' && side !== 'nullish') === direction;
}

/** `up` where a number may only be so large for the condition to come out like this, `down` where it may only be so small. */
function boundOf(condition: Node, read: Node, outcome: boolean): 'up' | 'down' | undefined {
  if (isPrefixUnaryExpression(condition) && condition.operator === SyntaxKind.ExclamationToken)
    return boundOf(unwrap(condition.operand), read, !outcome);
  // `if (left) left--`: there is something left.
  if (condition === read) return outcome ? 'down' : undefined;
  if (!isBinaryExpression(condition)) return undefined;
  const isLeft = isWithin(read, condition.left);
  switch (condition.operatorToken.kind) {
    case SyntaxKind.LessThanToken:
    case SyntaxKind.LessThanEqualsToken:
      return isLeft === outcome ? 'up' : 'down';
    case SyntaxKind.GreaterThanToken:
    case SyntaxKind.GreaterThanEqualsToken:
      return isLeft === outcome ? 'down' : 'up';
    case SyntaxKind.EqualsEqualsEqualsToken:
    case SyntaxKind.EqualsEqualsToken:
      // `if (left === 0) throw …; left--`
      return outcome ? undefined : limitedByEnd(condition.right);
    default:
      return undefined;
  }
}

function limitedByEnd(limit: Node): 'up' | 'down' {
  return unwrap(limit).getText() === '0' ? 'down' : 'up';
}

function directionOf(target: Node): 'up' | 'down' | undefined {
  const { parent } = wrapped(target);
  if (isBinaryExpression(parent)) {
    if (parent.operatorToken.kind === SyntaxKind.PlusEqualsToken) return 'up';
    return parent.operatorToken.kind === SyntaxKind.MinusEqualsToken ? 'down' : undefined;
  }
  const { operator } = parent as Node & { readonly operator?: SyntaxKind };
  if (operator === SyntaxKind.PlusPlusToken) return 'up';
  return operator === SyntaxKind.MinusMinusToken ? 'down' : undefined;
}
