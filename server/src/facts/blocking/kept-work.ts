import {
  isAssignmentOperator,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isIfStatement,
  isReturnStatement,
  isWithin,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { runningFunction } from '../uses.ts';

/**
 * Whether every run of a function comes to a call in it, and keeps nothing for the next run: what is read once and kept is
 * no burden. By syntax, and in doubt the answer is no.
 */
export function isDoneEachTime(call: Node): boolean {
  const body = runningFunction(call)?.body;
  return body !== undefined && isUnconditional(call, body) && !keepsSomething(body);
}

function isUnconditional(call: Node, body: Node): boolean {
  for (let at = call; at !== body; at = at.parent) {
    const { parent } = at;
    if (isIfStatement(parent) && parent.expression !== at) return false;
    if (isConditionalExpression(parent) && parent.condition !== at) return false;
    if (isBinaryExpression(parent) && parent.right === at && shortCircuits.has(parent.operatorToken.kind)) return false;
    if (parent.kind === SyntaxKind.CaseClause || parent.kind === SyntaxKind.CatchClause) return false;
  }
  let leavesBefore = false;
  walkBody(body, (node) => {
    leavesBefore ||= isReturnStatement(node) && node.end <= call.pos;
    return !leavesBefore;
  });
  return !leavesBefore;
}

const shortCircuits = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.AmpersandAmpersandEqualsToken,
  SyntaxKind.BarBarEqualsToken,
  SyntaxKind.QuestionQuestionEqualsToken,
]);

/** Whether a function writes to what outlives it: a member, an outer variable, an entry of a map. */
function keepsSomething(body: Node): boolean {
  let found = false;
  walkBody(body, (node) => {
    if (isCallExpression(node)) found ||= keeping.has(lastName(node.expression) ?? '');
    if (isBinaryExpression(node) && isAssignmentOperator(node.operatorToken.kind))
      found ||= !isLocal(unwrap(node.left), body);
    return !found;
  });
  return found;
}

const keeping = new Set(['set', 'add']);

function isLocal(target: Node, body: Node): boolean {
  const declared = isIdentifier(target) ? declarationName(target) : undefined;
  return declared !== undefined && isWithin(declared, body);
}
