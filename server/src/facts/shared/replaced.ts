/** Fields that hold what one call was about, and are read again behind a wait: by then they may be another call's. */
import { graphOf } from '../../flow/graph-of.ts';
import {
  type FunctionNode,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isWithin,
  type Node,
  wrapped,
} from '../../typescript/ast.ts';
import { suspends } from '../../typescript/promise-syntax.ts';
import { type Access, accessesOf } from './accesses.ts';
import { mentions } from './guards.ts';
import { isWithinPlace } from './places.ts';
import { stepsOfAccess } from './steps.ts';
import { type Window, windowOf } from './windows.ts';

export interface Replaced {
  readonly write: Access;
  /** The first read behind the wait. */
  readonly read: Access;
  readonly window: Window;
}

/** One entry a place, in the order of the source. Asks the compiler nothing. */
export function replacedReads(fn: FunctionNode): readonly Replaced[] {
  if (!fn.body || !suspends(fn)) return [];
  const accesses = accessesOf(fn);
  const found = new Map<string, Replaced>();
  for (const write of accesses) {
    if (write.access !== 'write' || write.how !== 'assign' || found.has(write.place.key)) continue;
    if (!write.value || !isOfThisCall(write.value, fn)) continue;
    const replaced = firstReadAfter(write, accesses, fn);
    if (replaced) found.set(write.place.key, replaced);
  }
  return [...found.values()];
}

/** Whether a value is made of what this call was given. */
function isOfThisCall(value: Node, fn: FunctionNode): boolean {
  return fn.parameters.some(({ name }) => isIdentifier(name) && mentions(value, name));
}

function firstReadAfter(write: Access, accesses: readonly Access[], fn: FunctionNode): Replaced | undefined {
  const graph = graphOf(fn);
  const from = stepsOfAccess(write, graph).filter(({ isDead }) => !isDead);
  const reads = accesses.filter((access) => access.access === 'read' && isWithinPlace(access.place, write.place));
  // Who looks at the place in a condition knows that it may have changed; what a call is given there is no look.
  const isAsked = reads.some((read) =>
    graph.steps.some(({ kind, node }) => kind === 'branch' && isWithin(read.node, node) && !isGiven(read.node, node)),
  );
  if (isAsked || reads.some(({ node }) => isCompared(node)) || from.length === 0) return undefined;
  const claims = new Set(
    accesses
      .filter((access) => access.access === 'write' && access !== write && isWithinPlace(write.place, access.place))
      .flatMap((access) => stepsOfAccess(access, graph)),
  );
  for (const read of reads) {
    const to = new Set(stepsOfAccess(read, graph).filter(({ isDead }) => !isDead));
    const window = windowOf({ graph, from, to, looks: new Set(from), claims });
    if (window) return { write, read, window };
  }
  return undefined;
}

/** Whether a node is, or is in, an argument of a call within another one. */
function isGiven(node: Node, within: Node): boolean {
  for (let at = node; at !== within && at.parent; at = at.parent)
    if (isCallExpression(at.parent) && at.parent.expression !== at) return true;
  return false;
}

/** `this.x === own`, wherever it stands. */
function isCompared(node: Node): boolean {
  const { parent } = wrapped(node);
  return isBinaryExpression(parent) && /^[!=]==?$/.test(parent.operatorToken.getText());
}
