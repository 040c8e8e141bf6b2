import { isSettlingCall, settlingPaths, usesOf } from '../../../flow/settlement.ts';
import type { TextEdit } from '../../../model/finding.ts';
import {
  type CallExpression,
  type FunctionNode,
  isArrowFunction,
  isAwaitExpression,
  isBlock,
  isCatchClause,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isReturnStatement,
  isTryStatement,
  type NewExpression,
  type Node,
  type Statement,
  SyntaxKind,
  unwrap,
  walkBody,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';
import { functionAround } from './executor.ts';

interface Parts {
  readonly creation: NewExpression;
  readonly executor: FunctionNode;
  readonly resolve: string | undefined;
  readonly reject: string | undefined;
}

/**
 * `new Promise<T>(async (resolve, reject) => { … resolve(x); })` → `(async (): Promise<T> => { … return x; })()`.
 * Only where every use of the two names is the last thing that its path does.
 * @returns undefined where the executor is not that simple
 */
export function unwrapExecutor(
  { creation, executor, resolve, reject }: Parts,
  fix: RuleContext['fix'],
): readonly TextEdit[] | undefined {
  if (!isArrowFunction(executor) || !isBlock(executor.body) || resolve === undefined || executor.parameters.length > 2)
    return undefined;
  if (executor.type || creation.arguments?.length !== 1 || startsStatement(creation)) return undefined;
  const names = new Set([resolve, reject].filter((name) => name !== undefined));
  const uses = usesOf(names, executor);
  if (uses.length === 0 || leavesUnsettled(executor, names) || leavesEarly(executor, names)) return undefined;
  const edits: TextEdit[] = [];
  for (const use of uses) {
    if (!isSettlingCall(use) || functionAround(use) !== executor) return undefined;
    const call = use.parent as CallExpression;
    const statement = call.parent;
    if (!(isExpressionStatement(statement) || isReturnStatement(statement)) || call.arguments.length > 1)
      return undefined;
    if (!isReturnStatement(statement) && !isLast(statement, executor)) return undefined;
    const replacement =
      isIdentifier(use) && use.text === resolve ? returning(call, statement) : throwing(call, statement);
    if (replacement === undefined) return undefined;
    edits.push(fix.replace(statement, replacement));
  }
  const parameters = executor.equalsGreaterThanToken.getStart();
  const afterAsync = executor.getStart() + 'async'.length;
  const type = creation.typeArguments?.[0]?.getText();
  return [
    fix.replace({ start: creation.getStart(), end: executor.getStart() }, '('),
    fix.replace({ start: afterAsync, end: parameters }, type === undefined ? ' () ' : ` (): Promise<${type}> `),
    ...edits,
    fix.replace({ start: executor.end, end: creation.end }, ')()'),
  ];
}

function returning(call: CallExpression, statement: Node): string | undefined {
  const [value] = call.arguments;
  if (!value) return 'return;';
  // Inside a `try`, a returned promise would leave it unawaited.
  const isSimple =
    isAwaitExpression(unwrap(value)) ||
    isIdentifier(value) ||
    value.kind === SyntaxKind.StringLiteral ||
    value.kind === SyntaxKind.NumericLiteral;
  if (isInTry(statement) && !isSimple) return undefined;
  return `return ${value.getText()};`;
}

/** A throw inside a `try` would land in its own `catch`. */
function throwing(call: CallExpression, statement: Node): string | undefined {
  const [reason] = call.arguments;
  return reason && !isInTry(statement) ? `throw ${reason.getText()};` : undefined;
}

function isInTry(statement: Node): boolean {
  for (let at = statement; at.parent && !isFunctionNode(at); at = at.parent)
    if (isTryStatement(at.parent) && at === at.parent.tryBlock) return true;
  return false;
}

/** Whether nothing of the executor runs after the statement on its path, apart from `finally` blocks. */
function isLast(statement: Node, executor: Node): boolean {
  const { parent } = statement;
  if (isBlock(parent)) {
    const after = parent.statements[parent.statements.indexOf(statement as Statement) + 1];
    if (after) return false;
    return parent.parent === executor || isLast(parent, executor);
  }
  if (isIfStatement(parent)) return isLast(parent, executor);
  if (isTryStatement(parent)) return statement !== parent.finallyBlock && isLast(parent, executor);
  if (isCatchClause(parent)) return isLast(parent, executor);
  return false;
}

function leavesUnsettled(executor: FunctionNode, names: ReadonlySet<string>): boolean {
  const { unsettledReturns, endsUnsettled } = settlingPaths(executor, names);
  return endsUnsettled || unsettledReturns.length > 0;
}

/** A bare `return` would give `undefined`, where the promise was settled elsewhere or not at all. */
function leavesEarly(executor: FunctionNode, names: ReadonlySet<string>): boolean {
  let found = false;
  if (executor.body) {
    walkBody(executor.body, (node) => {
      if (!isReturnStatement(node)) return !found && !isFunctionNode(node);
      const call = node.expression && unwrap(node.expression);
      const callee = call && 'expression' in call ? unwrap((call as CallExpression).expression) : undefined;
      found ||= !(callee && isIdentifier(callee) && names.has(callee.text));
      return false;
    });
  }
  return found;
}

function startsStatement(node: Node): boolean {
  const start = node.getStart();
  for (let at = node.parent; at && at.getStart() === start; at = at.parent) if (isExpressionStatement(at)) return true;
  return false;
}
