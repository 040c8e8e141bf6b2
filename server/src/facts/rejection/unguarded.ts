import {
  type FunctionNode,
  isArrowFunction,
  isAsyncFunction,
  isAwaitExpression,
  isBlock,
  type Node,
  unwrap,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { chainCall, handlesRejection } from '../../typescript/promise-syntax.ts';
import type { Facts } from '../facts.ts';
import { returnedExpressions } from '../promises/outcome.ts';
import { risksOf } from './risks.ts';

/**
 * The first place where a function's promise can come to reject: an await, a `throw` or a returned promise that no
 * `catch` of the function covers and that is not known to be harmless. Undefined where all are guarded.
 *
 * A plain call that might throw is no such place. It would be as uncaught in a function that is not async.
 */
export async function firstUnguarded(fn: FunctionNode, types: Oracle, facts: Facts): Promise<Node | undefined> {
  const places: { readonly node: Node; readonly harmless: () => Promise<boolean> }[] = [];
  if (isAsyncFunction(fn)) {
    for (const { kind, node } of risksOf(fn)) {
      if (kind === 'await') places.push({ node, harmless: () => isHarmless(node, types, facts) });
      else if (kind === 'throw' || kind === 'wait') places.push({ node, harmless: async () => false });
    }
  }
  for (const value of returnedExpressions(fn)) {
    if (isAsyncFunction(fn) && isAwaitExpression(unwrap(value))) continue;
    places.push({ node: value, harmless: () => isHarmless(value, types, facts) });
  }
  const verdicts = await Promise.all(places.map(({ harmless }) => harmless()));
  const open = places.filter((_, index) => !verdicts[index]).map(({ node }) => node);
  return open.sort((a, b) => a.pos - b.pos)[0];
}

async function isHarmless(value: Node, types: Oracle, facts: Facts): Promise<boolean> {
  const { extent } = await types.thenability(value);
  if (extent === 'none') return true;
  // A value of unknown type that is only returned is rarely a promise; one that is awaited nearly always.
  if (extent === 'unknown' && !isAwaitExpression(value.parent) && !isBodyOf(value)) return true;
  return endsInHandler(value) || facts.neverRejects(value);
}

/** `p.catch(f)` and `p.then(f, g)`: what happens to a rejection has been decided. */
function endsInHandler(value: Node): boolean {
  const link = chainCall(value);
  if (link?.method === 'finally') return endsInHandler(link.receiver);
  return link !== undefined && handlesRejection(link);
}

function isBodyOf(value: Node): boolean {
  return isArrowFunction(value.parent) && !isBlock(value);
}
