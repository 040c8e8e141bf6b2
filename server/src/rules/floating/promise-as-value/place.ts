import {
  type CallExpression,
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isDoStatement,
  isElementAccessExpression,
  isForInStatement,
  isForOfStatement,
  isForStatement,
  isIdentifier,
  isIfStatement,
  isNewExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
  isSwitchStatement,
  isTaggedTemplateExpression,
  isTemplateSpan,
  isVariableDeclaration,
  isWhileStatement,
  type NewExpression,
  type Node,
  SyntaxKind,
  wrapped,
} from '../../../typescript/ast.ts';

/** What the place of an expression does with its value, as far as syntax tells. */
export type Place =
  | { readonly kind: 'condition' | 'arithmetic' | 'text' | 'spread' | 'iteration' | 'key' | 'switch' | 'pattern' }
  /** Compared with `other`. */
  | { readonly kind: 'comparison'; readonly other: Node; readonly isOrder: boolean }
  /** Added to `other`: a sum or a text. */
  | { readonly kind: 'sum'; readonly other: Node }
  /** The object of `'name' in object`. */
  | { readonly kind: 'object'; readonly key: Node }
  | { readonly kind: 'member'; readonly name: string | undefined }
  | { readonly kind: 'argument'; readonly call: CallExpression | NewExpression; readonly index: number }
  | { readonly kind: 'property'; readonly property: Node; readonly value: Node }
  | { readonly kind: 'element'; readonly list: Node }
  /** Stored in a variable or a member: `target = value`. */
  | { readonly kind: 'assigned'; readonly target: Node; readonly value: Node }
  /** Written over: the left side of an assignment. */
  | { readonly kind: 'target' }
  /** Looked at without harm: `typeof p`, `p == null`, `p;`. */
  | { readonly kind: 'neutral' }
  /** Awaited, returned, given on: whoever gets it may wait for it. */
  | { readonly kind: 'consumed' };

/** The place of an expression. It looks through parentheses, the branches of conditions, and what `||`, `??` and commas pass on. */
export function placeOf(expression: Node): Place {
  let at = wrapped(expression);
  /** In `(ok && load()) || fallback` the promise is an outcome, and `||` only chooses. */
  let isOutcome = false;
  for (;;) {
    const parent = at.parent;
    if (isConditionalExpression(parent)) {
      if (parent.condition === at) return { kind: 'condition' };
    } else if (isBinaryExpression(parent) && passesOn(parent.operatorToken.kind)) {
      const operator = parent.operatorToken.kind;
      if (operator === SyntaxKind.CommaToken && parent.left === at) return { kind: 'neutral' };
      const isTested = operator === SyntaxKind.BarBarToken || operator === SyntaxKind.AmpersandAmpersandToken;
      if (isTested && parent.left === at && !isOutcome) return { kind: 'condition' };
      isOutcome ||= isTested && parent.right === at;
    } else {
      return directPlace(at, parent);
    }
    at = wrapped(parent);
  }
}

function passesOn(operator: SyntaxKind): boolean {
  switch (operator) {
    case SyntaxKind.BarBarToken:
    case SyntaxKind.AmpersandAmpersandToken:
    case SyntaxKind.QuestionQuestionToken:
    case SyntaxKind.CommaToken:
      return true;
    default:
      return false;
  }
}

function directPlace(at: Node, parent: Node): Place {
  if (isIfStatement(parent) || isWhileStatement(parent) || isDoStatement(parent))
    return { kind: parent.expression === at ? 'condition' : 'neutral' };
  if (isForStatement(parent)) return { kind: parent.condition === at ? 'condition' : 'neutral' };
  if (isPrefixUnaryExpression(parent)) return { kind: unaryPlace(parent.operator) };
  if (isBinaryExpression(parent)) return operandPlace(at, parent.left, parent.operatorToken.kind, parent.right);
  if (isTemplateSpan(parent)) return { kind: isTaggedTemplateExpression(parent.parent.parent) ? 'consumed' : 'text' };
  if (isSpreadAssignment(parent) || isSpreadElement(parent)) return { kind: 'spread' };
  if (isSwitchStatement(parent)) return { kind: 'switch' };
  if (isForInStatement(parent)) return { kind: parent.expression === at ? 'iteration' : 'target' };
  if (isForOfStatement(parent))
    return parent.expression !== at ? { kind: 'target' } : { kind: parent.awaitModifier ? 'consumed' : 'iteration' };
  if (isElementAccessExpression(parent))
    return parent.expression === at ? { kind: 'member', name: undefined } : { kind: 'key' };
  if (isPropertyAccessExpression(parent)) return { kind: 'member', name: parent.name.text };
  if (parent.kind === SyntaxKind.ComputedPropertyName) return { kind: 'key' };
  if (isCallExpression(parent) || isNewExpression(parent)) {
    const index = parent.arguments?.indexOf(at as never) ?? -1;
    return index < 0 ? { kind: 'neutral' } : { kind: 'argument', call: parent, index };
  }
  if (isPropertyAssignment(parent)) return { kind: 'property', property: parent, value: at };
  if (isShorthandPropertyAssignment(parent)) return { kind: 'property', property: parent, value: at };
  if (isArrayLiteralExpression(parent)) return { kind: 'element', list: parent };
  if (isVariableDeclaration(parent))
    return isIdentifier(parent.name) ? { kind: 'assigned', target: parent.name, value: at } : { kind: 'pattern' };
  switch (parent.kind) {
    case SyntaxKind.TypeOfExpression:
    case SyntaxKind.DeleteExpression:
    case SyntaxKind.ExpressionStatement:
      return { kind: 'neutral' };
    default:
      return { kind: 'consumed' };
  }
}

function unaryPlace(operator: SyntaxKind): 'condition' | 'neutral' | 'arithmetic' {
  if (operator === SyntaxKind.ExclamationToken) return 'condition';
  // Nobody calculates with `~` on a promise; as a marker it does no harm.
  return operator === SyntaxKind.TildeToken ? 'neutral' : 'arithmetic';
}

function operandPlace(at: Node, left: Node, operator: SyntaxKind, right: Node): Place {
  const other = at === left ? right : left;
  switch (operator) {
    case SyntaxKind.EqualsToken:
      if (at === right) return isPattern(left) ? { kind: 'pattern' } : { kind: 'assigned', target: left, value: right };
      return { kind: 'target' };
    case SyntaxKind.BarBarEqualsToken:
    case SyntaxKind.AmpersandAmpersandEqualsToken:
    case SyntaxKind.QuestionQuestionEqualsToken:
      return at === right ? { kind: 'assigned', target: left, value: right } : { kind: 'neutral' };
    case SyntaxKind.EqualsEqualsToken:
    case SyntaxKind.EqualsEqualsEqualsToken:
    case SyntaxKind.ExclamationEqualsToken:
    case SyntaxKind.ExclamationEqualsEqualsToken:
      return isNothing(other) ? { kind: 'neutral' } : { kind: 'comparison', other, isOrder: false };
    case SyntaxKind.LessThanToken:
    case SyntaxKind.GreaterThanToken:
    case SyntaxKind.LessThanEqualsToken:
    case SyntaxKind.GreaterThanEqualsToken:
      return { kind: 'comparison', other, isOrder: true };
    case SyntaxKind.PlusToken:
    case SyntaxKind.PlusEqualsToken:
      return { kind: 'sum', other };
    case SyntaxKind.InKeyword:
      return at === right ? { kind: 'object', key: left } : { kind: 'key' };
    case SyntaxKind.InstanceOfKeyword:
      return { kind: 'neutral' };
    default:
      return { kind: 'arithmetic' };
  }
}

function isPattern(node: Node): boolean {
  return node.kind === SyntaxKind.ObjectLiteralExpression || node.kind === SyntaxKind.ArrayLiteralExpression;
}

function isNothing(node: Node): boolean {
  return (
    node.kind === SyntaxKind.NullKeyword ||
    node.kind === SyntaxKind.VoidExpression ||
    (isIdentifier(node) && node.text === 'undefined')
  );
}

/** The expressions whose value may come out of an expression and could be promises; literals and the like are left out. */
export function leavesOf(expression: Node): readonly Node[] {
  const at = expression;
  switch (at.kind) {
    case SyntaxKind.ParenthesizedExpression:
    case SyntaxKind.NonNullExpression:
    case SyntaxKind.SatisfiesExpression:
      return leavesOf((at as Node & { readonly expression: Node }).expression);
    case SyntaxKind.CallExpression:
    case SyntaxKind.NewExpression:
    case SyntaxKind.Identifier:
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.ElementAccessExpression:
    case SyntaxKind.TaggedTemplateExpression:
    case SyntaxKind.AsExpression:
      return [at];
  }
  if (isConditionalExpression(at)) return [...leavesOf(at.whenTrue), ...leavesOf(at.whenFalse)];
  if (isBinaryExpression(at) && passesOn(at.operatorToken.kind)) {
    const isComma = at.operatorToken.kind === SyntaxKind.CommaToken;
    // What stands left of `&&` and `||` is a condition, which is looked at for itself.
    const isFallback = at.operatorToken.kind === SyntaxKind.QuestionQuestionToken;
    return isComma || !isFallback ? leavesOf(at.right) : [...leavesOf(at.left), ...leavesOf(at.right)];
  }
  return [];
}
