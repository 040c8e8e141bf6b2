/** Whether paths pass certain steps, and the path on which they do not. */
import type { Node } from '../typescript/ast.ts';
import { type Assumed, Assumptions } from './assumptions.ts';
import { type Edge, type FlowGraph, isExceptional, type Step } from './graph.ts';

/** A path that ends without having passed what it was asked to pass. */
export interface Miss {
  /**
   * How it ends: the function's last statement, a `return`, a written `throw`, an exception that something may raise,
   * a consumer that stops at a `yield`, or one of `stops`, such as a step that overwrites the value.
   */
  readonly how: 'end' | 'return' | 'throw' | 'fault' | 'closed' | 'stopped';
  /** The place that names the way out: the `return`, the `throw`, what may raise, the overwriting write; the root for `end`. */
  readonly at: Node;
  /** The steps on the path, the first one behind the start and the last one before the way out included. */
  readonly path: readonly Step[];
}

export interface PathQuestion {
  readonly graph: FlowGraph;
  /** Where the paths begin: behind these steps, once they have succeeded. */
  readonly from: readonly Step[];
  /** A path is well once it has passed one of these. */
  readonly goals: ReadonlySet<Step>;
  /** Steps at which a path is lost although it goes on. A step that is a goal too counts as a goal. */
  readonly stops?: ReadonlySet<Step>;
  /** Whether exceptions that calls and waits may raise, and consumers that stop, count as ways out. By default only what is written does. */
  readonly exceptions?: boolean;
  /** What is known at the start: the text of a condition and whether it holds, such as a variable that was just set. */
  readonly known?: ReadonlyMap<string, boolean>;
  /** Leaves edges out by other knowledge. */
  readonly follows?: (edge: Edge, from: Step) => boolean;
}

/**
 * Follows all paths from some steps and gives a shortest one that misses every goal; undefined where each passes one.
 * A condition that is asked again on a path, with nothing written to its names between, has the same answer as before.
 */
export function missingPath(question: PathQuestion): Miss | undefined {
  const { graph, from, goals, stops, exceptions = false, known = new Map() } = question;
  const assumptions = Assumptions.of(graph);
  const open: Visit[] = [];
  const seen = new Map<Step, Set<string>>();
  const visit = (step: Step, assumed: Assumed, via: Edge | undefined, before: Visit | undefined): void => {
    const states = seen.get(step) ?? new Set<string>();
    if (states.has(assumed.key)) return;
    seen.set(step, states.add(assumed.key));
    open.push({ step, assumed, via, before });
  };
  const leave = (step: Step, assumed: Assumed, before: Visit): void => {
    for (const edge of step.next) {
      if (isExceptional(edge) && (!exceptions || !before.before)) continue;
      if (question.follows && !question.follows(edge, step)) continue;
      const next = assumptions.along(assumed, edge, step);
      if (next) visit(edge.to, next, edge, before);
    }
  };
  for (const step of from) {
    for (const assumed of assumptions.start(step, known))
      leave(step, assumed, { step, assumed, via: undefined, before: undefined });
  }
  for (let at = open[0], i = 0; at; at = open[++i]) {
    const { step, assumed } = at;
    if (goals.has(step)) continue;
    if (stops?.has(step)) return { how: 'stopped', at: step.node, path: pathTo(at) };
    if (step === graph.end || step === graph.failure) return wayOut(at, graph);
    leave(step, assumptions.after(assumed, step), at);
  }
  return undefined;
}

/** Whether every path from some steps to a way out of the function passes one of the goals. */
export function everyPathPasses(question: PathQuestion): boolean {
  return missingPath(question) === undefined;
}

interface Visit {
  readonly step: Step;
  readonly assumed: Assumed;
  readonly via: Edge | undefined;
  readonly before: Visit | undefined;
}

function pathTo(last: Visit): readonly Step[] {
  const steps: Step[] = [];
  for (let at: Visit | undefined = last; at?.before; at = at.before) steps.unshift(at.step);
  return steps;
}

/** Looks back for what sent the path out: what a `finally` runs on the way may lie between. */
function wayOut(last: Visit, graph: FlowGraph): Miss {
  const path = pathTo(last).slice(0, -1);
  for (let at: Visit | undefined = last; at?.before; at = at.before) {
    const { step: from } = at.before;
    const kind = at.via?.kind;
    if (kind === 'fault' || kind === 'closed') return { how: kind, at: from.node, path };
    if (from.kind === 'throw' || from.kind === 'return') return { how: from.kind, at: from.node, path };
    if (from.leaving !== 'return' && from.leaving !== 'throw') break;
  }
  return { how: 'end', at: graph.root, path };
}
