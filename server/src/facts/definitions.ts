import {
  isArrowFunction,
  isCallExpression,
  isIdentifier,
  isVariableDeclaration,
  type Node,
  NodeFlags,
  SyntaxKind,
  unwrap,
} from '../typescript/ast.ts';
import type { Oracle } from '../typescript/oracle.ts';

/** What a name was set to, where it is a constant. */
export async function constantValue(name: Node, types: Oracle): Promise<Node | undefined> {
  const [declaration, another] = await types.declarationsOf(name);
  if (!declaration || another || !isVariableDeclaration(declaration) || !isIdentifier(declaration.name))
    return undefined;
  return (declaration.parent.flags & NodeFlags.Const) !== 0 ? declaration.initializer : undefined;
}

/** Whether an expression may be a promise. A call of type void may: an async function is a fine `() => void`. */
export async function mayBePromise(expression: Node, types: Oracle): Promise<boolean> {
  if ((await types.thenability(expression)).extent !== 'none') return true;
  return isCallExpression(unwrap(expression)) && (await types.typeOf(expression)).isVoid;
}

/** Values that are plainly no promises. */
export function isPlain(value: Node): boolean {
  switch (value.kind) {
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NumericLiteral:
    case SyntaxKind.TrueKeyword:
    case SyntaxKind.FalseKeyword:
    case SyntaxKind.NullKeyword:
    case SyntaxKind.ObjectLiteralExpression:
    case SyntaxKind.ArrayLiteralExpression:
    case SyntaxKind.TemplateExpression:
      return true;
    default:
      return isArrowFunction(value);
  }
}
