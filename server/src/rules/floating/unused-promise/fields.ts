import {
  hasModifier,
  isBinaryExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import { namesIn } from '../../../typescript/references.ts';

/** The name of a private field that a call's value is put into: only its class can read it. */
export function promiseField(at: Node, value: Node): Node | undefined {
  const start = unwrap(value);
  if (!isCallExpression(start) && !isNewExpression(start)) return undefined;
  if (isPropertyDeclaration(at)) return isPrivate(at) ? at.name : undefined;
  if (!isBinaryExpression(at) || !isPropertyAccessExpression(at.left)) return undefined;
  const { expression: owner, name } = at.left;
  if (owner.kind !== SyntaxKind.ThisKeyword) return undefined;
  return name.kind === SyntaxKind.PrivateIdentifier || isDeclaredPrivate(name) ? name : undefined;
}

function isPrivate(field: Node & { readonly name: Node }): boolean {
  return field.name.kind === SyntaxKind.PrivateIdentifier || hasModifier(field, SyntaxKind.PrivateKeyword);
}

function isDeclaredPrivate(name: Node & { readonly text: string }): boolean {
  for (let at: Node | undefined = name; at; at = at.parent) {
    if (!isClassLikeDeclaration(at)) continue;
    return at.members.some(
      (member) => isPropertyDeclaration(member) && isPrivate(member) && member.name.getText() === name.text,
    );
  }
  return false;
}

/** Whether the file only ever declares or sets a field of this name, in whatever class. `['name']` counts as a read. */
export function isNeverRead(field: Node): boolean {
  const name = field.getText();
  const file = field.getSourceFile();
  if (new RegExp(`\\[\\s*(['"\`])${name.replace(/[$#]/g, '\\$&')}\\1\\s*\\]`).test(file.text)) return false;
  return namesIn(file, name).every((place) => isDeclaration(place) || isSet(place));
}

function isDeclaration({ parent }: Node): boolean {
  return isPropertyDeclaration(parent);
}

function isSet(place: Node): boolean {
  const access = place.parent;
  if (!isPropertyAccessExpression(access) || access.name !== place || !access.parent) return false;
  const { parent } = access;
  return (
    isBinaryExpression(parent) &&
    parent.left === access &&
    parent.operatorToken.kind === SyntaxKind.EqualsToken &&
    isStatement(parent)
  );
}

/** `return (this.ready = load())` hands the promise on. */
function isStatement(assignment: Node): boolean {
  return assignment.parent.kind === SyntaxKind.ExpressionStatement && !isIdentifier(assignment);
}
