import {
  type CatchClause,
  isAwaitExpression,
  isFunctionNode,
  isReturnStatement,
  isThrowStatement,
  type Node,
  walkBody,
} from '../../../typescript/ast.ts';

/**
 * `catch (error) { if (await repaired()) return; throw error; }`: the error is thrown again, unless a wait in the block has
 * found out that the work is done.
 */
export function throwsUnlessRepaired({ block, variableDeclaration }: CatchClause): boolean {
  const last = block.statements.at(-1);
  const name = variableDeclaration?.name.getText();
  if (!last || !isThrowStatement(last) || name === undefined || last.expression?.getText() !== name) return false;
  const waits: Node[] = [];
  const returns: Node[] = [];
  walkBody(block, (node) => {
    if (isFunctionNode(node)) return false;
    if (isAwaitExpression(node)) waits.push(node);
    if (isReturnStatement(node)) returns.push(node);
    return true;
  });
  return returns.every((way) => waits.some((wait) => wait.end <= way.pos));
}
