import type { Step } from '../../../flow/graph.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isAwaitExpression,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
  isVoidExpression,
  isWithin,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
  wrapped,
} from '../../../typescript/ast.ts';
import { chainCall } from '../../../typescript/promise-syntax.ts';
import type { RuleContext } from '../../define.ts';
import type { Holding } from './holdings.ts';

/** A lock that is taken while another one, or the same, is held. */
export interface Nested {
  readonly outer: Holding;
  readonly inner: Holding;
  /** The call inside the outer one: that of the inner one, or of a function in which that stands. */
  readonly at: CallExpression;
}

export async function nestedIn(holdings: readonly Holding[], ctx: RuleContext): Promise<readonly Nested[]> {
  const found = await Promise.all(holdings.map((outer) => insideOf(outer, holdings, ctx)));
  return found.flat();
}

async function insideOf(outer: Holding, all: readonly Holding[], ctx: RuleContext): Promise<readonly Nested[]> {
  const calls = callsWhileHeld(outer, ctx);
  const found = await Promise.all(
    calls.map(async (at): Promise<readonly Nested[]> => {
      const direct = all.find(({ call }) => call === at);
      if (direct) return [{ outer, inner: direct, at }];
      const taken = await takenBy(at, all, ctx, 0);
      return taken.map((inner) => ({ outer, inner, at }));
    }),
  );
  return found.flat();
}

/** The calls that are waited for while a lock is held. */
function callsWhileHeld(outer: Holding, ctx: RuleContext): readonly CallExpression[] {
  if (outer.region) return waitedCalls(outer.region);
  if (outer.isOpaque) return [];
  const fn = enclosingFunction(outer.call);
  if (!fn) return [];
  const graph = ctx.flow.graphOf(fn);
  const from = graph.stepsOf(isAwaitExpression(outer.call.parent) ? outer.call.parent : outer.call);
  const held = ctx.flow.stepsAfter(from, { without: new Set(releases(outer, graph.steps)) });
  return waitedCalls(fn).filter((call) => call !== outer.call && graph.stepsOf(call).some((step) => held.has(step)));
}

/** `release()` of what the call gave, and `mutex.release()`. */
function releases(outer: Holding, steps: readonly Step[]): readonly Step[] {
  const holder = wrapped(isAwaitExpression(outer.call.parent) ? outer.call.parent : outer.call).parent;
  const given = isVariableDeclaration(holder) && isIdentifier(holder.name) ? holder.name.text : undefined;
  const names = outer.release.map((method) => `${outer.name}.${method}`);
  return steps.filter(({ kind, node }) => {
    if (kind !== 'call' || !isCallExpression(node)) return false;
    const callee = node.expression.getText();
    return callee === given || names.includes(callee);
  });
}

/** The calls of a function's own code that it waits for, or gives back. */
function waitedCalls(fn: FunctionNode): readonly CallExpression[] {
  const calls: CallExpression[] = [];
  if (fn.body)
    walkBody(fn.body, (node) => {
      if (isCallExpression(node) && !isDropped(node)) calls.push(node);
      return true;
    });
  return calls;
}

/** A call that nobody waits for only queues up. */
function isDropped(call: Node): boolean {
  const { parent } = wrapped(call);
  // `lock().catch(report)` stands for the call.
  const link = chainCall(parent?.parent ?? call);
  if (link && unwrap(link.receiver) === unwrap(call)) return isDropped(link.call);
  return isExpressionStatement(parent) || isVoidExpression(parent) || isVariableDeclaration(parent);
}

/** The locks that a function of this file takes, for its own object or for the module. */
async function takenBy(
  call: CallExpression,
  all: readonly Holding[],
  ctx: RuleContext,
  depth: number,
): Promise<readonly Holding[]> {
  const callee = unwrap(call.expression);
  const isOwn =
    isIdentifier(callee) || (isPropertyAccessExpression(callee) && callee.expression.kind === SyntaxKind.ThisKeyword);
  if (!isOwn || depth > deepest || !mayBeAsync(call)) return [];
  const functions = (await ctx.facts.calledFunctions(call)).filter(
    // A function that calls itself while it holds the lock waits for itself; those further down are not followed in circles.
    (fn) => fn.getSourceFile() === call.getSourceFile() && (depth === 0 || !isWithin(call, fn)),
  );
  const direct = all.filter((holding) => functions.some((fn) => enclosingFunction(holding.call) === fn));
  if (direct.length > 0) return direct;
  const below = await Promise.all(functions.flatMap(waitedCalls).map((inner) => takenBy(inner, all, ctx, depth + 1)));
  return below.flat();
}

const deepest = 1;

function mayBeAsync(call: CallExpression): boolean {
  const { parent } = wrapped(call);
  return (
    isAwaitExpression(parent) || parent.kind === SyntaxKind.ReturnStatement || parent.kind === SyntaxKind.ArrowFunction
  );
}
