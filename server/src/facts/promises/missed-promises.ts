import type { Flow } from '../../flow/flow.ts';
import type { Edge, FlowGraph, Step } from '../../flow/graph.ts';
import type { Miss } from '../../flow/paths.ts';
import {
  type CaseBlock,
  isBlock,
  isCallExpression,
  isCaseClause,
  isIdentifier,
  isIfStatement,
  isPropertyAccessExpression,
  isWithin,
  type Node,
  SyntaxKind,
} from '../../typescript/ast.ts';
import { type KeptCall, type PromiseUse, takesCare } from './kept-promises.ts';

/**
 * A path from where a promise is put into a variable on which nobody takes care of it; undefined where there is none.
 * @param countsThrows whether a `throw` is a way out too: a test that throws has failed already
 */
export function missedPath(kept: KeptCall, flow: Flow, countsThrows: boolean): Miss | undefined {
  const { written, variable, uses } = kept;
  const graph = flow.around(written);
  const from = graph.stepsOf(written).filter((step) => step.kind === 'write' && !step.isDead);
  const writes = [variable, written, ...uses.filter(({ kind }) => kind === 'write').map(({ name }) => name)];
  return flow.missingPath({
    graph,
    from,
    goals: new Set([
      ...graph.steps.filter((step) => endsProcess(step)),
      ...uses.flatMap((use) => careOf(use, graph, written)),
    ]),
    stops: new Set(writes.flatMap((name) => graph.stepsOf(name)).filter((step) => step.kind === 'write')),
    known: new Map([
      [variable.text, true],
      [`${variable.text} instanceof Promise`, true],
    ]),
    follows: (edge, step) => isPossible(edge, step) && (countsThrows || edge.kind !== 'throw'),
  });
}

/** A loop in which the promise is taken care of is taken to run: for whom would it be started otherwise. */
function careOf(use: PromiseUse, graph: FlowGraph, written: Node): readonly Step[] {
  if (!takesCare(use)) return [];
  const loops = graph.steps.filter(
    ({ kind, node }) => (kind === 'loop' || kind === 'iterate') && isWithin(use.name, node) && !isWithin(written, node),
  );
  return [...graph.stepsOf(use.name), ...loops];
}

/** Whether a step ends the process: `process.exit()`. */
export function endsProcess({ kind, node }: Step): boolean {
  const callee = kind === 'call' && isCallExpression(node) ? node.expression : undefined;
  if (!callee || !isPropertyAccessExpression(callee) || !isIdentifier(callee.expression)) return false;
  return callee.expression.text === 'process' && (callee.name.text === 'exit' || callee.name.text === 'abort');
}

/** A `switch` without `default` is taken to name every case, and a `throw` that only says so to be never reached. */
export function isPossible(edge: Edge, { kind, node }: Step): boolean {
  if (edge.kind === 'throw' && node.kind === SyntaxKind.ThrowStatement) return !isForTheImpossible(node);
  if (kind !== 'branch' || edge.kind !== 'false' || !isCaseClause(node)) return true;
  const { clauses } = node.parent as CaseBlock;
  return clauses.at(-1) !== node || clauses.some((clause) => clause.kind === SyntaxKind.DefaultClause);
}

/** `else throw …` behind two conditions or more, and `default: throw …`: every value that is expected has been named. */
function isForTheImpossible(statement: Node): boolean {
  const block = isBlock(statement.parent) ? statement.parent : statement;
  const { parent } = block;
  if (parent.kind === SyntaxKind.DefaultClause) return true;
  return (
    isIfStatement(parent) &&
    parent.elseStatement === block &&
    isIfStatement(parent.parent) &&
    parent.parent.elseStatement === parent
  );
}
