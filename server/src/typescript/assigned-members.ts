import {
  isBinaryExpression,
  isClassDeclaration,
  isClassExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  type Node,
  type SourceFile,
  SyntaxKind,
  unwrap,
} from './ast.ts';

/**
 * Members of old-style JavaScript "classes", which the compiler does not follow: in `this.store.load()` the method
 * `load` of the class that the same file puts there with `this.store = new Store()`.
 * @param declarationsOf tells what a name stands for, in any file
 */
export async function methodsByAssignment(
  callee: Node,
  declarationsOf: (name: Node) => Promise<readonly Node[]>,
): Promise<readonly Node[]> {
  const access = unwrap(callee);
  if (!isPropertyAccessExpression(access)) return [];
  const holder = unwrap(access.expression);
  if (!isPropertyAccessExpression(holder) || holder.expression.kind !== SyntaxKind.ThisKeyword) return [];
  const constructed = instancesIn(access.getSourceFile()).get(holder.name.text) ?? [];
  const classes = (await Promise.all(constructed.map((name) => declarationsOf(name))))
    .flat()
    .filter((node) => isClassDeclaration(node) || isClassExpression(node));
  return classes.flatMap((found) =>
    found.members.filter(
      (member) => (member as { readonly name?: { readonly text?: string } }).name?.text === access.name.text,
    ),
  );
}

const known = new WeakMap<SourceFile, ReadonlyMap<string, readonly Node[]>>();

/** The names of the classes that a file creates for members of `this`: `this.name = new Class()`. */
function instancesIn(file: SourceFile): ReadonlyMap<string, readonly Node[]> {
  let found = known.get(file);
  if (!found) known.set(file, (found = findInstances(file)));
  return found;
}

function findInstances(file: SourceFile): ReadonlyMap<string, readonly Node[]> {
  const found = new Map<string, Node[]>();
  const look = (node: Node): void => {
    if (
      isBinaryExpression(node) &&
      node.operatorToken.kind === SyntaxKind.EqualsToken &&
      isPropertyAccessExpression(node.left)
    ) {
      const { expression, name } = node.left;
      const value = unwrap(node.right);
      if (expression.kind === SyntaxKind.ThisKeyword && isNewExpression(value) && isIdentifier(value.expression)) {
        found.set(name.text, [...(found.get(name.text) ?? []), value.expression]);
      }
    }
    node.forEachChild(look);
  };
  look(file);
  return found;
}
