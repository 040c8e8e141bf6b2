import { type Node, type SourceFile, SyntaxKind } from '../../typescript/ast.ts';
import { identifiersIn } from '../../typescript/references.ts';

/** Whether a name means something anywhere in a file: declared, or used from the outside. Names of members do not count. */
export function isNameTaken(sourceFile: SourceFile, name: string): boolean {
  return usesOf(sourceFile, name).length > 0;
}

/** How often a file declares or uses a name other than as the name of a member. */
export function usesOf(sourceFile: SourceFile, name: string): readonly Node[] {
  return identifiersIn(sourceFile, name).filter((token) => !isMemberName(token));
}

/** The first of `name`, `name2`, `name3` … that is free in the file. */
export function freeName(sourceFile: SourceFile, name: string): string {
  if (!isNameTaken(sourceFile, name)) return name;
  for (let count = 2; ; count++) {
    const candidate = `${name}${count}`;
    if (!isNameTaken(sourceFile, candidate)) return candidate;
  }
}

function isMemberName(token: Node): boolean {
  const { parent } = token;
  const { name, propertyName, right } = parent as Node & {
    readonly name?: Node;
    readonly propertyName?: Node;
    readonly right?: Node;
  };
  switch (parent.kind) {
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.PropertyAssignment:
    case SyntaxKind.PropertyDeclaration:
    case SyntaxKind.PropertySignature:
    case SyntaxKind.MethodDeclaration:
    case SyntaxKind.MethodSignature:
    case SyntaxKind.GetAccessor:
    case SyntaxKind.SetAccessor:
    case SyntaxKind.EnumMember:
    case SyntaxKind.JsxAttribute:
    case SyntaxKind.MetaProperty:
      return name === token;
    case SyntaxKind.ImportSpecifier:
    case SyntaxKind.BindingElement:
      return propertyName === token;
    case SyntaxKind.ExportSpecifier:
      return propertyName !== undefined && name === token;
    case SyntaxKind.QualifiedName:
      return right === token;
    case SyntaxKind.LabeledStatement:
    case SyntaxKind.BreakStatement:
    case SyntaxKind.ContinueStatement:
      return true;
    default:
      return false;
  }
}
