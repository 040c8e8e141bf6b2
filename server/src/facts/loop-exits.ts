import {
  type AwaitExpression,
  type CallExpression,
  isAssignmentOperator,
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isBreakStatement,
  isCallExpression,
  isElementAccessExpression,
  isForOfStatement,
  isForStatement,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isLabeledStatement,
  isLiteralValue,
  isLoop,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isSwitchStatement,
  isThrowStatement,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
} from '../typescript/ast.ts';
import type { Oracle } from '../typescript/oracle.ts';
import { isAwaitUsing, isNothing } from '../typescript/promise-syntax.ts';
import { isClockRead, type Loop, readsClock } from './blocking/busy-wait.ts';

/** How a loop comes to an end, where nothing that its body does brings it about. */
export interface OutsideEnd {
  /** Names and members that somebody else has to change; empty for a loop that never ends, or that watches the clock. */
  readonly flags: readonly Node[];
  readonly watchesClock: boolean;
  /** Calls in conditions, which may or may not be more than a look at a flag. */
  readonly asked: readonly CallExpression[];
}

/**
 * What a loop waits for, by syntax alone. Undefined where its body works towards its end: it counts, takes from a list,
 * or leaves by a condition about something that it has made itself.
 */
export function outsideEnd(loop: Loop): OutsideEnd | undefined {
  const conditions = conditionsOf(loop);
  return conditions && outsideOf(conditions, namesMadeIn(loop));
}

/**
 * What conditions depend on, by syntax alone; undefined where that is not for others to change.
 * @param made the names and members that whoever asks the conditions declares or writes
 */
export function outsideOf(conditions: readonly Node[], made: ReadonlySet<string>): OutsideEnd | undefined {
  const flags: Node[] = [];
  const asked: CallExpression[] = [];
  let watchesClock = false;
  let isOutside = true;
  const look = (node: Node): void => {
    const at = unwrap(node);
    if (isClockRead(at)) watchesClock = true;
    else if (isCallExpression(at)) {
      const isPlain = at.arguments.length === 0 || isLookIntoCollection(at, made);
      if (!isPlain || !isNameChain(at.expression)) isOutside = false;
      asked.push(at);
    } else if (isIdentifier(at) || isPropertyAccessExpression(at)) {
      if (isNothing(at)) return;
      if (!isNameChain(at) || made.has(rootName(at)) || made.has(at.getText())) isOutside = false;
      flags.push(at);
    } else if (isBinaryExpression(at)) {
      const kind = at.operatorToken.kind;
      // What is compared with the clock, such as a deadline, is no flag.
      if (comparisons.has(kind) && readsClock(at)) {
        watchesClock = true;
        return;
      }
      if (isAssignmentOperator(kind)) isOutside = false;
      look(at.left);
      look(at.right);
    } else if (isPrefixUnaryExpression(at)) {
      if (at.operator === SyntaxKind.PlusPlusToken || at.operator === SyntaxKind.MinusMinusToken) isOutside = false;
      look(at.operand);
    } else if (!isLiteralValue(at)) isOutside = false;
  };
  for (const condition of conditions) look(condition);
  return isOutside ? { flags, watchesClock, asked } : undefined;
}

/** `answers.has(id)`, `answers.get(id)` with what stays the same. Whether it is a collection is a question for the types. */
function isLookIntoCollection({ expression, arguments: given }: CallExpression, made: ReadonlySet<string>): boolean {
  const callee = unwrap(expression);
  if (!isPropertyAccessExpression(callee) || !/^(?:has|get)$/.test(callee.name.text) || given.length !== 1)
    return false;
  return given.every((value) => {
    const at = unwrap(value);
    return isLiteralValue(at) || (isNameChain(at) && !made.has(rootName(at)) && !made.has(at.getText()));
  });
}

/** Whether a call looks into a `Map` or a `Set`, so that only a change of that changes its answer. */
export async function looksIntoCollection({ expression }: CallExpression, types: Oracle): Promise<boolean> {
  const origins = await types.origins(unwrap(expression));
  return origins.some(({ module, path }) => module === 'global' && collections.has(path[0] ?? ''));
}

const collections = new Set(['Map', 'ReadonlyMap', 'ReadonlySet', 'Set', 'WeakMap', 'WeakSet']);

const comparisons = new Set([
  SyntaxKind.LessThanToken,
  SyntaxKind.LessThanEqualsToken,
  SyntaxKind.GreaterThanToken,
  SyntaxKind.GreaterThanEqualsToken,
]);

/** The conditions under which a loop is left; undefined where it is left under others than can be read. */
function conditionsOf(loop: Loop): readonly Node[] | undefined {
  const test = isForStatement(loop) ? loop.condition : loop.expression;
  const conditions: Node[] = test && test.kind !== SyntaxKind.TrueKeyword && !isOne(test) ? [test] : [];
  let isReadable = true;
  const visit = (node: Node): void => {
    if (isFunctionNode(node)) return;
    const leaves =
      isReturnStatement(node) || isThrowStatement(node) || (isBreakStatement(node) && leavesLoop(node, loop));
    if (leaves) {
      const condition = guardOf(node, loop);
      if (condition) conditions.push(condition);
      else isReadable = false;
    }
    node.forEachChild(visit);
  };
  visit(loop.statement);
  return isReadable ? conditions : undefined;
}

/** The test of the `if` that a way out stands in, alone or as the last of a block; undefined for anything else. */
function guardOf(exit: Node, loop: Loop): Node | undefined {
  let at = exit;
  while (at.parent && isBlock(at.parent) && at.parent !== loop.statement) at = at.parent;
  const { parent } = at;
  if (!parent || !isIfStatement(parent) || parent.thenStatement !== at) return undefined;
  let above: Node = parent;
  // Where an earlier branch of the same `if` is taken, this one has to be waited for all the same.
  while (isElse(above) || (above.parent && isBlock(above.parent) && above.parent !== loop.statement))
    above = above.parent;
  const isDirect = above === loop.statement || above.parent === loop.statement;
  return isDirect ? parent.expression : undefined;
}

function isElse(node: Node): boolean {
  return node.parent && isIfStatement(node.parent) && node.parent.elseStatement === node;
}

function leavesLoop(exit: Node & { readonly label?: Node }, loop: Loop): boolean {
  if (exit.label) return true;
  let at = exit.parent;
  while (at && !isLoop(at) && !isSwitchStatement(at) && !isLabeledStatement(at)) at = at.parent;
  return at === loop;
}

/** Everything that a loop or a function's body itself declares or writes. */
export function namesMadeIn(body: Node): ReadonlySet<string> {
  const names = new Set<string>();
  walkBody(body, (node) => {
    if (isVariableDeclaration(node)) addNames(node.name, names);
    if (isBinaryExpression(node)) {
      const kind = node.operatorToken.kind;
      if (isAssignmentOperator(kind)) addNames(node.left, names);
    }
    const { operator, operand } = node as Node & { readonly operator?: SyntaxKind; readonly operand?: Node };
    if (operand && (operator === SyntaxKind.PlusPlusToken || operator === SyntaxKind.MinusMinusToken))
      addNames(operand, names);
    return true;
  });
  return names;
}

function addNames(target: Node, names: Set<string>): void {
  const at = unwrap(target);
  if (isPropertyAccessExpression(at)) names.add(at.getText());
  else if (isElementAccessExpression(at)) names.add(rootName(at));
  else if (isIdentifier(at)) names.add(at.text);
  else at.forEachChild((child) => addNames(child, names));
}

function rootName(node: Node): string {
  let at = unwrap(node);
  while (isPropertyAccessExpression(at) || isElementAccessExpression(at)) at = unwrap(at.expression);
  return at.getText();
}

/** `a`, `this.a.b`, without calls and elements. */
function isNameChain(node: Node): boolean {
  const at = unwrap(node);
  if (isPropertyAccessExpression(at)) return isNameChain(at.expression);
  return isIdentifier(at) || at.kind === SyntaxKind.ThisKeyword;
}

function isOne(node: Node): boolean {
  return unwrap(node).getText() === '1';
}

/** What a loop waits for in its own run, in order; undefined where it also suspends in another way. */
export function awaitsOf(loop: Loop): readonly AwaitExpression[] | undefined {
  const found: AwaitExpression[] = [];
  let isPlain = true;
  walkBody(loop, (node) => {
    if (isAwaitExpression(node)) found.push(node);
    if (node.kind === SyntaxKind.YieldExpression || isAwaitUsing(node)) isPlain = false;
    if (isForOfStatement(node) && node.awaitModifier) isPlain = false;
    return true;
  });
  return isPlain ? found : undefined;
}

/** The calls that a loop makes besides what it awaits: whatever they do may be what its end depends on. */
export function otherCalls(loop: Loop, awaits: readonly AwaitExpression[]): readonly CallExpression[] {
  const waited = new Set(awaits.map(({ expression }) => unwrap(expression)));
  const found: CallExpression[] = [];
  walkBody(loop.statement, (node) => {
    if (waited.has(node)) return false;
    if (isCallExpression(node) && !isClockRead(node)) found.push(node);
    return true;
  });
  return found;
}
