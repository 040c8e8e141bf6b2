import {
  hasModifier,
  isMethodSignatureDeclaration,
  isPropertySignatureDeclaration,
  type Node,
  SyntaxKind,
} from '../../typescript/ast.ts';

/** The class that a node stands in. */
export function classAround(node: Node): Node | undefined {
  let at: Node | undefined = node;
  while (at && at.kind !== SyntaxKind.ClassDeclaration && at.kind !== SyntaxKind.ClassExpression) at = at.parent;
  return at;
}

/** Fields that only their own class writes: private ones, those with an underscore, and read-only ones. */
export function isClosed(field: Node & { readonly name: Node }): boolean {
  return (
    field.name.kind === SyntaxKind.PrivateIdentifier ||
    field.name.getText().startsWith('_') ||
    hasModifier(field, SyntaxKind.PrivateKeyword) ||
    hasModifier(field, SyntaxKind.ReadonlyKeyword)
  );
}

/** Members that have nothing to run where they are declared. */
export function isBare(member: Node): boolean {
  const isSignature = isMethodSignatureDeclaration(member) || isPropertySignatureDeclaration(member);
  return isSignature || hasModifier(member, SyntaxKind.AbstractKeyword);
}
