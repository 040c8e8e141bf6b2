import {
  isAwaitExpression,
  isBinaryExpression,
  isFunctionNode,
  type Node,
  SyntaxKind,
  wrapped,
} from '../../typescript/ast.ts';

/** `this.x ?? (await load())`: where there is something, nothing is waited for. */
export function isFallenBackFrom(read: Node): boolean {
  const at = wrapped(read);
  const { parent } = at;
  if (!isBinaryExpression(parent) || parent.left !== at) return false;
  const { kind } = parent.operatorToken;
  const isFallback = kind === SyntaxKind.QuestionQuestionToken || kind === SyntaxKind.BarBarToken;
  return isFallback && holdsAwait(parent.right);
}

/** Whether an expression waits, nested functions aside. */
export function holdsAwait(value: Node | undefined): boolean {
  if (!value) return false;
  let found = false;
  const look = (node: Node): void => {
    found ||= isAwaitExpression(node);
    if (!found) node.forEachChild((child) => void (!isFunctionNode(child) && look(child)));
  };
  look(value);
  return found;
}
