import { type FlowGraph, isExceptional, type Step } from '../../flow/graph.ts';
import { graphOf, rootOf } from '../../flow/graph-of.ts';
import type { CancellationKnowledge } from '../../knowledge/cancellation.ts';
import {
  type CatchClause,
  type FunctionNode,
  isBlock,
  isDoStatement,
  isForOfStatement,
  isForStatement,
  isReturnStatement,
  isWhileStatement,
  isWithin,
  type Node,
  SyntaxKind,
  type TryStatement,
} from '../../typescript/ast.ts';
import { CaughtError } from '../rejection/caught-error.ts';

/**
 * What becomes of an abort that a `catch` sees: `handled` where every path throws, asks whether it was an abort, or
 * passes the error on. `retried` where a path begins the work anew in a loop that is no loop over elements.
 */
export type AbortFate =
  | { readonly how: 'handled' }
  | { readonly how: 'swallowed' }
  | { readonly how: 'retried'; readonly loop: Node };

/** Follows all paths from a `catch` on. */
export function fateInClause(clause: CatchClause, known: CancellationKnowledge): AbortFate {
  const { tryBlock } = clause.parent as TryStatement;
  const root = rootOf(clause);
  const graph = graphOf(root);
  const caught = new CaughtError(clause.variableDeclaration?.name, clause, known);
  const starts = graph.steps
    .filter((step) => !step.isDead && isWithin(step.node, tryBlock))
    .flatMap((step) => step.next.filter(({ kind, to }) => kind === 'fault' && !isWithin(to.node, tryBlock)))
    .map(({ to }) => to);
  const loop = retryLoopAround(clause, root);
  return follow(graph, starts, caught, { tryBlock, loop });
}

/** The same for a function that handles a rejection: the argument of `.catch`. */
export function fateInHandler(handler: FunctionNode, known: CancellationKnowledge): AbortFate {
  const { body } = handler;
  if (!body) return { how: 'handled' };
  const caught = new CaughtError(handler.parameters[0]?.name, handler, known);
  if (!isBlock(body) && caught.isPassedAsValue(body)) return { how: 'handled' };
  const graph = graphOf(handler);
  return follow(graph, [graph.entry], caught, { tryBlock: undefined, loop: undefined });
}

interface Around {
  readonly tryBlock: Node | undefined;
  readonly loop: Node | undefined;
}

function follow(graph: FlowGraph, starts: readonly Step[], caught: CaughtError, around: Around): AbortFate {
  const seen = new Set<Step>();
  const open = [...new Set(starts)];
  let swallowed = false;
  for (let step = open.pop(); step; step = open.pop()) {
    if (seen.has(step)) continue;
    seen.add(step);
    if (around.tryBlock && isWithin(step.node, around.tryBlock)) {
      if (around.loop) return { how: 'retried', loop: around.loop };
      swallowed = true;
      continue;
    }
    if (step === graph.failure || step.kind === 'throw') continue;
    if (step === graph.end) {
      swallowed = true;
      continue;
    }
    if (settles(step, caught)) continue;
    const excluded = step.kind === 'branch' ? caught.otherErrorSide(step.node) : undefined;
    for (const edge of step.next) if (!isExceptional(edge) && edge.kind !== excluded) open.push(edge.to);
  }
  return swallowed ? { how: 'swallowed' } : { how: 'handled' };
}

/** Whether a step asks for an abort, or hands the error to somebody. */
function settles({ kind, node }: Step, caught: CaughtError): boolean {
  switch (kind) {
    case 'branch':
      return caught.asksForAbort(node) || caught.isPassedIfPresent(node);
    case 'iterate':
      // The next element does not come: what is iterated was given the signal.
      return isForOfStatement(node) && node.awaitModifier !== undefined && /signal/i.test(node.expression.getText());
    case 'read':
      return caught.isAbortState(node);
    case 'call':
      return caught.asksByCall(node) || caught.isPassedByCall(node);
    case 'write':
      return caught.isStored(node);
    case 'return':
      return isReturnStatement(node) && node.expression !== undefined && caught.isPassedAsValue(node.expression);
    case 'yield':
      return caught.isPassedAsValue(node);
    default:
      return false;
  }
}

/** The loop that begins the work anew after a failure; a loop over elements goes on to the next one instead. */
function retryLoopAround(clause: Node, root: Node): Node | undefined {
  for (let at = clause.parent; at && at !== root; at = at.parent) {
    if (at.kind === SyntaxKind.ForOfStatement || at.kind === SyntaxKind.ForInStatement) return undefined;
    if (isWhileStatement(at) || isDoStatement(at)) return at;
    if (isForStatement(at)) return isOverElements(at) ? undefined : at;
  }
  return undefined;
}

/** `for (let i = 0; i < list.length; i++)` */
function isOverElements(loop: Node): boolean {
  const { condition } = loop as { readonly condition?: Node };
  return condition !== undefined && /\.(?:length|size)\b/.test(condition.getText());
}
