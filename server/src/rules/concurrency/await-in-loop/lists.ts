/** What a look at a loop's list and conditions shows. By syntax alone. */
import {
  type Identifier,
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isIfStatement,
  isPropertyAccessExpression,
  isVariableDeclarationList,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { referencesTo } from '../../../typescript/references.ts';
import { isVariable, type ListLoop } from './loop.ts';

/** `for (const c of connections) if (c.name === name) await c.load()`: a condition picks an element out. */
export function isOfOneRound(wait: Node, loop: ListLoop): boolean {
  const { initializer } = loop;
  const [declaration] = initializer && isVariableDeclarationList(initializer) ? initializer.declarations : [];
  const element = declaration && isIdentifier(declaration.name) ? declaration.name.text : undefined;
  for (let at = wait; at !== loop && at.parent; at = at.parent) {
    const { parent } = at;
    if (!isIfStatement(parent) || parent.thenStatement !== at || element === undefined) continue;
    const test = unwrap(parent.expression);
    if (!isBinaryExpression(test) || test.operatorToken.kind !== SyntaxKind.EqualsEqualsEqualsToken) continue;
    const sides = [test.left, test.right].map((side) => unwrap(side));
    const own = sides.filter((side) => rootName(side) === element);
    if (own.length === 1 && sides.some((side) => isIdentifier(side) && side.text !== element)) return true;
  }
  return false;
}

function rootName(node: Node): string | undefined {
  let at = node;
  while (isPropertyAccessExpression(at)) at = unwrap(at.expression);
  return isIdentifier(at) ? at.text : undefined;
}

/** The list literal that a list is, or that its variable was made as. */
export function literalOf(list: Node): (Node & { readonly elements: readonly Node[] }) | undefined {
  const at = unwrap(list);
  if (isArrayLiteralExpression(at)) return at;
  const declaration = isIdentifier(at) ? declarationName(at)?.parent : undefined;
  const value = isVariable(declaration) && declaration.initializer ? unwrap(declaration.initializer) : undefined;
  return value && isArrayLiteralExpression(value) && value.elements.length > 0 ? value : undefined;
}

/** What a variable is set to, where it is declared and later. */
function valuesOf(declared: Identifier): readonly Node[] {
  const { parent } = declared;
  const assigned = referencesTo(declared).flatMap((use) => {
    const assignment = use.parent;
    return isBinaryExpression(assignment) && assignment.left === use ? [assignment.right] : [];
  });
  return isVariable(parent) && parent.initializer ? [parent.initializer, ...assigned] : assigned;
}

/** Whether a list is what a folder holds, by the call that made it. */
export function isFolder(list: Node, listsFiles: (name: string) => boolean, depth = 0): boolean {
  const at = unwrap(list);
  if (depth > 3) return false;
  let found = false;
  const visit = (node: Node): void => {
    if (isCallExpression(node) && listsFiles(lastName(node) ?? '')) found = true;
    else if (isIdentifier(node)) {
      const declared = declarationName(node);
      const values = declared && !found ? valuesOf(declared) : [];
      found ||= values.some((value) => value !== node && isFolder(value, listsFiles, depth + 1));
    }
    node.forEachChild(visit);
  };
  visit(at);
  return found;
}
