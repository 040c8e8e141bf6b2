/** Functions that call themselves again and again, by their syntax. */
import { namesMadeIn, outsideOf } from '../../../facts/loop-exits.ts';
import {
  type AwaitExpression,
  type CallExpression,
  type FunctionNode,
  isAsyncFunction,
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isLiteralValue,
  isPropertyAccessExpression,
  isReturnStatement,
  isThrowStatement,
  isWithin,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
} from '../../../typescript/ast.ts';
import { chainEnd, isNothing } from '../../../typescript/promise-syntax.ts';
import type { RuleContext } from '../../define.ts';
import { isSwitch } from './lifecycle.ts';

/** A function that every run of itself starts again, for ever or until somebody else changes `flag`. */
export interface Repetition {
  readonly flag: Node | undefined;
}

/** `await null`, `await Promise.resolve()`: a pause for promises only, by syntax. */
export function isPause({ expression }: AwaitExpression): boolean {
  const at = unwrap(expression);
  return isNothing(at) || isLiteralValue(at) || isResolvedWithNothing(at);
}

/** `Promise.resolve()`, without a value that could be a promise. */
export function isResolvedWithNothing(node: Node): boolean {
  return isCallExpression(node) && node.expression.getText() === 'Promise.resolve' && node.arguments.length === 0;
}

/** What a callback calls: itself, or the one call that it consists of, without arguments that could count down. */
export function calledBy(callback: Node, fn: FunctionNode): Node | undefined {
  if (!isFunctionNode(callback))
    return isIdentifier(callback) || isPropertyAccessExpression(callback) ? callback : undefined;
  const { body } = callback;
  const only = body && isBlock(body) && body.statements.length === 1 ? body.statements[0] : body;
  const step = only && (isBlock(only) ? undefined : (valueOf(only) ?? unwrap(only)));
  return step && isCallExpression(step) && isWithOwnParameters(step, fn) ? unwrap(step.expression) : undefined;
}

/** The call that an async function ends with: `return run()`, `await run()`. */
export function returnedCall(fn: FunctionNode): CallExpression | undefined {
  const last = isAsyncFunction(fn) && fn.body && isBlock(fn.body) ? fn.body.statements.at(-1) : undefined;
  const value = last && valueOf(last);
  const call = value && isAwaitExpression(value) ? unwrap(value.expression) : value;
  return call && isCallExpression(call) ? call : undefined;
}

function valueOf(statement: Node): Node | undefined {
  if (!isExpressionStatement(statement) && !isReturnStatement(statement)) return undefined;
  return statement.expression && unwrap(statement.expression);
}

/** Whether the next run gets what this one got. */
export function isWithOwnParameters(call: CallExpression, fn: FunctionNode): boolean {
  return call.arguments.every(
    (value, index) => isIdentifier(value) && fn.parameters[index]?.name.getText() === value.text,
  );
}

/**
 * Whether every run of a function comes to a call in it: it stands in no branch, and nothing leaves the function before,
 * other than by conditions that only somebody else can change. Undefined where it ends by itself, or may.
 */
export function repeatsFor(call: CallExpression, fn: FunctionNode, ctx: RuleContext): Repetition | undefined {
  const { body } = fn;
  const value = chainEnd(call);
  if (body === value) return { flag: undefined };
  if (!body || !isBlock(body)) return undefined;
  const statement = isAwaitExpression(value.parent) ? value.parent.parent : value.parent;
  if (!isExpressionStatement(statement) && !isReturnStatement(statement)) return undefined;
  const own = statementIn(body, statement);
  const branch = own === statement ? [] : branchWith(statement, own);
  if (!branch) return undefined;
  const before = body.statements.filter(({ end }) => end <= own.pos);
  const guards = before.filter(leaves);
  const conditions = [...guards.map(conditionOf), ...(own === statement ? [] : [conditionOf(own)])];
  if (conditions.length === 0) return waits([...before, own], call) ? undefined : { flag: undefined };
  const end = conditions.includes(undefined) ? undefined : outsideOf(conditions as readonly Node[], namesMadeIn(body));
  const [flag, ...others] = end?.flags ?? [];
  if (!end || !flag || end.watchesClock || end.asked.length > 0) return undefined;
  const parameters = fn.parameters.map(({ name }) => name.getText());
  if ([flag, ...others].some((name) => parameters.includes(name.getText()))) return undefined;
  // Whatever else it calls may change the flag.
  const rest = [...before.filter((each) => !guards.includes(each)), ...branch];
  if (waits(rest, call)) return undefined;
  const isQuiet = !rest.some((each) => callsSomething(each, ctx));
  return isQuiet || (others.length === 0 && isSwitch(flag, fn)) ? { flag } : undefined;
}

function statementIn(body: Node, statement: Node): Node {
  let at = statement;
  while (at.parent !== body && at.parent) at = at.parent;
  return at;
}

/** What else stands in the branch of an `if` with a statement; undefined where the statement lies deeper. */
function branchWith(statement: Node, choice: Node): readonly Node[] | undefined {
  const branch = isIfStatement(choice) ? choice.thenStatement : undefined;
  if (branch === statement) return [];
  return branch && isBlock(branch) && statement.parent === branch
    ? branch.statements.filter((each) => each !== statement)
    : undefined;
}

/** The test of an `if` without `else`. */
function conditionOf(statement: Node): Node | undefined {
  return isIfStatement(statement) && !statement.elseStatement ? statement.expression : undefined;
}

function leaves(statement: Node): boolean {
  let found = false;
  walkBody(statement, (node) => {
    found ||= isReturnStatement(node) || isThrowStatement(node);
    return !found;
  });
  return found;
}

/** Whether statements wait for more than promises that are fulfilled already. */
function waits(statements: readonly Node[], call: CallExpression): boolean {
  let found = false;
  for (const statement of statements) {
    walkBody(statement, (node) => {
      found ||= node.kind === SyntaxKind.YieldExpression;
      found ||= isAwaitExpression(node) && !isPause(node) && !isWithin(call, node);
      return !found;
    });
  }
  return found;
}

function callsSomething(statement: Node, { knowledge }: RuleContext): boolean {
  let found = false;
  walkBody(statement, (node) => {
    found ||= isCallExpression(node) && !isResolvedWithNothing(node) && !knowledge.promises.isLogging(lastName(node));
    return !found;
  });
  return found;
}
