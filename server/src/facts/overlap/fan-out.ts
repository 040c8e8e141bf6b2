/** Work that is started for all elements of a list at once. */
import {
  type CallExpression,
  type Identifier,
  isArrayLiteralExpression,
  isAwaitExpression,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isElementAccessExpression,
  isForInStatement,
  isForOfStatement,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isNumericLiteral,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  isVariableDeclaration,
  lastName,
  type Node,
  NodeFlags,
  unwrap,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { referencesTo } from '../../typescript/references.ts';

export interface FanOut {
  /** What is gone through. */
  readonly list: Node;
  /** What is done for each element: a function, or the call in a loop. */
  readonly work: Node;
  /** The name that a message points at. */
  readonly at: Node;
  /** The call that takes the function, where there is one: `xs.map(…)`. */
  readonly call: CallExpression | undefined;
}

/** `Promise.all(xs.map(f))` and its like, also where the promises are kept in a variable first, or pushed in a loop. */
export function fanOutOf(combined: CallExpression): FanOut | undefined {
  const [given] = combined.arguments;
  const value = given && unwrap(given);
  if (!value) return undefined;
  const direct = mapped(value);
  if (direct || !isIdentifier(value)) return direct;
  const declared = declarationName(value);
  const declaration = declared?.parent;
  if (!declared || !declaration || !isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  const initial = unwrap(declaration.initializer);
  const isConstant = (declaration.parent.flags & NodeFlags.Const) !== 0;
  if (!isConstant) return undefined;
  return (
    mapped(initial) ??
    (isArrayLiteralExpression(initial) && initial.elements.length === 0 ? pushed(declared) : undefined)
  );
}

/** `xs.map(f)` and `Array.from(xs, f)`. */
function mapped(value: Node): FanOut | undefined {
  if (!isCallExpression(value)) return undefined;
  const callee = unwrap(value.expression);
  if (!isPropertyAccessExpression(callee)) return undefined;
  const [first, second] = value.arguments;
  const isFrom = callee.name.text === 'from' && isIdentifier(callee.expression) && callee.expression.text === 'Array';
  if (isFrom) return first && second ? { list: first, work: second, at: callee.name, call: value } : undefined;
  if ((callee.name.text !== 'map' && callee.name.text !== 'flatMap') || !first) return undefined;
  return { list: callee.expression, work: first, at: callee.name, call: value };
}

/** `for (const x of xs) promises.push(load(x));` */
function pushed(declared: Identifier): FanOut | undefined {
  for (const use of referencesTo(declared)) {
    const access = use.parent;
    const call =
      access && isPropertyAccessExpression(access) && access.name.text === 'push' ? access.parent : undefined;
    if (!call || !isCallExpression(call)) continue;
    const [work, another] = call.arguments;
    const loop = loopAround(call);
    if (!work || another || isSpreadElement(work) || isAwaitExpression(unwrap(work)) || !loop) continue;
    return { list: loop.expression, work, at: access as Node, call: undefined };
  }
  return undefined;
}

function loopAround(node: Node): (Node & { readonly expression: Node }) | undefined {
  for (let at: Node | undefined = node.parent; at && !isFunctionNode(at); at = at.parent)
    if (isForOfStatement(at) || isForInStatement(at)) return at;
  return undefined;
}

/** Whether a list can be seen to be short: it is written down, or cut off. */
export function isBounded(list: Node, limits: (name: string) => boolean, depth = 0): boolean {
  const at = unwrap(list);
  if (depth > 5) return false;
  if (isArrayLiteralExpression(at))
    return at.elements.every(
      (element) => !isSpreadElement(element) || isBounded(element.expression, limits, depth + 1),
    );
  if (isObjectLiteralExpression(at)) return true;
  if (isIdentifier(at)) {
    if (limits(at.text)) return true;
    const declaration = declarationName(at)?.parent;
    const isConstant =
      declaration && isVariableDeclaration(declaration) && (declaration.parent.flags & NodeFlags.Const) !== 0;
    return isConstant && declaration.initializer ? isBounded(declaration.initializer, limits, depth + 1) : false;
  }
  if (isPropertyAccessExpression(at)) return limits(at.name.text);
  if (isNewExpression(at)) return at.arguments?.[0] ? isBounded(at.arguments[0], limits, depth + 1) : true;
  if (isBinaryExpression(at)) return isBounded(at.left, limits, depth + 1) && isBounded(at.right, limits, depth + 1);
  return isCallExpression(at) && isBoundedCall(at, limits, depth);
}

function isBoundedCall(call: CallExpression, limits: (name: string) => boolean, depth: number): boolean {
  const name = lastName(call) ?? '';
  const callee = unwrap(call.expression);
  if (name === 'slice' || name === 'splice' || name === 'take') return call.arguments.length === 2 || name === 'take';
  if (limits(name)) return true;
  const [first] = call.arguments;
  const base = isPropertyAccessExpression(callee) ? unwrap(callee.expression) : undefined;
  const isStatic = base !== undefined && isIdentifier(base) && (base.text === 'Object' || base.text === 'Array');
  if (isStatic || name === 'Array')
    return first ? isNumericLiteral(unwrap(first)) || isBounded(first, limits, depth + 1) : true;
  return base !== undefined && passing.has(name) ? isBounded(base, limits, depth + 1) : false;
}

/** Methods that give no more elements than they were given. */
const passing = new Set('entries fill filter flat keys map reverse sort toReversed toSorted values'.split(' '));

/**
 * Whether a list was got from outside in the same function: it, or what it is made from, was waited for, or it is what a
 * folder holds. What a caller hands over, and what an object keeps, is for others to bound.
 */
export function comesFromOutside(list: Node, listsFiles: (name: string) => boolean, depth = 0): boolean {
  const at = unwrap(list);
  if (depth > 12) return false;
  if (isAwaitExpression(at)) return true;
  const next = (node: Node): boolean => comesFromOutside(node, listsFiles, depth + 1);
  if (isIdentifier(at)) return valuesOf(at).some(next);
  if (isPropertyAccessExpression(at) || isElementAccessExpression(at)) return next(at.expression);
  if (isBinaryExpression(at)) return next(at.left);
  if (isArrayLiteralExpression(at))
    return at.elements.some((element) => isSpreadElement(element) && next(element.expression));
  if (isNewExpression(at)) return (at.arguments ?? []).some(next);
  if (!isCallExpression(at)) return false;
  if (listsFiles(lastName(at) ?? '')) return true;
  const callee = unwrap(at.expression);
  if (!isPropertyAccessExpression(callee)) return false;
  const isStatic = isIdentifier(callee.expression) && /^(?:Object|Array)$/.test(callee.expression.text);
  return isStatic ? at.arguments.slice(0, 1).some(next) : next(callee.expression);
}

/** What a variable is set to: where it is declared, by itself or in a pattern, and later. */
function valuesOf(name: Identifier): readonly Node[] {
  const declared = declarationName(name);
  if (!declared) return [];
  let holder: Node = declared.parent;
  while (isBindingElement(holder)) holder = holder.parent.parent;
  const first = isVariableDeclaration(holder) && holder.initializer ? [holder.initializer] : [];
  const later = referencesTo(declared).flatMap((use) => {
    const assignment = use.parent;
    return isBinaryExpression(assignment) && assignment.left === use ? [assignment.right] : [];
  });
  return [...first, ...later];
}
