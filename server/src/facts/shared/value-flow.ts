/** What a local variable's value is made of, as far as one function shows it. */
import { collectionKnowledge as collections } from '../../knowledge/collections.ts';
import {
  type FunctionNode,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isObjectBindingPattern,
  isVariableDeclaration,
  isWithin,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import type { Access } from './accesses.ts';
import { mentions } from './guards.ts';

/** The name in a declaration. */
export type Local = Node & { readonly text: string };

/** A local variable that is declared with a value. */
export interface Derived {
  readonly name: Local;
  readonly value: Node;
  /** Every name that the value mentions. */
  readonly mentioned: ReadonlySet<string>;
}

/** The variables of a function's own code that are declared with a value. */
export function localsOf(fn: FunctionNode): readonly Derived[] {
  const found: Derived[] = [];
  const visit = (node: Node): void => {
    if (isVariableDeclaration(node) && isIdentifier(node.name) && node.initializer)
      found.push({ name: node.name, value: node.initializer, mentioned: namesIn(node.initializer) });
    if (isBindingElement(node) && node.name && isIdentifier(node.name)) {
      const value = initializerAround(node);
      if (value) found.push({ name: node.name, value, mentioned: namesIn(value) });
    }
    node.forEachChild((child) => {
      if (!isFunctionNode(child)) visit(child);
    });
  };
  if (fn.body) visit(fn.body);
  return found;
}

/** What a pattern in a declaration is taken apart from. */
function initializerAround(element: Node): Node | undefined {
  const pattern = element.parent;
  return isObjectBindingPattern(pattern) && isVariableDeclaration(pattern.parent)
    ? pattern.parent.initializer
    : undefined;
}

/** Whether a variable's value holds what was read, directly or through another variable. */
export function isMadeOf(local: Derived, read: Access, locals: readonly Derived[], depth = 0): boolean {
  if (local.name === read.node) return true;
  // What is taken out of an object is none of its other parts.
  if (isBindingElement(local.name.parent)) return false;
  if (isPartOfValue(read.node, local.value)) return true;
  if (depth >= deepest) return false;
  return locals.some(
    (other) =>
      other !== local &&
      local.mentioned.has(other.name.text) &&
      holdsValueOf(local.value, other.name) &&
      isMadeOf(other, read, locals, depth + 1),
  );
}

const deepest = 2;

function namesIn(value: Node): ReadonlySet<string> {
  const names = new Set<string>();
  const look = (node: Node): void => {
    if (isIdentifier(node)) names.add(node.text);
    node.forEachChild(look);
  };
  look(value);
  return names;
}

/** Whether a variable's value is part of another value, and not only what a call was given. */
export function holdsValueOf(value: Node, variable: Local): boolean {
  if (!mentions(value, variable)) return false;
  let found = false;
  const look = (node: Node): void => {
    found ||= isIdentifier(node) && node.text === variable.text && isPartOfValue(node, value);
    if (!found) node.forEachChild(look);
  };
  look(value);
  return found;
}

/** What a call is given, or is called on, need not be part of what it gives; what a copy is made of is. */
export function isPartOfValue(node: Node, value: Node): boolean {
  if (!isWithin(node, value)) return false;
  for (let at: Node = node; at !== value && at.parent; at = at.parent) {
    const { parent } = at;
    if (isFunctionNode(parent)) return false;
    // What awaited work is given is not what it gives; `await store.get(key)` reads the entry itself.
    if (parent.kind === SyntaxKind.AwaitExpression && (unwrap(at) !== node || !isEntryRead(node))) return false;
    if (parent.kind === SyntaxKind.ConditionalExpression && (parent as Node & { condition: Node }).condition === at)
      return false;
    if (isBinaryExpression(parent) && isComparison(parent.operatorToken.kind)) return false;
    if (isCallExpression(parent) && at !== parent.expression && !copiesArgument(parent)) return false;
    if (isCallExpression(parent) && at === parent.expression && !copiesReceiver(parent, node)) return false;
  }
  return true;
}

/** `store.get(key)`. */
function isEntryRead(node: Node): boolean {
  return isCallExpression(node) && collections.use(lastName(node) ?? '', node.arguments.length) === 'read-entry';
}

function copiesArgument(call: Node & { readonly expression: Node }): boolean {
  return /^(?:Object\.(?:assign|entries|values|keys|fromEntries)|Array\.from|structuredClone|Math\.\w+|Number|String|cloneDeep|JSON\.(?:parse|stringify))$/.test(
    call.expression.getText(),
  );
}

function copiesReceiver(call: Node & { readonly expression: Node }, read: Node): boolean {
  return (
    call === read ||
    collections.copies(lastName(call.expression) ?? '') ||
    collections.views(lastName(call.expression) ?? '')
  );
}

function isComparison(kind: SyntaxKind): boolean {
  switch (kind) {
    case SyntaxKind.EqualsEqualsToken:
    case SyntaxKind.EqualsEqualsEqualsToken:
    case SyntaxKind.ExclamationEqualsToken:
    case SyntaxKind.ExclamationEqualsEqualsToken:
    case SyntaxKind.LessThanToken:
    case SyntaxKind.LessThanEqualsToken:
    case SyntaxKind.GreaterThanToken:
    case SyntaxKind.GreaterThanEqualsToken:
    case SyntaxKind.InstanceOfKeyword:
    case SyntaxKind.InKeyword:
      return true;
    default:
      return false;
  }
}
