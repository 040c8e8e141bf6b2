import { isCallExpression, isIdentifier, type Node, unwrap } from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';

/** Whether a wait is for promises that are on their way before the first wait begins: `await Promise.all(promises)`. */
export function isStartedBefore(operand: Node, first: Node): boolean {
  const call = unwrap(operand);
  if (!isCallExpression(call) || !/^Promise\s*\.\s*(?:all|allSettled|any|race)$/.test(call.expression.getText()))
    return false;
  const list = call.arguments[0] && unwrap(call.arguments[0]);
  const declared = list && isIdentifier(list) ? declarationName(list) : undefined;
  return declared !== undefined && declared.end <= first.pos;
}
