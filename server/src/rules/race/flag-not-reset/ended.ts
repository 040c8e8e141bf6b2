import {
  type FunctionNode,
  type Identifier,
  isArrayLiteralExpression,
  isBlock,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isTryStatement,
  isVariableDeclaration,
  isWithin,
  lastName,
  type Node,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { isUsing } from '../../../typescript/promise-syntax.ts';
import { referencesTo } from '../../../typescript/references.ts';
import type { FlagWrite } from './flag.ts';

/**
 * Whether the object that has the flag ends with the function: a `using` declares it, or the `finally` around the write
 * disposes of it, or of a list that it was put into.
 */
export function endsWithFunction({ step }: FlagWrite, fn: FunctionNode): boolean {
  const target = unwrap(step);
  // The flag is a member of an object that a variable of this function holds.
  const access = isPropertyAccessExpression(target) ? unwrap(target.expression) : undefined;
  const name = access && isIdentifier(access) ? declarationName(access) : undefined;
  if (!name || !isIdentifier(name) || !isWithin(name, fn) || !isVariableDeclaration(name.parent)) return false;
  if (isUsing(name.parent.parent)) return true;
  const blocks = finallyBlocksAround(step, fn);
  if (blocks.length === 0) return false;
  const holders = [name, ...listsWith(name)];
  return holders.some((holder) =>
    referencesTo(holder).some((use) => blocks.some((block) => isWithin(use, block)) && isEnded(use, holder !== name)),
  );
}

function finallyBlocksAround(place: Node, fn: FunctionNode): readonly Node[] {
  const found: Node[] = [];
  for (let at = place; at.parent && at !== fn; at = at.parent) {
    const { parent } = at;
    if (isTryStatement(parent) && parent.tryBlock === at && parent.finallyBlock) found.push(parent.finallyBlock);
  }
  return found;
}

/** The variables of lists that a value is put into: `disposables.push(input)`, `const disposables = [input]`. */
function listsWith(name: Identifier): readonly Identifier[] {
  return referencesTo(name).flatMap((use) => {
    const { parent } = wrapped(use);
    const list =
      isArrayLiteralExpression(parent) && isVariableDeclaration(wrapped(parent).parent)
        ? (wrapped(parent).parent as Node & { readonly name: Node }).name
        : isCallExpression(parent) && /^(?:push|unshift|add)$/.test(lastName(parent.expression) ?? '')
          ? ownerOf(parent.expression)
          : undefined;
    return list && isIdentifier(list) ? [list] : [];
  });
}

function ownerOf(callee: Node): Node | undefined {
  const at = unwrap(callee);
  const owner = isPropertyAccessExpression(at) ? unwrap(at.expression) : undefined;
  return owner && isIdentifier(owner) ? declarationName(owner) : undefined;
}

const ends = /^(?:dispose|close|destroy|end|remove)(?:All|Async)?$/;

/** `input.dispose()`; of a list, whatever names such a method in the statement that has the list: `list.forEach((d) => d.dispose())`. */
function isEnded(use: Node, isList: boolean): boolean {
  const { parent } = wrapped(use);
  if (isPropertyAccessExpression(parent) && ends.test(parent.name.text))
    return isCallExpression(wrapped(parent).parent);
  if (!isList) return false;
  let statement = use;
  while (!isBlock(statement.parent)) statement = statement.parent;
  return /\b(?:dispose|close|destroy)(?:All)?\b/.test(statement.getText());
}
