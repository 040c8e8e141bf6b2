import type { Facts } from '../../facts/facts.ts';
import { firstUnguarded } from '../../facts/unguarded.ts';
import type { Fact, Place } from '../../model/explanation.ts';
import type { Location } from '../../model/span.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isAsyncFunction,
  isAwaitExpression,
  isCallExpression,
  isForOfStatement,
  isFunctionNode,
  isNewExpression,
  isTryStatement,
  type Node,
  walkBody,
  wrapped,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { chainOf, handlesRejection, isAwaitUsing } from '../../typescript/promise-syntax.ts';
import { functionTitle } from './owner.ts';
import { placeIn, placeOfNode } from './places.ts';

/** Whether a promise may reject, with the first place where it can. */
export async function rejectionOf(
  promise: Node,
  facts: Facts,
  placeOf: (location: Location) => Promise<Place>,
): Promise<Fact> {
  const about = 'rejects';
  if (await facts.neverRejects(promise)) return { about, text: `never${whyNever(promise)}`, places: [] };
  const [first] = await facts.firstRejection(promise);
  if (first) return { about, text: `it ${first.message}`, places: [await placeOf(first)] };
  const { start } = chainOf(promise);
  const isKnown = isNewExpression(start) || (isCallExpression(start) && (await hasCode(start, facts)));
  return { about, text: isKnown ? 'nothing shows that it never does' : 'taken to: its code is not known', places: [] };
}

async function hasCode(call: CallExpression, facts: Facts): Promise<boolean> {
  return isCombinator(call) || (await facts.calledFunctions(call)).length > 0;
}

/** `Promise.all` and its kin reject as their promises do. */
function isCombinator({ expression }: CallExpression): boolean {
  return /^Promise\.\w+$/.test(expression.getText());
}

function whyNever(promise: Node): string {
  return chainOf(promise).links.some(handlesRejection) ? ': the chain handles it' : ': no way through its code does';
}

/** The same of an async function: the first place that none of its own handlers covers. */
export async function rejectionOfFunction(fn: FunctionNode, types: Oracle, facts: Facts): Promise<Fact> {
  const open = await firstUnguarded(fn, types, facts);
  if (!open) return { about: 'rejects', text: 'never: all that can fail in it is handled there', places: [] };
  return { about: 'rejects', text: 'it can reject here', places: [placeOfNode(open)] };
}

/** Where a rejection goes that an `await` passes on. */
export function handlerOf(promise: Node): readonly Fact[] {
  const waiting = wrapped(promise).parent;
  if (!isAwaitExpression(waiting) && !isForOfStatement(waiting)) return [];
  for (let at: Node = waiting; at.parent && !isFunctionNode(at); at = at.parent) {
    const { parent } = at;
    if (!isTryStatement(parent) || parent.tryBlock !== at || !parent.catchClause) continue;
    const start = parent.catchClause.getStart();
    const place = placeIn(at.getSourceFile(), { start, end: start + 'catch'.length });
    return [{ about: 'handled', text: 'by this `catch`', places: [{ ...place, code: '' }] }];
  }
  const fn = enclosingFunction(waiting);
  const text = fn ? `nowhere in ${functionTitle(fn)}: its own promise rejects` : 'nowhere: the module fails to load';
  return [{ about: 'handled', text, places: [] }];
}

/** Whether called functions give other tasks a turn, and where first. */
export function suspensionOf(called: readonly FunctionNode[]): readonly Fact[] {
  const asynchronous = called.filter(isAsyncFunction);
  const [only] = asynchronous;
  if (!only || asynchronous.length !== called.length) return [];
  for (const fn of asynchronous) {
    const at = firstSuspension(fn);
    if (at) return [{ about: 'suspends', text: 'first here', places: [placeOfNode(at)] }];
  }
  return [{ about: 'suspends', text: 'never: without an `await` it runs to its end at once', places: [] }];
}

function firstSuspension(fn: FunctionNode): Node | undefined {
  let found: Node | undefined;
  const look = (node: Node): boolean => {
    if (found) return false;
    const isLoop = isForOfStatement(node) && node.awaitModifier !== undefined;
    if (isAwaitExpression(node) || isLoop || isAwaitUsing(node)) found = node;
    return !found;
  };
  if (fn.body) walkBody(fn.body, look);
  return found;
}
