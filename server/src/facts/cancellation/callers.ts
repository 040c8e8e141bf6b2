/** What the callers of a function do about the signal that they may give it. */
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isArrowFunction,
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isParameterDeclaration,
  isReturnStatement,
  isSpreadElement,
  type Node,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import type { FunctionUses } from '../uses.ts';
import type { ScopedSignal } from './signal-scope.ts';

/**
 * Whether every caller in sight either gives no signal, or asks the one that it gives as soon as the answer is there.
 * False where somebody may call it who is not to be seen, or nobody in sight does.
 */
export async function callersAsk({ name, from }: ScopedSignal, uses: FunctionUses): Promise<boolean> {
  const fn = name.parent.parent;
  if (from !== 'parameter' || !isIdentifier(name) || !isFunctionNode(fn)) return false;
  return allAsk(
    fn,
    fn.parameters.findIndex((parameter) => parameter.name === name),
    uses,
    0,
  );
}

async function allAsk(fn: FunctionNode, index: number, uses: FunctionUses, depth: number): Promise<boolean> {
  if (index < 0) return false;
  const here = await uses.of(fn);
  if (here.some(({ kind }) => kind !== 'call')) return false;
  const all = [...here, ...(await uses.elsewhere(fn))];
  const calls = all.flatMap((use) => (use.kind === 'call' && isCallExpression(use.call) ? [use.call] : []));
  if (calls.length === 0 || calls.length < all.length) return false;
  for (const call of calls) if (!(await asks(call, index, uses, depth))) return false;
  return true;
}

async function asks(call: CallExpression, index: number, uses: FunctionUses, depth: number): Promise<boolean> {
  if (call.arguments.some(isSpreadElement)) return false;
  const given = call.arguments[index];
  if (!given || given.getText() === 'undefined') return true;
  const signal = unwrap(given);
  const { parent } = wrapped(call);
  const value = isAwaitExpression(parent) ? wrapped(parent) : wrapped(call);
  const isHandedUp = isReturnStatement(value.parent) || (isArrowFunction(value.parent) && !isBlock(value));
  if (isHandedUp) {
    const parameter = isIdentifier(signal) ? declarationName(signal)?.parent : undefined;
    const fn = enclosingFunction(call);
    if (!fn || depth >= deepest || !parameter || !isParameterDeclaration(parameter) || parameter.parent !== fn)
      return false;
    return allAsk(fn, fn.parameters.indexOf(parameter as never), uses, depth + 1);
  }
  return isAwaitExpression(parent) && asksNext(parent, signal.getText());
}

/** How many functions may hand the answer up. */
const deepest = 2;

/** `const x = await work(signal); signal.throwIfAborted();` */
function asksNext(wait: Node, signal: string): boolean {
  let statement = wait;
  while (statement.parent && !isBlock(statement.parent) && !isFunctionNode(statement.parent))
    statement = statement.parent;
  if (!statement.parent || !isBlock(statement.parent)) return false;
  const { statements }: { readonly statements: readonly Node[] } = statement.parent;
  const next = statements[statements.indexOf(statement) + 1]?.getText() ?? '';
  return [`${signal}.`, `${signal}?.`].some((start) =>
    ['aborted', 'throwIfAborted', 'isCancellationRequested'].some((member) => next.includes(start + member)),
  );
}
