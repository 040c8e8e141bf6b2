import { useOf } from '../../../facts/lifetime/held-values.ts';
import {
  type BinaryExpression,
  type FunctionNode,
  type Identifier,
  isArrayLiteralExpression,
  isIdentifier,
  isReturnStatement,
  isVariableDeclaration,
  isWithin,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { referencesTo } from '../../../typescript/references.ts';

/** An array outside a callback that the callback fills. */
export interface Collecting {
  readonly name: Identifier;
  /** What fills it: a callback, or a loop that starts something in each round. */
  readonly callback: Node;
  /** A use of the array that depends on its order. */
  readonly ordered: Node;
  readonly uses: readonly Identifier[];
}

/** Undefined where the array belongs to the callback, is not made empty, or is never used so that its order shows. */
export function collectionOf(array: Identifier, callback: Node): Collecting | undefined {
  const name = declarationName(array);
  const declaration = name?.parent;
  if (!name || !declaration || !isVariableDeclaration(declaration) || isWithin(name, callback)) return undefined;
  const value = declaration.initializer && unwrap(declaration.initializer);
  if (!value || !isArrayLiteralExpression(value) || value.elements.length > 0) return undefined;
  const uses = referencesTo(name);
  const outside = uses.filter((use) => !isWithin(use, callback));
  if (outside.some(sorts)) return undefined;
  const ordered = outside.find(showsOrder);
  return ordered && { name, callback, ordered, uses };
}

/** `html += part`: a text outside a callback that each run of it appends to. */
export function textOf(
  { left, operatorToken }: BinaryExpression,
  callback: FunctionNode,
): { readonly name: Identifier; readonly written: Node; readonly ordered: Node } | undefined {
  const target = unwrap(left);
  const name =
    operatorToken.kind === SyntaxKind.PlusEqualsToken && isIdentifier(target) ? declarationName(target) : undefined;
  const declaration = name?.parent;
  if (!name || !declaration || !isVariableDeclaration(declaration) || isWithin(name, callback)) return undefined;
  const value = declaration.initializer && unwrap(declaration.initializer);
  // What is added up has no order; a text has.
  if (!value || !/^(?:''|""|``)$/.test(value.getText())) return undefined;
  const ordered = referencesTo(name).find((use) => use !== name && !isWithin(use, callback));
  return ordered && { name, written: target, ordered };
}

function sorts(name: Identifier): boolean {
  const use = useOf(name);
  return use.kind === 'method' && /^(?:sort|toSorted)$/.test(use.member);
}

/** Returned as it is, looped over, joined, taken by its index. What is counted, searched or made a set of has no order. */
function showsOrder(name: Identifier): boolean {
  const use = useOf(name);
  switch (use.kind) {
    case 'iterate':
      return true;
    case 'method':
      return /^(?:at|concat|entries|flat|flatMap|forEach|join|map|reduce|slice|values)$/.test(use.member);
    case 'member':
      return /^\d+$/.test(use.member);
    case 'argument':
      return /^(?:json|render|send|stringify|write\w*)$/.test(lastName(use.call.expression) ?? '');
    case 'escape':
      return isReturnStatement(name.parent);
    default:
      return false;
  }
}
