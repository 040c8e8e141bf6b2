import {
  isAssignmentOperator,
  isBinaryExpression,
  isBlock,
  isIdentifier,
  isIfStatement,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isWithin,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { runningFunction } from '../uses.ts';

/**
 * Whether a call runs once in the life of what keeps its result: `text ??= read()`, `if (!ready) { …; ready = true; }`,
 * and `if (text) return text; text = …`. What is kept by a key, as in a map, is done once for each key, and does not
 * count. By syntax; in doubt the answer is no.
 */
export function isDoneOnce(call: Node): boolean {
  const body = runningFunction(call)?.body;
  if (!body) return false;
  for (let at = call; at !== body && at.parent; at = at.parent) {
    const { parent } = at;
    if (isBinaryExpression(parent) && parent.right === at && fillings.has(parent.operatorToken.kind)) {
      if (outlives(parent.left, body)) return true;
    }
    if (isIfStatement(parent) && parent.thenStatement === at) {
      const unset = whatIsUnset(parent.expression);
      if (unset && outlives(unset, body) && isAssigned(unset, parent.thenStatement)) return true;
    }
    if (isBlock(parent) && isFilledBelow(parent.statements, at, body)) return true;
  }
  return false;
}

const fillings = new Set([SyntaxKind.QuestionQuestionEqualsToken, SyntaxKind.BarBarEqualsToken]);

/** `if (kept) return kept;` above the statement, which or one after it fills it. */
function isFilledBelow(statements: readonly Node[], statement: Node, body: Node): boolean {
  const index = statements.indexOf(statement);
  return statements.slice(0, index).some((earlier) => {
    if (!isIfStatement(earlier) || earlier.elseStatement || !leaves(earlier.thenStatement)) return false;
    const set = whatIsSet(earlier.expression);
    return set && outlives(set, body) && statements.slice(index).some((later) => isAssigned(set, later));
  });
}

function leaves(statement: Node): boolean {
  if (isBlock(statement)) return statement.statements.length === 1 && leaves(statement.statements[0] as Node);
  return isReturnStatement(statement);
}

/** `x` of `!x`, `x === undefined` and `x == null`. */
function whatIsUnset(condition: Node): Node | undefined {
  const test = unwrap(condition);
  if (isPrefixUnaryExpression(test) && test.operator === SyntaxKind.ExclamationToken) return place(test.operand);
  if (!isBinaryExpression(test) || !equalities.has(test.operatorToken.kind)) return undefined;
  return /^(?:undefined|null)$/.test(test.right.getText()) ? place(test.left) : undefined;
}

/** `x` of `x`, `x !== undefined` and `x != null`. */
function whatIsSet(condition: Node): Node | undefined {
  const test = unwrap(condition);
  if (!isBinaryExpression(test)) return place(test);
  if (!inequalities.has(test.operatorToken.kind)) return undefined;
  return /^(?:undefined|null)$/.test(test.right.getText()) ? place(test.left) : undefined;
}

const equalities = new Set([SyntaxKind.EqualsEqualsEqualsToken, SyntaxKind.EqualsEqualsToken]);
const inequalities = new Set([SyntaxKind.ExclamationEqualsEqualsToken, SyntaxKind.ExclamationEqualsToken]);

/** A variable, or a member of `this` or of a variable. */
function place(expression: Node): Node | undefined {
  const at = unwrap(expression);
  if (isIdentifier(at)) return at;
  if (!isPropertyAccessExpression(at)) return undefined;
  return at.expression.kind === SyntaxKind.ThisKeyword || place(at.expression) ? at : undefined;
}

/** Whether the place is there after the function has run: a variable around it, or a member of such or of `this`. */
function outlives(target: Node, body: Node): boolean {
  let root = unwrap(target);
  while (isPropertyAccessExpression(root)) root = unwrap(root.expression);
  if (root.kind === SyntaxKind.ThisKeyword) return true;
  const declared = isIdentifier(root) ? declarationName(root) : undefined;
  return declared !== undefined && !isWithin(declared, body.parent);
}

function isAssigned(target: Node, within: Node): boolean {
  const text = target.getText();
  let found = false;
  walkBody(within, (node) => {
    if (isBinaryExpression(node) && isAssignmentOperator(node.operatorToken.kind))
      found ||= node.left.getText() === text;
    return !found;
  });
  return found;
}
