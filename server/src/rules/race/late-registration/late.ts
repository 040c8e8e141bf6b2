import type { Flow } from '../../../flow/flow.ts';
import { enclosingFunction, isAsyncFunction, isWithin, type Node } from '../../../typescript/ast.ts';

/** A suspension that lies before a registration on some path. */
export interface Wait {
  readonly node: Node;
}

/**
 * The first wait before a place, and behind `from` where that is another place of the same code. By flow alone.
 * @param counts leaves waits out, such as those for the very thing that is registered with
 */
export function lateAt(
  step: Node,
  from: Node,
  flow: Flow,
  counts: (wait: Node) => boolean = () => true,
): Wait | undefined {
  const fn = enclosingFunction(step);
  if (fn && !isAsyncFunction(fn)) return undefined;
  // `new Promise((…) => { server.once('error', reject); server.listen(port); })` begins it in the turn in which it listens.
  if (from !== step && isWithin(from, step)) return undefined;
  const graph = flow.around(step);
  const starts = from === step ? [] : graph.stepsOf(from);
  const waits = flow.suspensionsBetween(starts.length > 0 ? starts : [graph.entry], graph.stepsOf(step));
  const first = waits.find(({ node }) => !isWithin(node, step) && counts(node));
  return first && { node: first.node };
}

/** As `mentions`, plain values of its members aside: who writes `child.pid` somewhere does not wait for the child. */
export function isAbout(node: Node, name: string): boolean {
  return new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])(?!\\.\\w+(?![\\w(.]))`).test(node.getText());
}

/** Whether a name stands in the text of a node. */
export function mentions(node: Node, name: string): boolean {
  return new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(node.getText());
}
