import {
  type FunctionNode,
  isArrowFunction,
  isFunctionExpression,
  isFunctionNode,
  isPropertyAssignment,
  isPropertyDeclaration,
  isVariableDeclaration,
  type Node,
  unwrap,
} from './ast.ts';

/** The functions with a body that some declarations make, where it is the project's own. */
export function declaredFunctions(declarations: readonly Node[]): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  for (const declaration of declarations) {
    const fn = functionOfDeclaration(declaration);
    if (fn?.body && !declaration.getSourceFile().isDeclarationFile) found.push(fn);
  }
  return found;
}

function functionOfDeclaration(declaration: Node): FunctionNode | undefined {
  if (isFunctionNode(declaration)) return declaration;
  if (!isVariableDeclaration(declaration) && !isPropertyAssignment(declaration) && !isPropertyDeclaration(declaration))
    return undefined;
  const value = declaration.initializer && unwrap(declaration.initializer);
  return value && (isArrowFunction(value) || isFunctionExpression(value)) ? value : undefined;
}
