import { keptValue } from '../../../facts/promises/kept-promises.ts';
import { rootOf } from '../../../flow/graph-of.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  type Identifier,
  isArrowFunction,
  isAwaitExpression,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isReturnStatement,
  isVariableDeclaration,
  isVariableDeclarationList,
  type Node,
  NodeFlags,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { referencesTo } from '../../../typescript/references.ts';

/** A promise that is awaited by nobody but functions that are given away. */
export interface HandedOut {
  readonly name: Identifier;
  readonly value: CallExpression;
  /** The first place that awaits it. */
  readonly use: Node;
}

/**
 * A constant of a function that keeps the promise of a call, where only functions that the function returns look at it:
 * the promise rejects whenever it likes, and they run when somebody calls them, if anybody does.
 */
export function handedOut(declaration: Node): HandedOut | undefined {
  if (!isVariableDeclaration(declaration) || !isIdentifier(declaration.name)) return undefined;
  const list = declaration.parent;
  if (!isVariableDeclarationList(list) || (list.flags & NodeFlags.Const) === 0) return undefined;
  const value = keptValue(declaration);
  const call = value && unwrap(value);
  const root = enclosingFunction(declaration);
  if (!call || !isCallExpression(call) || !root) return undefined;
  const uses = referencesTo(declaration.name).filter(({ parent }) => parent.kind !== SyntaxKind.TypeQuery);
  const first = uses[0];
  if (!first || !uses.every((use) => isAwaitedIn(use, root))) return undefined;
  return { name: declaration.name, value: call, use: wrapped(first).parent };
}

/** Whether a use awaits the promise in a function that `root` returns, itself or in an object. */
function isAwaitedIn(use: Node, root: FunctionNode): boolean {
  if (!isAwaitExpression(wrapped(use).parent) || rootOf(use) === root) return false;
  for (let at = use; at.parent && at !== root; at = at.parent) {
    if (isFunctionNode(at) && enclosingFunction(at) === root) return isReturnedBy(at, root);
  }
  return false;
}

function isReturnedBy(fn: FunctionNode, root: FunctionNode): boolean {
  for (let at: Node = fn; at.parent && at !== root; at = at.parent) {
    const { parent } = at;
    if (isReturnStatement(parent)) return true;
    if (isArrowFunction(parent) && parent === root) return true;
    if (isCallExpression(parent) || isNewExpression(parent) || isAwaitExpression(parent)) return false;
  }
  return false;
}
