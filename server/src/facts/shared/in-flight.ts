/** What is read before a wait for work under way that replaces it: the token of a request that waits for the refresh. */
import type { FlowGraph, Step } from '../../flow/graph.ts';
import { graphOf } from '../../flow/graph-of.ts';
import {
  type FunctionNode,
  isAwaitExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  type Node,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { suspends } from '../../typescript/promise-syntax.ts';
import { type Access, accessesOf } from './accesses.ts';
import { branchesOn } from './guards.ts';
import { accessesWithin } from './helpers.ts';
import { functionsBeside } from './other-writers.ts';
import { isShared, isWithinPlace, type Place, placeOf } from './places.ts';
import { stepsOfAccess } from './steps.ts';
import { type Window, windowOf } from './windows.ts';

export interface ReadTooEarly {
  readonly read: Access;
  /** The field that holds the promise of the work. */
  readonly promise: Place;
  readonly window: Window;
  /** Where the work writes what was read. */
  readonly other: { readonly fn: FunctionNode; readonly write: Access; readonly starts: Access };
}

/** At most one for each promise, in the order of the source. Asks the compiler nothing. */
export function readsTooEarly(fn: FunctionNode): readonly ReadTooEarly[] {
  if (!fn.body || !suspends(fn)) return [];
  const graph = graphOf(fn);
  const found: ReadTooEarly[] = [];
  for (const step of graph.steps) {
    if (step.kind !== 'await' || step.isDead || !isAwaitExpression(step.node)) continue;
    const operand = unwrap(step.node.expression);
    const isPlain = isIdentifier(operand) || isPropertyAccessExpression(operand);
    const promise = isPlain ? placeOf(operand, fn) : undefined;
    if (!promise || !isShared(promise) || promise.kind === 'parameter') continue;
    if (!isDropped(step.node)) continue;
    const early = earlyRead(fn, promise, new Set([step]));
    if (early) found.push(early);
  }
  return found;
}

function earlyRead(fn: FunctionNode, promise: Place, to: ReadonlySet<Step>): ReadTooEarly | undefined {
  const graph = graphOf(fn);
  const reads = accessesOf(fn).filter(({ access, place }) => access === 'read' && place.key !== promise.key);
  for (const read of reads) {
    if (read.place.kind === 'parameter' || read.method !== undefined || isOnlyAsked(read, graph)) continue;
    const from = stepsOfAccess(read, graph).filter(({ isDead }) => !isDead);
    const window = windowOf({ graph, from, to, looks: new Set(), claims: new Set(), late: to });
    if (!window || isReadAgain(read, reads, graph, window)) continue;
    const other = replacer(read.place, promise, fn);
    if (other) return { read, promise, window, other };
  }
  return undefined;
}

/** Whether a read does no more than decide. */
function isOnlyAsked(read: Access, graph: FlowGraph): boolean {
  return branchesOn(read, graph).length > 0;
}

/** Whether it is looked at again behind the wait. */
function isReadAgain(read: Access, reads: readonly Access[], graph: FlowGraph, { suspension }: Window): boolean {
  return reads.some(
    (other) =>
      other !== read &&
      other.place.key === read.place.key &&
      stepsOfAccess(other, graph).some(({ index }) => index > suspension.index),
  );
}

/** The function that starts the work and keeps its promise, where that work writes the place. */
function replacer(place: Place, promise: Place, fn: FunctionNode): ReadTooEarly['other'] | undefined {
  for (const starter of functionsBeside(promise, fn)) {
    const starts = accessesWithin(starter).find(
      ({ access, how, place: kept }) => access === 'write' && how !== 'delete' && kept.key === promise.key,
    );
    if (!starts) continue;
    for (const one of [starter, ...callbacksIn(starter)]) {
      const write = accessesWithin(one).find(
        (access) => access.access === 'write' && access.how === 'assign' && isWithinPlace(place, access.place),
      );
      if (write) return { fn: write.through?.helper ?? one, write: write.through?.origin ?? write, starts };
    }
  }
  return undefined;
}

function callbacksIn(fn: FunctionNode): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  const look = (node: Node): void => {
    if (isFunctionNode(node)) found.push(node);
    node.forEachChild(look);
  };
  if (fn.body) look(fn.body);
  return found;
}

/** `await this.refreshing;` as a statement: what it gives is not what it is for. */
function isDropped(wait: Node): boolean {
  return isExpressionStatement(wrapped(wait).parent);
}
