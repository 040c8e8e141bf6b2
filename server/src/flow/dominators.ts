/** Which steps must have run before others. */
import { remember } from '../typescript/remember.ts';
import type { FlowGraph, Step } from './graph.ts';

const known = new WeakMap<FlowGraph, ReadonlyMap<Step, Step>>();

/** Whether every path from the entry to `later` passes `earlier`, exceptions included. A step dominates itself; nothing dominates dead code. */
export function dominates(graph: FlowGraph, earlier: Step, later: Step): boolean {
  const parents = remember(known, graph, () => immediateDominators(graph));
  for (let at: Step | undefined = later; at; at = parents.get(at)) {
    if (at === earlier) return !later.isDead;
    if (at === graph.entry) return false;
  }
  return false;
}

/** The nearest step that every path to a step passes, for all steps but the entry and dead ones (Cooper, Harvey and Kennedy 2001). */
function immediateDominators(graph: FlowGraph): ReadonlyMap<Step, Step> {
  const order = reversePostorder(graph);
  const position = new Map(order.map((step, index) => [step, index]));
  const parents = new Map<Step, Step>([[graph.entry, graph.entry]]);
  const common = (a: Step, b: Step): Step => {
    let [left, right] = [a, b];
    while (left !== right) {
      const [i, j] = [position.get(left) ?? 0, position.get(right) ?? 0];
      if (i > j) left = parents.get(left) ?? graph.entry;
      else right = parents.get(right) ?? graph.entry;
    }
    return left;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const step of order.slice(1)) {
      const before = step.previous.map(({ to }) => to).filter((from) => parents.has(from));
      const [first, ...others] = before;
      if (!first) continue;
      const parent = others.reduce(common, first);
      if (parents.get(step) === parent) continue;
      parents.set(step, parent);
      changed = true;
    }
  }
  parents.delete(graph.entry);
  return parents;
}

function reversePostorder(graph: FlowGraph): readonly Step[] {
  const order: Step[] = [];
  const seen = new Set<Step>([graph.entry]);
  const open: { readonly step: Step; next: number }[] = [{ step: graph.entry, next: 0 }];
  for (let at = open.at(-1); at; at = open.at(-1)) {
    const edge = at.step.next[at.next++];
    if (!edge) {
      order.push(at.step);
      open.pop();
    } else if (!seen.has(edge.to)) {
      seen.add(edge.to);
      open.push({ step: edge.to, next: 0 });
    }
  }
  return order.reverse();
}
