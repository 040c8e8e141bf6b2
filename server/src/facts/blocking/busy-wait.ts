import {
  type DoStatement,
  type ForStatement,
  isAssignmentOperator,
  isBinaryExpression,
  isBlock,
  isBreakStatement,
  isCallExpression,
  isContinueStatement,
  isElementAccessExpression,
  isForStatement,
  isFunctionNode,
  isIdentifier,
  isLiteralValue,
  isNewExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  type Node,
  SyntaxKind,
  unwrap,
  type WhileStatement,
} from '../../typescript/ast.ts';

export type Loop = WhileStatement | DoStatement | ForStatement;

/** What a loop that does nothing waits for. */
export type BusyWait =
  /** A time: it ends, after burning a processor, once the test `until` has the value `ends`. */
  | { readonly for: 'clock'; readonly until: Node; readonly ends: 'true' | 'false' }
  /** A variable or property that nothing in the loop can change. */
  | { readonly for: 'flag'; readonly flag: Node };

/** What a loop waits for, by its shape alone; undefined for loops that do anything else than waiting. */
export function busyWait(loop: Loop): BusyWait | undefined {
  const test = isForStatement(loop) ? loop.condition : loop.expression;
  if (isForStatement(loop) && loop.incrementor && !doesNothing(loop.incrementor)) return undefined;
  if (test && isEmpty(loop.statement) && !(isForStatement(loop) && loop.incrementor)) {
    const flag = waitedFlag(test);
    if (flag) return { for: 'flag', flag };
  }
  if (!doesNothing(loop.statement)) return undefined;
  if (test && test.kind !== SyntaxKind.TrueKeyword) {
    if (!doesNothing(test)) return undefined;
    return readsClock(test) || (readsClock(loop.statement) && isIdentifierTest(test))
      ? { for: 'clock', until: test, ends: 'false' }
      : undefined;
  }
  const exit = onlyExit(loop.statement);
  return exit && doesNothing(exit) && readsClock(loop.statement)
    ? { for: 'clock', until: exit, ends: 'true' }
    : undefined;
}

/** No statement at all, or only empty ones; `continue` is as good as none. */
function isEmpty(statement: Node): boolean {
  if (statement.kind === SyntaxKind.EmptyStatement) return true;
  if (isContinueStatement(statement)) return !statement.label;
  return isBlock(statement) && statement.statements.every(isEmpty);
}

/**
 * Whether nothing outside plain local variables is touched: clock reads, arithmetic, assignments to names, `if` and
 * `break`. A call of anything else may be the work that the loop is there for.
 */
function doesNothing(node: Node): boolean {
  switch (node.kind) {
    case SyntaxKind.AwaitExpression:
    case SyntaxKind.YieldExpression:
    case SyntaxKind.ReturnStatement:
    case SyntaxKind.ThrowStatement:
    case SyntaxKind.DeleteExpression:
    case SyntaxKind.TaggedTemplateExpression:
      return false;
    default:
  }
  if (isFunctionNode(node)) return false;
  if ((isCallExpression(node) || isNewExpression(node)) && !isClockRead(node) && !isArithmetic(node)) return false;
  if (isBinaryExpression(node) && isAssignmentOperator(node.operatorToken.kind) && !isIdentifier(unwrap(node.left)))
    return false;
  let harmless = true;
  node.forEachChild((child) => {
    harmless &&= doesNothing(child);
  });
  return harmless;
}

/** `Number(ms)`, `BigInt(ms)`, `Math.max(0, ms)`. */
function isArithmetic(node: Node): boolean {
  return isCallExpression(node) && /^(?:Number|BigInt|Math\.\w+)$/.test(node.expression.getText());
}

export function readsClock(node: Node): boolean {
  if ((isCallExpression(node) || isNewExpression(node)) && isClockRead(node)) return true;
  let found = false;
  node.forEachChild((child) => {
    found ||= readsClock(child);
  });
  return found;
}

const clocks = new Set(['Date.now', 'performance.now', 'process.hrtime', 'process.hrtime.bigint', 'process.uptime']);

/** `Date.now()`, `new Date()` and what is asked of such a date, `performance.now()`, `process.hrtime()`. */
export function isClockRead(node: Node): boolean {
  if (isNewExpression(node))
    return isIdentifier(node.expression) && node.expression.text === 'Date' && !node.arguments?.length;
  if (!isCallExpression(node)) return false;
  const callee = unwrap(node.expression);
  if (isIdentifier(callee)) return callee.text === 'Number' && node.arguments.some(isClockRead);
  if (!isPropertyAccessExpression(callee)) return false;
  if (clocks.has(callee.getText())) return true;
  const receiver = unwrap(callee.expression);
  return /^(?:getTime|valueOf)$/.test(callee.name.text) && isNewExpression(receiver) && isClockRead(receiver);
}

/** The test of `if (…) break;`, where that is the only way out. */
function onlyExit(body: Node): Node | undefined {
  let test: Node | undefined;
  const visit = (node: Node): void => {
    if (isBreakStatement(node)) {
      let at = node.parent;
      while (at.kind === SyntaxKind.Block) at = at.parent;
      test ??= (at as { readonly expression?: Node }).expression;
    }
    node.forEachChild(visit);
  };
  visit(body);
  return test;
}

function isIdentifierTest(test: Node): boolean {
  const at = unwrap(test);
  return isBinaryExpression(at) && [at.left, at.right].some((side) => readsNames(side));
}

function readsNames(node: Node): boolean {
  const at = unwrap(node);
  return isIdentifier(at) || (isBinaryExpression(at) && (readsNames(at.left) || readsNames(at.right)));
}

/** The first name in a test that is made of names, literals and operators only; calls and elements may change by themselves. */
function waitedFlag(test: Node): Node | undefined {
  const at = unwrap(test);
  switch (at.kind) {
    case SyntaxKind.Identifier:
      return (at as Node & { readonly text: string }).text === 'undefined' ? undefined : at;
    case SyntaxKind.PropertyAccessExpression:
      return isNameChain(at) ? at : undefined;
    case SyntaxKind.PrefixUnaryExpression:
      return isPrefixUnaryExpression(at) && at.operator === SyntaxKind.ExclamationToken
        ? waitedFlag(at.operand)
        : undefined;
    case SyntaxKind.BinaryExpression: {
      const { left, right, operatorToken } = at as Node & {
        readonly left: Node;
        readonly right: Node;
        readonly operatorToken: Node;
      };
      if (isAssignmentOperator(operatorToken.kind) || operatorToken.kind === SyntaxKind.CommaToken) return undefined;
      const sides = [left, right];
      if (!sides.every((side) => isLiteralValue(unwrap(side)) || waitedFlag(side))) return undefined;
      return sides.map((side) => waitedFlag(side)).find((flag) => flag !== undefined);
    }
    default:
      return undefined;
  }
}

function isNameChain(node: Node): boolean {
  const at = unwrap(node);
  if (isElementAccessExpression(at)) return false;
  if (isPropertyAccessExpression(at)) return isNameChain(at.expression);
  return isIdentifier(at) || at.kind === SyntaxKind.ThisKeyword;
}
