import {
  type AwaitExpression,
  type CallExpression,
  type ForInStatement,
  type ForOfStatement,
  type ForStatement,
  isAwaitExpression,
  isBinaryExpression,
  isBreakStatement,
  isCallExpression,
  isContinueStatement,
  isElementAccessExpression,
  isExpressionStatement,
  isForInStatement,
  isForOfStatement,
  isFunctionNode,
  isIdentifier,
  isLoop,
  isPropertyAccessExpression,
  isReturnStatement,
  isSwitchStatement,
  isVariableDeclaration,
  isVariableDeclarationList,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
  wrapped,
} from '../../../typescript/ast.ts';
import { isAwaitUsing } from '../../../typescript/promise-syntax.ts';
import { referencesTo } from '../../../typescript/references.ts';

export type ListLoop = ForOfStatement | ForInStatement | ForStatement;

/** A loop over the elements of something, whose rounds wait. */
export interface WaitingLoop {
  readonly loop: ListLoop;
  /** The list, as the loop names it. */
  readonly list: Node;
  readonly awaits: readonly AwaitExpression[];
  /** Calls of the body that are not part of what is awaited. */
  readonly others: readonly CallExpression[];
  readonly continues: readonly Node[];
}

/** What a loop looks like whose rounds could wait together; otherwise the reason why they cannot, or undefined where nothing waits. */
export function waitingLoop(loop: ListLoop): WaitingLoop | string | undefined {
  const awaits: AwaitExpression[] = [];
  const others: CallExpression[] = [];
  const continues: Node[] = [];
  let reason: string | undefined;
  walkBody(loop.statement, (node) => {
    if (isFunctionNode(node)) return false;
    if (isAwaitExpression(node)) awaits.push(node);
    else if (isCallExpression(node) && !isAwaitedPart(node, loop)) others.push(node);
    else if (isContinueStatement(node)) {
      if (node.label) reason = 'it jumps to a label';
      else if (loopAround(node) === loop) continues.push(node);
    } else if (isLoop(node) && awaitsInside(node)) reason = 'a loop inside it waits too';
    else if (isReturnStatement(node)) reason = 'a round may end the function';
    else if (isBreakStatement(node) && breaks(node, loop)) reason = 'a round may end the loop';
    else if (node.kind === SyntaxKind.YieldExpression) reason = 'it gives its values one after another';
    else if (isAwaitUsing(node) || (isForOfStatement(node) && node.awaitModifier))
      reason = 'it waits in another way too';
    return true;
  });
  if (awaits.length === 0) return undefined;
  const list = listOf(loop);
  if (!list) return reason ?? 'its rounds are numbered, and not the elements of a list';
  return reason ?? { loop, list, awaits, others, continues };
}

/** What is gone through: `xs` of `for (const x of xs)`, `for (const k in xs)` and `for (let i = 0; i < xs.length; i++)`. */
function listOf(loop: ListLoop): Node | undefined {
  if (isForInStatement(loop)) return loop.expression;
  if (isForOfStatement(loop)) return loop.awaitModifier ? undefined : loop.expression;
  const { initializer, condition } = loop;
  if (!initializer || !isVariableDeclarationList(initializer) || !condition || !isBinaryExpression(condition))
    return undefined;
  const [first] = initializer.declarations;
  const length = unwrap(condition.right);
  if (!first || !isIdentifier(first.name) || condition.operatorToken.kind !== SyntaxKind.LessThanToken)
    return undefined;
  const end = isIdentifier(length) ? undefined : length;
  if (!end || !isPropertyAccessExpression(end) || end.name.text !== 'length') return undefined;
  // A number that is used for more than its element is a page, a position or a count.
  const uses = referencesTo(first.name).filter((use) => isIn(use, loop.statement));
  const isIndexOnly = uses.every((use) => {
    const at = wrapped(use);
    return isElementAccessExpression(at.parent) && at.parent.argumentExpression === at;
  });
  return isIndexOnly ? end.expression : undefined;
}

function isIn(node: Node, ancestor: Node): boolean {
  return ancestor.pos <= node.pos && node.end <= ancestor.end;
}

/** Whether a node is the operand of an `await` inside the loop, or a part of it. */
function isAwaitedPart(node: Node, loop: Node): boolean {
  for (let at: Node = node; at !== loop; at = at.parent) {
    if (isAwaitExpression(at)) return true;
    if (isFunctionNode(at)) return false;
  }
  return false;
}

function awaitsInside(node: Node): boolean {
  let found = false;
  walkBody(node, (at) => {
    if (isAwaitExpression(at)) found = true;
    return !isFunctionNode(at);
  });
  return found;
}

function loopAround(node: Node): Node | undefined {
  let at: Node | undefined = node.parent;
  while (at && !isLoop(at) && !isFunctionNode(at)) at = at.parent;
  return at;
}

/** Whether a `break` leaves this loop, and not a loop or switch inside it. */
function breaks(node: Node & { readonly label?: Node | undefined }, loop: Node): boolean {
  if (node.label) return true;
  let at: Node = node.parent;
  while (at !== loop && !isLoop(at) && !isSwitchStatement(at)) at = at.parent;
  return at === loop;
}

/** Whether what an `await` gives is used: what gives nothing is there for its effect. */
export function isUsed(node: AwaitExpression): boolean {
  return !isExpressionStatement(wrapped(node).parent);
}

/** The declaration that a list's name stands for, where it is a variable of the same file. */
export function isVariable(node: Node | undefined): node is Node & { readonly initializer?: Node } {
  return node !== undefined && isVariableDeclaration(node);
}
