import { accessAt } from '../../../facts/overlap/places.ts';
import { shortName } from '../../../facts/promises/dropped-name.ts';
import type { Span } from '../../../model/span.ts';
import {
  type AwaitExpression,
  type CallExpression,
  type CatchClause,
  type DoStatement,
  type ForStatement,
  isAwaitExpression,
  isBinaryExpression,
  isBreakStatement,
  isCallExpression,
  isExpressionStatement,
  isForStatement,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isPrefixUnaryExpression,
  isReturnStatement,
  isThrowStatement,
  isTryStatement,
  isVariableDeclaration,
  isVariableDeclarationList,
  isWithin,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { awaitKeyword } from '../../../typescript/promise-syntax.ts';
import { referencesTo } from '../../../typescript/references.ts';

export interface RetryLoop {
  readonly loop: Node;
  readonly attempt: Node;
  readonly name: string;
  readonly keyword: Span;
  readonly catchClause: CatchClause;
  /** The call that its `catch` ends with, which may always throw. */
  readonly lastInCatch: CallExpression | undefined;
  /** Whether only a success ends the loop. */
  readonly isEndless: boolean;
  /** Whether it waits between attempts, by the names of what it calls. */
  readonly waits: boolean;
  /** Whether the wait between two attempts grows. */
  readonly grows: boolean;
  /** The calls behind a failure, of which one may wait. */
  readonly calls: readonly CallExpression[];
  /** The variable that counts the attempts, where there is one. */
  readonly counter: string | undefined;
}

/** A loop that tries something until it succeeds; undefined for loops that do something else. */
export function retryLoop(
  loop: ForStatement | DoStatement | ({ readonly statement: Node } & Node),
  waitsByName: (name: string) => boolean,
): RetryLoop | undefined {
  const attempts: { readonly tried: Node; readonly clause: CatchClause; readonly node: AwaitExpression }[] = [];
  const calls: CallExpression[] = [];
  let waits = false;
  walkBody((loop as { readonly statement: Node }).statement, (node) => {
    if (isFunctionNode(node)) return false;
    if (isTryStatement(node) && node.catchClause && leavesOnSuccess(node.tryBlock, loop)) {
      const found = awaitIn(node.tryBlock);
      if (found && !alwaysLeaves(node.catchClause.block))
        attempts.push({ tried: node.tryBlock, clause: node.catchClause, node: found });
    }
    if (isCallExpression(node)) calls.push(node);
    if (isNewExpression(node) && /setTimeout/.test(node.getText())) waits = true;
    return true;
  });
  const [only, another] = attempts;
  if (!only || another) return undefined;
  const { clause, node, tried } = only;
  const behind = calls.filter((call) => !isWithin(call, tried));
  // Whatever else is awaited after a failure takes its time.
  if (behind.some((call) => waitsByName(lastName(call) ?? '')) || awaitIn(clause.block)) waits = true;
  if (usesRound(node.expression, loop)) return undefined;
  const counter = counterOf(loop);
  return {
    loop,
    attempt: node.expression,
    name: shortName(node.expression).replaceAll('`', "'"),
    keyword: awaitKeyword(node),
    catchClause: clause,
    lastInCatch: lastCallOf(clause.block),
    isEndless: isForEver(loop) && !mayLeave(clause.block),
    waits,
    grows: /\*=|\*\*|Math\.pow|<<|\bMath\.min\(|\* ?2\b|backoff/i.test(loop.getText()),
    calls: behind,
    counter,
  };
}

/** The first call that is awaited in a block itself. */
export function awaitIn(block: Node): AwaitExpression | undefined {
  let found: AwaitExpression | undefined;
  walkBody(block, (node) => {
    if (!found && isAwaitExpression(node) && isCallExpression(unwrap(node.expression))) found = node;
    return !isFunctionNode(node);
  });
  return found;
}

/** Whether a success ends the loop: the block returns or breaks, perhaps only if the answer is good. */
function leavesOnSuccess(block: Node, loop: Node): boolean {
  let found = false;
  walkBody(block, (node) => {
    if (isReturnStatement(node)) found = true;
    if (isBreakStatement(node) && loopOf(node) === loop) found = true;
    if (isBinaryExpression(node) && endsBy(node, loop)) found = true;
    return !isFunctionNode(node);
  });
  return found;
}

/** `done = true` in `while (!done)`, `again = false` in `while (again)`. */
function endsBy(assignment: Node & { readonly left: Node; readonly right: Node }, loop: Node): boolean {
  const flag = flagOf(loop);
  if (!flag || unwrap(assignment.left).getText() !== flag.name) return false;
  const { kind } = unwrap(assignment.right);
  return kind === (flag.isNegated ? SyntaxKind.TrueKeyword : SyntaxKind.FalseKeyword);
}

/** The local variable that is all the condition of a loop. */
function flagOf(loop: Node): { readonly name: string; readonly isNegated: boolean } | undefined {
  if (isForStatement(loop)) return undefined;
  const test = unwrap((loop as unknown as { readonly expression: Node }).expression);
  const isNegated = isPrefixUnaryExpression(test) && test.operator === SyntaxKind.ExclamationToken;
  const name = isNegated ? unwrap(test.operand) : test;
  return isIdentifier(name) ? { name: name.text, isNegated } : undefined;
}

function loopOf(node: Node): Node | undefined {
  let at: Node | undefined = node.parent;
  while (at && !/^(?:For|ForOf|ForIn|While|Do|Switch)Statement$/.test(SyntaxKind[at.kind] ?? '')) at = at.parent;
  return at;
}

function alwaysLeaves(block: Node & { readonly statements: readonly Node[] }): boolean {
  const last = block.statements.at(-1);
  return last !== undefined && (isThrowStatement(last) || isReturnStatement(last) || isBreakStatement(last));
}

function lastCallOf(block: Node & { readonly statements: readonly Node[] }): CallExpression | undefined {
  const last = block.statements.at(-1);
  const value = last && isExpressionStatement(last) ? unwrap(last.expression) : undefined;
  const call = value && isAwaitExpression(value) ? unwrap(value.expression) : value;
  return call && isCallExpression(call) ? call : undefined;
}

function mayLeave(block: Node): boolean {
  let found = false;
  walkBody(block, (node) => {
    if (isThrowStatement(node) || isReturnStatement(node) || isBreakStatement(node)) found = true;
    // An error that is told to somebody else may end the loop from outside.
    return !isFunctionNode(node);
  });
  return found;
}

/** `while (true)`, `for (;;)`. */
function isForEver(loop: Node): boolean {
  if (isForStatement(loop)) return loop.condition === undefined;
  if (flagOf(loop)) return true;
  const { expression } = loop as unknown as { readonly expression: Node };
  return unwrap(expression).kind === SyntaxKind.TrueKeyword;
}

/** Whether what is tried is another thing in each round: a candidate, a new name, the next page. */
function usesRound(attempt: Node, loop: Node): boolean {
  let found = false;
  const visit = (node: Node): void => {
    const declared = isIdentifier(node) ? declarationName(node) : undefined;
    if (declared && isWithin(declared, loop) && !isMadeAlike(declared, loop)) found = true;
    if (declared && referencesTo(declared).some((use) => isWithin(use, loop) && accessAt(use) !== 'read')) found = true;
    if (!found) node.forEachChild(visit);
  };
  visit(attempt);
  return found;
}

/** `const socket = connect(port)`: the same again, where nothing of it belongs to the round. */
function isMadeAlike(name: Node, loop: Node): boolean {
  const { parent } = name;
  const value = isVariableDeclaration(parent) && parent.initializer && unwrap(parent.initializer);
  const made = value && isAwaitExpression(value) ? unwrap(value.expression) : value;
  if (!made) return false;
  const opens = isCallExpression(made) && /^(?:connect|create|open|dial|launch|spawn)/i.test(lastName(made) ?? '');
  return (opens || isNewExpression(made)) && !usesRound(made, loop);
}

function counterOf(loop: Node): string | undefined {
  if (!isForStatement(loop) || !loop.initializer || !isVariableDeclarationList(loop.initializer)) return undefined;
  const [first] = loop.initializer.declarations;
  return first && isIdentifier(first.name) && loop.incrementor ? first.name.text : undefined;
}
