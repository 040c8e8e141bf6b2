/** Where what was read is out of date by the time it is used: the paths from a read over a suspension to a write. */
import type { EdgeKind, FlowGraph, Step } from '../../flow/graph.ts';
import { isExceptional } from '../../flow/graph.ts';

/** A path on which other tasks run between a read and the write that rests on it. */
export interface Window {
  /** The last place on the path at which other tasks run. */
  readonly suspension: Step;
  readonly write: Step;
}

export interface WindowQuestion {
  readonly graph: FlowGraph;
  /** The read, or what decides by it. */
  readonly from: readonly Step[];
  readonly to: ReadonlySet<Step>;
  /** The decision that the path has to take, and the side of it. */
  readonly decision?: { readonly branch: Step; readonly side: EdgeKind };
  /** Steps that look at the place again. */
  readonly looks: ReadonlySet<Step>;
  /** Steps that claim the place: what comes after one in the same turn is not out of date. */
  readonly claims: ReadonlySet<Step>;
  /** Those of `to` that happen only after a suspension of their own. */
  readonly late?: ReadonlySet<Step>;
  /** Suspensions that let nobody in, such as the wait for a lock. */
  readonly harmless?: (step: Step) => boolean;
}

interface State {
  readonly step: Step;
  readonly suspension: Step | undefined;
  readonly decided: boolean;
}

/** A shortest such path, or undefined where the place is looked at again, or claimed, on every one. */
export function windowOf(question: WindowQuestion): Window | undefined {
  const { from, to, decision, looks, claims, late, harmless } = question;
  const seen = new Set<string>();
  const open: State[] = [];
  const push = (step: Step, suspension: Step | undefined, decided: boolean): void => {
    const key = `${step.index} ${suspension ? 1 : 0} ${decided ? 1 : 0}`;
    if (seen.has(key)) return;
    seen.add(key);
    open.push({ step, suspension, decided });
  };
  const leave = ({ step, suspension, decided }: State): void => {
    for (const edge of step.next) {
      if (isExceptional(edge)) continue;
      const decides = decision?.branch === step;
      if (decides && edge.kind !== decision.side) continue;
      push(edge.to, suspension, decided || decides);
    }
  };
  for (const step of from) leave({ step, suspension: undefined, decided: !decision });
  for (let at = open.shift(); at; at = open.shift()) {
    const { step, decided } = at;
    let { suspension } = at;
    if (to.has(step)) {
      if (decided && (suspension || late?.has(step)))
        return { suspension: late?.has(step) ? step : (suspension ?? step), write: step };
      // A claim in the same turn as the look.
      continue;
    }
    if (looks.has(step)) continue;
    if (claims.has(step)) continue;
    if (step.suspends && !harmless?.(step)) suspension = step;
    leave({ step, suspension, decided });
  }
  return undefined;
}

/** The side of a decision that leads to a step, where the other sides do not; undefined where it does not depend on the decision. */
export function sideTo(branch: Step, to: ReadonlySet<Step>): EdgeKind | undefined {
  const leading = branch.next.filter((edge) => !isExceptional(edge) && leads(edge.to, to, branch));
  const [first, ...others] = leading;
  if (!first || others.some((edge) => edge.kind !== first.kind)) return undefined;
  return branch.next.length > leading.length ? first.kind : undefined;
}

function leads(from: Step, to: ReadonlySet<Step>, without: Step): boolean {
  const seen = new Set<Step>([from]);
  const open = [from];
  for (let at = open.pop(); at; at = open.pop()) {
    if (to.has(at)) return true;
    if (at === without) continue;
    for (const edge of at.next) {
      if (isExceptional(edge) || seen.has(edge.to)) continue;
      seen.add(edge.to);
      open.push(edge.to);
    }
  }
  return false;
}
