/** What can come after what, in the same turn or across suspensions. */
import { type Edge, type FlowGraph, isExceptional, type Step } from './graph.ts';

export interface ReachOptions {
  /** Whether paths of exceptions that something may raise are followed. Written ones always are. */
  readonly exceptions?: boolean;
  /** Steps that end a path. */
  readonly without?: ReadonlySet<Step>;
}

/** The steps on some path behind `from`, those in `without` left out. `from` itself is among them where a loop leads back to it. */
export function stepsAfter(from: Iterable<Step>, options: ReachOptions = {}): ReadonlySet<Step> {
  return collect(from, (step) => step.next, options);
}

/** The steps on some path to `to`, those in `without` left out. */
export function stepsBefore(to: Iterable<Step>, options: ReachOptions = {}): ReadonlySet<Step> {
  return collect(to, (step) => step.previous, options);
}

/** Whether a path leads from one of some steps to one of others. */
export function canReach(from: Iterable<Step>, to: Iterable<Step>, options: ReachOptions = {}): boolean {
  const after = stepsAfter(from, options);
  return [...to].some((step) => after.has(step));
}

/** The steps that may run behind a step before any other task does: up to and with the next suspensions. */
export function restOfTurn(from: Iterable<Step>, options: ReachOptions = {}): ReadonlySet<Step> {
  return collect(
    from,
    (step) => step.next,
    options,
    (step) => step.suspends,
  );
}

/** Whether a path leads from one of some steps to one of others on which no other task runs in between. */
export function canReachInSameTurn(from: Iterable<Step>, to: Iterable<Step>, options: ReachOptions = {}): boolean {
  const rest = restOfTurn(from, options);
  return [...to].some((step) => rest.has(step));
}

/**
 * The suspensions that lie on some path from steps to others, in the order of the source. The steps at both ends do not
 * count: `await p` does not suspend between the start of `p` and itself.
 */
export function suspensionsBetween(
  from: Iterable<Step>,
  to: Iterable<Step>,
  options: ReachOptions = {},
): readonly Step[] {
  const starts = new Set(from);
  const ends = new Set(to);
  const without = (more: ReadonlySet<Step>): ReachOptions => ({
    ...options,
    without: new Set([...(options.without ?? []), ...more]),
  });
  const after = stepsAfter(starts, without(ends));
  const before = stepsBefore(ends, without(starts));
  return [...after].filter((step) => step.suspends && before.has(step)).sort(byIndex);
}

/** The reads that may run before a suspension, for those of `isMeant`: what they gave may be stale behind it. */
export function readsBefore(suspension: Step, isMeant: (step: Step) => boolean): readonly Step[] {
  return [...stepsBefore([suspension])].filter((step) => step.kind === 'read' && isMeant(step)).sort(byIndex);
}

/** The writes that may run after a suspension, for those of `isMeant`. */
export function writesAfter(suspension: Step, isMeant: (step: Step) => boolean): readonly Step[] {
  return [...stepsAfter([suspension])].filter((step) => step.kind === 'write' && isMeant(step)).sort(byIndex);
}

/** All suspension points of a graph that some path reaches, in the order of the source. */
export function suspensionsOf(graph: FlowGraph): readonly Step[] {
  return graph.steps.filter((step) => step.suspends && !step.isDead);
}

export function byIndex(a: Step, b: Step): number {
  return a.index - b.index;
}

function collect(
  from: Iterable<Step>,
  edges: (step: Step) => readonly Edge[],
  { exceptions = false, without }: ReachOptions,
  isLast: (step: Step) => boolean = () => false,
): ReadonlySet<Step> {
  const found = new Set<Step>();
  const open = [...from];
  for (let at = open.pop(); at; at = open.pop()) {
    for (const edge of edges(at)) {
      const { to } = edge;
      if (found.has(to) || without?.has(to) || (!exceptions && isExceptional(edge))) continue;
      found.add(to);
      if (!isLast(to)) open.push(to);
    }
  }
  return found;
}
