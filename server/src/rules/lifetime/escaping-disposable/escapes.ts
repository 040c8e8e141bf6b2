import { holderOf } from '../../../facts/lifetime/held-values.ts';
import { rootOf } from '../../../flow/graph-of.ts';
import {
  enclosingFunction,
  type FunctionNode,
  type Identifier,
  isArrowFunction,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isWithin,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { namesIn } from '../../../typescript/references.ts';

/** A use of a disposable that happens, or may happen, behind the end of its block. */
export interface Escape {
  readonly kind: 'returned' | 'stored' | 'later';
  readonly use: Identifier;
  /** What it is stored in. */
  readonly holder?: string;
  /** Stored in an object that the function is given, which may end with the call, or be given another one by the next. */
  readonly isOfCaller?: boolean;
}

/** @param isTaking whether a method gives something which works only as long as the disposable does: the stream of a handle */
export function escapeOf(
  use: Identifier,
  declared: Identifier,
  isTaking: (method: string) => boolean,
): Escape | undefined {
  const root = rootOf(declared);
  if (rootOf(use) !== root) {
    const fn = outermost(use, root);
    return fn && runsLater(fn) ? { kind: 'later', use } : undefined;
  }
  const at = container(derived(use, isTaking));
  const { parent } = at;
  if (parent.kind === SyntaxKind.ReturnStatement) return { kind: 'returned', use };
  if (isArrowFunction(parent) && parent.body === at && !isBlock(at)) return { kind: 'returned', use };
  if (isBinaryExpression(parent) && parent.right === at && isAssignment(parent.operatorToken.kind)) {
    return storedIn(unwrap(parent.left), use, declared);
  }
  return inCall(use, at, declared);
}

/** `context.timer = timer`, which this function reads again itself, is for those who work while it runs. */
function storedIn(target: Node, use: Identifier, declared: Identifier): Escape | undefined {
  if (!isOutside(target, declared)) return undefined;
  const isOfCaller = isFieldOfParameter(target, declared);
  if (isOfCaller && isReadIn(rootOf(declared), target)) return undefined;
  return { kind: 'stored', use, holder: target.getText(), ...(isOfCaller && { isOfCaller }) };
}

function isFieldOfParameter(target: Node, declared: Identifier): boolean {
  let root = target;
  while (isPropertyAccessExpression(root)) root = unwrap(root.expression);
  const name = root !== target && isIdentifier(root) ? declarationName(root) : undefined;
  return (
    name !== undefined && isParameterDeclaration(name.parent) && enclosingFunction(name.parent) === rootOf(declared)
  );
}

function isReadIn(scope: Node, target: Node): boolean {
  if (!isPropertyAccessExpression(target)) return false;
  const text = target.getText();
  return namesIn(scope.getSourceFile(), target.name.text).some(
    ({ parent }) => parent !== target && isWithin(parent, scope) && parent.getText() === text,
  );
}

/** `handle.createReadStream()` is as good as the handle; anything else that a method gives is something else. */
function derived(use: Identifier, isTaking: (method: string) => boolean): Node {
  const access = wrapped(use).parent;
  const isTaken = isPropertyAccessExpression(access) && isTaking(access.name.text);
  return isTaken && isCallExpression(access.parent) && access.parent.expression === access ? access.parent : use;
}

/** `{ x }`, `[x]`, `c ? x : y` and `x ?? y` go where they go as a whole. */
function container(use: Node): Node {
  let at = wrapped(use);
  for (;;) {
    const { parent } = at;
    switch (parent.kind) {
      case SyntaxKind.PropertyAssignment:
      case SyntaxKind.ShorthandPropertyAssignment:
      case SyntaxKind.ObjectLiteralExpression:
      case SyntaxKind.ArrayLiteralExpression:
        at = wrapped(parent);
        continue;
      case SyntaxKind.ConditionalExpression:
        if ((parent as Node & { readonly condition: Node }).condition === at) return at;
        at = wrapped(parent);
        continue;
      case SyntaxKind.BinaryExpression:
        if (!isChoice(parent)) return at;
        at = wrapped(parent);
        continue;
      default:
        return at;
    }
  }
}

function isChoice(node: Node): boolean {
  const { kind } = (node as Node & { readonly operatorToken: Node }).operatorToken;
  return kind === SyntaxKind.BarBarToken || kind === SyntaxKind.QuestionQuestionToken;
}

function isAssignment(kind: SyntaxKind): boolean {
  return kind === SyntaxKind.EqualsToken || kind === SyntaxKind.QuestionQuestionEqualsToken;
}

/** `this.list.push(x)`, and `void work(x)`, for whose end nobody waits. */
function inCall(use: Identifier, at: Node, declared: Identifier): Escape | undefined {
  const call = at.parent;
  if (!isCallExpression(call) || !call.arguments.some((argument) => argument === at)) return undefined;
  const callee = unwrap(call.expression);
  const isAdding = isPropertyAccessExpression(callee) && /^(?:push|unshift|add|set)$/.test(callee.name.text);
  if (isAdding && wrapped(call).parent.kind === SyntaxKind.ExpressionStatement)
    return isOutside(unwrap(callee.expression), declared) && !isStack(callee.expression)
      ? { kind: 'stored', use, holder: callee.expression.getText() }
      : undefined;
  return isDropped(call) ? { kind: 'later', use } : undefined;
}

/** `void work(x)`, and `work(x).catch(log);` as a statement, for which nobody waits. */
function isDropped(call: Node): boolean {
  const chain = endOfChain(call);
  const { kind } = chain.parent;
  return kind === SyntaxKind.VoidExpression || (kind === SyntaxKind.ExpressionStatement && chain !== wrapped(call));
}

/** A stack of disposables is there to be given them. */
function isStack(holder: Node): boolean {
  return /stack|dispos/i.test(holder.getText());
}

/** A field, or a variable that is declared outside of the block. */
function isOutside(target: Node, declared: Identifier): boolean {
  let root = target;
  while (isPropertyAccessExpression(root)) root = unwrap(root.expression);
  if (root.kind === SyntaxKind.ThisKeyword) return true;
  const name = isIdentifier(root) ? declarationName(root) : undefined;
  return name !== undefined && !isWithin(name, blockOf(declared));
}

function blockOf(declared: Node): Node {
  let at = declared.parent;
  while (at.parent && !isBlock(at) && at.kind !== SyntaxKind.SourceFile) at = at.parent;
  return at;
}

/** The function that holds a use and stands in the block itself. */
function outermost(use: Node, root: Node): FunctionNode | undefined {
  let found: FunctionNode | undefined;
  for (let fn = enclosingFunction(use); fn && fn !== root; fn = enclosingFunction(fn)) found = fn;
  return found;
}

const timers = new Set(['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'nextTick']);

/** Whether a function runs when its block is over: returned, stored, given to a timer or to a promise that is dropped. */
function runsLater(fn: FunctionNode): boolean {
  if (!isFunctionNode(fn)) return false;
  const escape = container(fn).parent;
  if (escape.kind === SyntaxKind.ReturnStatement) return true;
  const holder = holderOf(fn);
  if (holder.kind === 'field') return true;
  if (holder.kind !== 'argument') return false;
  const { call, index } = holder;
  const name = lastName(call.expression) ?? '';
  if (timers.has(name)) return index === 0 && holderOf(call).kind === 'dropped';
  const isChain = /^(?:then|catch|finally)$/.test(name);
  return isChain && endOfChain(call).parent.kind === SyntaxKind.VoidExpression;
}

/** `p.then(…).catch(…)`, the whole chain that a call is part of. */
function endOfChain(call: Node): Node {
  let at = wrapped(call);
  for (;;) {
    const access = at.parent;
    const isLink = isPropertyAccessExpression(access) && /^(?:then|catch|finally)$/.test(access.name.text);
    if (!isLink || !isCallExpression(access.parent)) return at;
    at = wrapped(access.parent);
  }
}
