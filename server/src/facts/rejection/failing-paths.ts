/** The paths on which something fails: what is awaited rejects, an error is thrown. */
import type { Flow } from '../../flow/flow.ts';
import type { Edge, FlowGraph, Step } from '../../flow/graph.ts';
import type { Miss } from '../../flow/paths.ts';
import {
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isNumericLiteral,
  isPropertyAccessExpression,
  isVariableDeclaration,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { chainOf, nameOf } from '../../typescript/promise-syntax.ts';
import { referencesTo } from '../../typescript/references.ts';
import type { Facts } from '../facts.ts';
import { endsProcess, isPossible } from '../promises/missed-promises.ts';

export interface FailureQuestion {
  readonly graph: FlowGraph;
  /** Where the paths begin. */
  readonly from: readonly Step[];
  /** A path that passes one of these is well. */
  readonly goals: ReadonlySet<Step>;
  /** Whether ways out count too on which nothing has failed: `return`, and the end of the function. */
  readonly countsReturns?: boolean;
  /** Whether a failure is well where some way behind it passes a goal: a condition there has been thought of. */
  readonly isExcused?: boolean;
  /** What is known at the start: the text of a condition, and whether it holds. */
  readonly known?: ReadonlyMap<string, boolean>;
  /** Whether a step may fail: calls and waits are asked about, and by default the waits may. */
  readonly mayFail?: (step: Step) => boolean | Promise<boolean>;
}

/**
 * A path that leaves the function without passing a goal, because something on it fails; undefined where there is none.
 * An `await` fails where its
 * code says so, or where something from outside is waited for; a call, where `mayFail` says so.
 */
export async function failingPath(
  question: FailureQuestion,
  { flow, facts }: { readonly flow: Flow; readonly facts: Facts },
): Promise<Miss | undefined> {
  const {
    graph,
    from,
    goals,
    countsReturns = false,
    isExcused = false,
    known,
    mayFail = ({ suspends }) => suspends,
  } = question;
  const behind = [...flow.stepsAfter(from, { without: goals, exceptions: true })];
  const fails = await Promise.all(
    behind.map(async (step) => {
      const isCandidate = step.suspends || step.kind === 'call';
      if (!isCandidate || !(await mayFail(step))) return false;
      if (isAwaitExpression(step.node) && isPause(step.node.expression)) return false;
      return !isAwaitExpression(step.node) || facts.plainlyMayReject(madeAs(step.node.expression));
    }),
  );
  const failing = new Set(
    behind.filter((step, index) => fails[index] && !(isExcused && isAnswered(step, goals, flow))),
  );
  const ways = { graph, exceptions: true, ...(known && { known }) };
  const exits = graph.steps.filter(endsProcess);
  const passes = (edge: Edge, step: Step): boolean =>
    edge.kind !== 'closed' && (edge.kind === 'fault' ? failing.has(step) : isPossible(edge, step));
  const miss = flow.missingPath({
    ...ways,
    from,
    goals: new Set([...goals, ...exits, ...(countsReturns ? [] : [graph.end])]),
    follows: passes,
  });
  if (miss || countsReturns) return miss;
  // Who catches the failure and returns has failed all the same.
  for (const step of failing) {
    const before = new Set(step.previous.map(({ to }) => to));
    const caught = flow.missingPath({
      ...ways,
      from: [...before],
      goals: new Set([...goals, ...exits]),
      follows: (edge, at) =>
        before.has(at) ? edge.to === step : at === step ? edge.kind === 'fault' : passes(edge, at),
    });
    if (caught) return caught;
  }
  return undefined;
}

/** `sleep(100)`, where nothing tells what it is. */
function isPause(operand: Node): boolean {
  const call = unwrap(operand);
  if (!isCallExpression(call) || !/^(?:delay|pause|sleep|wait)$/.test(lastName(call) ?? '')) return false;
  const [first, ...more] = call.arguments;
  return first !== undefined && more.length === 0 && isNumericLiteral(unwrap(first));
}

/** Whether a goal can be reached when a step has failed. */
function isAnswered(step: Step, goals: ReadonlySet<Step>, flow: Flow): boolean {
  const handlers = step.next.filter(({ kind }) => kind === 'fault').map(({ to }) => to);
  return handlers.some((to) => goals.has(to)) || flow.canReach(handlers, goals);
}

/** What a variable was made as that gets one value only: the call behind `await started`. */
function madeAs(operand: Node): Node {
  const at = unwrap(operand);
  const name = isIdentifier(at) ? declarationName(at) : undefined;
  const declaration = name?.parent;
  if (!name || !declaration || !isVariableDeclaration(declaration)) return at;
  const writes = referencesTo(name).flatMap(({ parent }) =>
    isBinaryExpression(parent) &&
    parent.operatorToken.kind === SyntaxKind.EqualsToken &&
    isIdentifier(parent.left) &&
    parent.left.text === name.text
      ? [parent.right]
      : [],
  );
  const values = declaration.initializer ? [declaration.initializer, ...writes] : writes;
  return (values.length === 1 && values[0]) || at;
}

/** Why a path leaves, to complete "when …": `load()` rejects. */
export function causeOf(miss: Miss): string {
  if (miss.how === 'throw') return 'an error is thrown';
  const at = miss.how === 'fault' ? miss.at : caughtOn(miss);
  if (!at) return 'the function returns early';
  if (isAwaitExpression(at)) {
    const { start } = chainOf(at.expression);
    const isNamed =
      isCallExpression(start) || isNewExpression(start) || isIdentifier(start) || isPropertyAccessExpression(start);
    return isNamed ? `\`${nameOf(start)}\` rejects` : 'what it waits for rejects';
  }
  return isCallExpression(at) ? `\`${nameOf(at)}\` throws` : 'what it iterates over rejects';
}

/** What failed last on a path that went on behind a `catch`. */
function caughtOn({ path }: Miss): Node | undefined {
  return path.findLast((step, index) => step.next.some(({ kind, to }) => kind === 'fault' && to === path[index + 1]))
    ?.node;
}

/** Where a path leaves, for a related location; undefined for the end of the function. */
export function wayOutOf(miss: Miss): Node | undefined {
  return miss.how === 'end' ? caughtOn(miss) : miss.at;
}
