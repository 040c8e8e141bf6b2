import { isObjectLiteralExpression, type Node } from './ast.ts';

/** Members that are named in more places are not looked at: each place costs the tree of its file. */
export const mostReferences = 300;

/** Members that more classes and interfaces have are not looked at. */
export const mostDeclarations = 60;

/** Whether one of some names is the name of a node that is a member of an object literal. */
export function isMemberOfLiteral(node: Node, names: readonly Node[]): boolean {
  const { name } = node as { readonly name?: Node };
  return isObjectLiteralExpression(node.parent) && name !== undefined && names.includes(name);
}
