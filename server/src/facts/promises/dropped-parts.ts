import {
  type CallExpression,
  isBinaryExpression,
  isConditionalExpression,
  isNonNullExpression,
  isParenthesizedExpression,
  isVoidExpression,
  type Node,
  SyntaxKind,
} from '../../typescript/ast.ts';

/** One of the values that an expression throws away. */
export interface Part {
  readonly node: Node;
  readonly isTested: boolean;
  readonly isVoided: boolean;
  /** Whether it stands alone on the left of `&&` or `||`. */
  readonly isCondition: boolean;
}

/** Opens commas, logical operators and ternaries: each of their values is dropped on its own. */
export function partsOf(expression: Node, allowVoid: boolean): readonly Part[] {
  const parts: Part[] = [];
  const open = (node: Node, isTested: boolean, isVoided: boolean, isCondition = false): void => {
    if (isParenthesizedExpression(node) || isNonNullExpression(node))
      return open(node.expression, isTested, isVoided, isCondition);
    if (isVoidExpression(node)) return open(node.expression, isTested, allowVoid);
    if (isConditionalExpression(node)) {
      open(node.whenTrue, isTested, isVoided);
      return open(node.whenFalse, isTested, isVoided);
    }
    if (isBinaryExpression(node)) {
      switch (node.operatorToken.kind) {
        case SyntaxKind.CommaToken:
          open(node.left, false, isVoided);
          return open(node.right, isTested, isVoided);
        case SyntaxKind.AmpersandAmpersandToken:
        case SyntaxKind.BarBarToken:
        case SyntaxKind.QuestionQuestionToken:
          open(node.left, true, isVoided, node.operatorToken.kind !== SyntaxKind.QuestionQuestionToken);
          return open(node.right, isTested, isVoided);
        default:
          return; // Assignments keep the promise, other operators make no promise.
      }
    }
    if (canBePromise(node)) parts.push({ node, isTested, isVoided, isCondition });
  };
  open(expression, false, false);
  return parts;
}

function canBePromise(node: Node): boolean {
  switch (node.kind) {
    case SyntaxKind.CallExpression:
      return (node as CallExpression).expression.kind !== SyntaxKind.SuperKeyword;
    case SyntaxKind.ArrayLiteralExpression:
    case SyntaxKind.AsExpression:
    case SyntaxKind.AwaitExpression:
    case SyntaxKind.ElementAccessExpression:
    case SyntaxKind.Identifier:
    case SyntaxKind.NewExpression:
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.SatisfiesExpression:
    case SyntaxKind.TaggedTemplateExpression:
    case SyntaxKind.TypeAssertionExpression:
    case SyntaxKind.YieldExpression:
      return true;
    default:
      return false;
  }
}
