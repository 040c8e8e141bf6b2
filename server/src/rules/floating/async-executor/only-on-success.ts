import { usesOf } from '../../../flow/settlement.ts';
import {
  type FunctionNode,
  isBinaryExpression,
  isBlock,
  isExpressionStatement,
  isIfStatement,
  isPrefixUnaryExpression,
  isWithin,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import { isNothing } from '../../../typescript/promise-syntax.ts';

/** The condition in `if (!error) resolve(data);` or `!error && resolve(data)`, where nothing else is done with the error or the promise. */
export function onlyOnSuccess(fn: FunctionNode, error: string, names: ReadonlySet<string>): Node | undefined {
  const uses = usesOf(names, fn);
  const mentions = usesOf(new Set([error]), fn);
  const statements = fn.body && isBlock(fn.body) ? fn.body.statements : [];
  for (const statement of statements) {
    const guarded = guardOf(statement);
    if (!guarded || negated(guarded.condition) !== error) continue;
    const isAll = uses.length > 0 && uses.every((use) => isWithin(use, guarded.branch));
    return isAll && mentions.every((name) => isWithin(name, guarded.condition)) ? guarded.condition : undefined;
  }
  return undefined;
}

/** `if (a) b` without `else`, and `a && b`. */
function guardOf(statement: Node): { readonly condition: Node; readonly branch: Node } | undefined {
  if (isIfStatement(statement))
    return statement.elseStatement ? undefined : { condition: statement.expression, branch: statement.thenStatement };
  const both = isExpressionStatement(statement) ? unwrap(statement.expression) : statement;
  return isBinaryExpression(both) && both.operatorToken.kind === SyntaxKind.AmpersandAmpersandToken
    ? { condition: both.left, branch: both.right }
    : undefined;
}

/** `error` in `!error`, `error == null` and `error === undefined`. */
function negated(condition: Node): string | undefined {
  const at = unwrap(condition);
  if (isPrefixUnaryExpression(at) && at.operator === SyntaxKind.ExclamationToken) return at.operand.getText();
  if (!isBinaryExpression(at) || !isNothing(unwrap(at.right))) return undefined;
  const isEqual = /^==/.test(at.operatorToken.getText());
  return isEqual ? at.left.getText() : undefined;
}
