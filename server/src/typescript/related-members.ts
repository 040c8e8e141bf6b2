import { type Node, SyntaxKind } from './ast.ts';

/** Members that are named in more places are not looked at: each place costs the tree of its file. */
export const mostReferences = 300;

/** Whether one of some names is the name that a member declares. */
export function isMemberDeclaration(node: Node, names: readonly Node[]): boolean {
  switch (node.kind) {
    case SyntaxKind.MethodDeclaration:
    case SyntaxKind.MethodSignature:
    case SyntaxKind.PropertyDeclaration:
    case SyntaxKind.PropertySignature:
    case SyntaxKind.PropertyAssignment:
    case SyntaxKind.ShorthandPropertyAssignment:
    case SyntaxKind.GetAccessor: {
      const { name } = node as { readonly name?: Node };
      return name !== undefined && names.includes(name);
    }
    default:
      return false;
  }
}
