/** What one function's own code reads and writes of the state that it shares, place by place, in the order of the source. */
import { collectionKnowledge as collections } from '../../knowledge/collections.ts';
import {
  type BindingElement,
  type CallExpression,
  type FunctionNode,
  isAssignmentOperator,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isElementAccessExpression,
  isFunctionNode,
  isIdentifier,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  isSpreadElement,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { NodeNotes } from '../../typescript/node-notes.ts';
import { remember } from '../../typescript/remember.ts';
import { runsItsArgumentNow } from '../uses.ts';
import { accessorAt, pairedAccessors } from './accessors.ts';
import { entryOf, isShared, type Place, placeOf } from './places.ts';

export interface Access {
  readonly place: Place;
  readonly access: 'read' | 'write';
  /** The node whose step in the graph is the access: what is read, the target of an assignment, or the call of a method. */
  readonly node: Node;
  /** How a write comes about. */
  readonly how: 'value' | 'assign' | 'compound' | 'count' | 'delete' | 'method';
  /** What is written, where one expression says it. */
  readonly value?: Node;
  /** The method that reads or writes. */
  readonly method?: string;
  /** Where a helper does it: the access in the helper, and whether it comes behind a suspension there. */
  readonly through?: {
    readonly helper: FunctionNode;
    readonly origin: Access;
    readonly isLate: boolean;
    /** What the call gives for the written value, where the helper writes what it is given. */
    readonly given?: Node;
  };
}

const known = new WeakMap<FunctionNode, readonly Access[]>();

/** The shared places that a function's own code touches; callbacks that run as part of it included. Asks the compiler nothing. */
export function accessesOf(fn: FunctionNode): readonly Access[] {
  return remember(known, fn, () => collect(fn));
}

function collect(fn: FunctionNode): readonly Access[] {
  const found: Access[] = [];
  const behind: Access[] = [];
  const visit = (node: Node): void => {
    const access = accessAt(node, fn);
    for (const one of access) if (isShared(one.place) || hasSharedContent(one)) found.push(one);
    const accessor = isCallExpression(node) ? accessorAt(node, fn) : undefined;
    if (accessor) behind.push(accessor);
    node.forEachChild((child) => {
      if (!isFunctionNode(child) || runsHere(child)) visit(child);
    });
  };
  if (fn.body) visit(fn.body);
  return behind.length > 1 ? [...found, ...pairedAccessors(behind)] : found;
}

/** A constant that holds a collection is shared for what is in it. */
function hasSharedContent({ place, method }: Access): boolean {
  return method !== undefined && place.kind !== 'local';
}

/** Whether a nested function runs as part of what is around it, so that its accesses are in the same turn. */
export function runsHere(fn: FunctionNode): boolean {
  return remember(knownRuns, fn, () => {
    const at = wrapped(fn);
    const { parent } = at;
    return isCallExpression(parent) && parent.arguments.includes(at as never) && runsItsArgumentNow(parent);
  });
}

const knownRuns = new NodeNotes<boolean>();

/** A chain of members is one access, that of its longest part that names a place. */
function accessAt(node: Node, fn: FunctionNode): readonly Access[] {
  if (isCallExpression(node)) return ofMethod(node, fn);
  if (isBindingElement(node)) return destructured(node, fn);
  const isChain = isPropertyAccessExpression(node) || isElementAccessExpression(node);
  if (!isChain && !isIdentifier(node)) return [];
  if (isIdentifier(node) && !isValue(node)) return [];
  const at = wrapped(node);
  const { parent } = at;
  if (isMemberOf(at, parent)) {
    // `this.list.push(x)` is an access of the method's; `this.list[i]` with a key that nobody can compare is one of the list.
    if (isCalled(parent) || placeOf(parent, fn)) return [];
  }
  if (isCallExpression(parent) && parent.expression === at) return [];
  const place = placeOf(node, fn);
  if (!place) return [];
  // A local name for a place is a copy of what was there when it was made.
  if (isIdentifier(node) && place.declared !== declarationName(node)) return [];
  return [usage(place, node, at)];
}

/** `const { total } = this` reads `this.total`. */
function destructured(
  { name, propertyName, dotDotDotToken, parent }: BindingElement,
  fn: FunctionNode,
): readonly Access[] {
  const holder = parent.parent;
  const key = (propertyName ?? name) as Node & { readonly text?: string };
  // A hole in an array's pattern has no name.
  if (!isObjectBindingPattern(parent) || dotDotDotToken || !name || !isIdentifier(name)) return [];
  if (key.text === undefined || !isVariableDeclaration(holder) || !holder.initializer) return [];
  const base = placeOf(holder.initializer, fn);
  if (!base) return [];
  const text = `${base.text}.${key.text}`;
  const place = { ...base, key: `${base.key}.${key.text}`, text, depth: base.depth + 1 };
  return [{ place, access: 'read', node: name, how: 'value' }];
}

function usage(place: Place, node: Node, at: Node): Access {
  const { parent } = at;
  if (isBinaryExpression(parent) && parent.left === at) {
    const { kind } = parent.operatorToken;
    if (kind === SyntaxKind.EqualsToken) return { place, access: 'write', node, how: 'assign', value: parent.right };
    if (isAssignmentOperator(kind)) return { place, access: 'write', node, how: 'compound', value: parent.right };
  }
  if (parent.kind === SyntaxKind.DeleteExpression) return { place, access: 'write', node, how: 'delete' };
  if (isCounted(parent)) return { place, access: 'write', node, how: 'count' };
  return { place, access: 'read', node, how: 'value' };
}

/** `x++` and the like. */
function isCounted(node: Node): boolean {
  if (node.kind !== SyntaxKind.PostfixUnaryExpression && node.kind !== SyntaxKind.PrefixUnaryExpression) return false;
  const { operator } = node as Node & { readonly operator: SyntaxKind };
  return operator === SyntaxKind.PlusPlusToken || operator === SyntaxKind.MinusMinusToken;
}

function ofMethod(call: CallExpression, fn: FunctionNode): readonly Access[] {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee)) return [];
  const base = placeOf(callee.expression, fn);
  if (!base || (base.kind === 'field' && base.depth === 0)) return [];
  const method = callee.name.text;
  const [first, second] = call.arguments;
  const use = collections.use(method, call.arguments.length);
  const named = first && use !== 'write' && use !== 'read' ? entryOf(callee, first, fn, call) : undefined;
  const place = named ?? base;
  const access = use === 'write' || use === 'write-entry' ? 'write' : 'read';
  const value = use === 'write-entry' ? (second ?? first) : first;
  return [{ place, access, node: call, how: access === 'write' ? 'method' : 'value', method, ...(value && { value }) }];
}

/** Whether an identifier stands for a value and not for a name of something. */
function isValue(node: Node): boolean {
  const { parent } = node;
  const { name, propertyName, label } = parent as {
    readonly name?: Node;
    readonly propertyName?: Node;
    readonly label?: Node;
  };
  if (label === node || propertyName === node) return false;
  if (name === node) return parent.kind === SyntaxKind.ShorthandPropertyAssignment;
  return !isTypeNode(parent);
}

function isTypeNode({ kind }: Node): boolean {
  return (
    SyntaxKind.FirstTypeNode <= kind &&
    kind <= SyntaxKind.LastTypeNode &&
    kind !== SyntaxKind.ExpressionWithTypeArguments
  );
}

function isMemberOf(at: Node, parent: Node): parent is Node & { readonly expression: Node } {
  return (isPropertyAccessExpression(parent) || isElementAccessExpression(parent)) && parent.expression === at;
}

function isCalled(access: Node): boolean {
  const at = wrapped(access);
  return isCallExpression(at.parent) && at.parent.expression === at;
}

/** The variable of the function that takes what an expression gives: `const value = expression`, with fallbacks and `await` around it. */
export function variableOf(expression: Node): (Node & { readonly text: string }) | undefined {
  let at = wrapped(expression);
  for (;;) {
    const { parent } = at;
    if (isVariableDeclaration(parent) && parent.initializer === at)
      return isIdentifier(parent.name) ? parent.name : undefined;
    const isPart =
      (isBinaryExpression(parent) && !isAssignmentOperator(parent.operatorToken.kind)) ||
      parent.kind === SyntaxKind.ConditionalExpression ||
      parent.kind === SyntaxKind.PrefixUnaryExpression ||
      parent.kind === SyntaxKind.ArrayLiteralExpression ||
      parent.kind === SyntaxKind.ObjectLiteralExpression ||
      parent.kind === SyntaxKind.SpreadAssignment ||
      isSpreadElement(parent);
    if (!isPart) return undefined;
    at = wrapped(parent);
  }
}
