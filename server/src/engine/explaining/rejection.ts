import type { Facts } from '../../facts/facts.ts';
import { shortName } from '../../facts/promises/dropped-name.ts';
import { firstUnguarded } from '../../facts/rejection/unguarded.ts';
import type { Fact } from '../../model/explanation.ts';
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
  isThrowStatement,
  isTryStatement,
  isWithin,
  type Node,
  type ParameterDeclaration,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { chainOf, handlesRejection } from '../../typescript/promise-syntax.ts';
import { functionTitle } from './owner.ts';
import { placeIn, placeOfNode } from './places.ts';

/** Whether a promise may reject, with the first place where it can and the calls that lead there. */
export async function rejectionOf(promise: Node, facts: Facts): Promise<Fact> {
  const about = 'rejects';
  const verdict = await facts.mayReject(promise);
  if (verdict === 'never') return { about, text: `never${whyNever(promise)}`, places: [] };
  const { place, how, calls } = verdict;
  const places = [place, ...calls.filter((call) => !isWithin(call, promise))].map(placeOfNode);
  const isPlace = isThrowStatement(place) || !isWithin(place, promise);
  if (isPlace) {
    const isPlain = isThrowStatement(place) || (await facts.plainlyMayReject(promise));
    const does = how === 'throws' ? 'throw' : 'reject';
    return {
      about,
      text: isPlain ? `it can ${does} here` : `taken to: nothing shows that this cannot ${does}`,
      places,
    };
  }
  if (unwrap(place) !== chainOf(promise).start) return { about, ...inside(unwrap(place)) };
  const rejecter = rejecterOf(place);
  if (rejecter) return { about, text: `it can, by \`${rejecter.name.getText()}\``, places: [] };
  const made = unwrap(place);
  const isForeign = isCallExpression(made) && !(await hasCode(made, facts));
  return {
    about,
    text: `taken to: ${isForeign ? 'its code is not known' : 'nothing shows that it cannot'}`,
    places: [],
  };
}

/** A part of the expression, by its name where it has one that says something. */
function inside(part: Node): Pick<Fact, 'text' | 'places'> {
  if (isFunctionNode(part)) return { text: `taken to: ${functionTitle(part)} may`, places: [] };
  const name = shortName(part);
  if (name.includes('…')) return { text: 'taken to: this may', places: [placeOfNode(part)] };
  return { text: `taken to: \`${name}\` may`, places: [] };
}

async function hasCode(call: CallExpression, facts: Facts): Promise<boolean> {
  return (await facts.calledFunctions(call)).length > 0;
}

/** The second parameter of the function given to `new Promise`. */
function rejecterOf(made: Node): ParameterDeclaration | undefined {
  const creation = unwrap(made);
  const executor = isNewExpression(creation) && creation.arguments?.[0] && unwrap(creation.arguments[0]);
  return executor && isFunctionNode(executor) ? executor.parameters[1] : undefined;
}

function whyNever(promise: Node): string {
  return chainOf(promise).links.some(handlesRejection) ? ': the chain handles it' : ': no way through its code does';
}

/** The same of an async function: the first place that none of its own handlers covers. */
export async function rejectionOfFunction(fn: FunctionNode, types: Oracle, facts: Facts): Promise<Fact> {
  const open = await firstUnguarded(fn, types, facts);
  if (!open) return { about: 'rejects', text: 'never: all that can fail in it is handled there', places: [] };
  return { about: 'rejects', text: 'it may reject here, and nothing in it handles that', places: [placeOfNode(open)] };
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
export function suspensionOf(called: readonly FunctionNode[], facts: Facts): readonly Fact[] {
  const asynchronous = called.filter(isAsyncFunction);
  if (asynchronous.length === 0 || asynchronous.length !== called.length) return [];
  for (const fn of asynchronous) {
    const at = facts.firstSuspension(fn);
    if (at) return [{ about: 'suspends', text: 'first here', places: [placeOfNode(at)] }];
  }
  return [{ about: 'suspends', text: 'never: without an `await` it runs to its end at once', places: [] }];
}
