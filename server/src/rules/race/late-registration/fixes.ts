import { movedBefore } from '../../../engine/moving-fixes.ts';
import type { Fix } from '../../../model/finding.ts';
import { isAwaitExpression, isExpressionStatement, isVariableStatement, type Node } from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';

/** Moves the statement that registers in front of the one that waits, if it needs nothing from between the two. */
export function registerFirst(step: Node, wait: Node, ctx: RuleContext): Fix | undefined {
  let statement = step;
  while (statement.parent && !isExpressionStatement(statement)) {
    if (isVariableStatement(statement)) return undefined;
    statement = statement.parent;
  }
  // A wait for the event would come first as well.
  const isMovable = isExpressionStatement(statement) && !isAwaitExpression(statement.expression);
  const edits = isMovable ? movedBefore(statement, wait, ctx) : undefined;
  return edits && ctx.fix.choice('Register it before the wait', edits);
}
