import {
  hasModifier,
  type Identifier,
  isArrayLiteralExpression,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isPropertyAccessExpression,
  isSourceFile,
  isVariableStatement,
  type Node,
  SyntaxKind,
  unwrap,
  type VariableDeclaration,
} from '../../../typescript/ast.ts';
import { referencesTo } from '../../../typescript/references.ts';

/** A list that is only ever added to. */
export interface Collected {
  readonly name: Identifier;
  /** What is added, in order. */
  readonly added: readonly Node[];
}

/** `const pending = []` with nothing but `pending.push(…)` behind it, by syntax alone. */
export function onlyCollects({ name, initializer, parent }: VariableDeclaration): Collected | undefined {
  const list = initializer && unwrap(initializer);
  if (!isIdentifier(name) || !list || !isArrayLiteralExpression(list) || list.elements.length > 0) return undefined;
  const statement = parent.parent;
  // A variable of a script, and an exported one, may be read elsewhere.
  if (!isVariableStatement(statement) || hasModifier(statement, SyntaxKind.ExportKeyword)) return undefined;
  if (isSourceFile(statement.parent)) return undefined;
  const added: Node[] = [];
  for (const use of referencesTo(name)) {
    const given = pushed(use);
    if (!given) return undefined;
    added.push(...given);
  }
  return added.length > 0 ? { name, added } : undefined;
}

/** What a statement such as `list.push(a, b);` adds; undefined for any other use. */
function pushed(use: Node): readonly Node[] | undefined {
  const access = use.parent;
  if (!isPropertyAccessExpression(access) || access.expression !== use || access.name.text !== 'push') return undefined;
  const call = access.parent;
  const isStatement = isCallExpression(call) && call.expression === access && isExpressionStatement(call.parent);
  return isStatement ? call.arguments : undefined;
}
