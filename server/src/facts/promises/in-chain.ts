import {
  enclosingFunction,
  isAsyncFunction,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isGenerator,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { type ChainCall, chainCall, chainEnd, nextLink } from '../../typescript/promise-syntax.ts';
import type { Facts } from '../facts.ts';

/**
 * The link of a chain in whose callback a statement stands, where the chain goes on or somebody waits for it: what the
 * statement starts could be returned to it. By syntax alone.
 */
export function linkAround(statement: Node): ChainCall | undefined {
  const fn = enclosingFunction(statement);
  if (!fn?.body || isAsyncFunction(fn) || isGenerator(fn) || !isBlock(fn.body)) return undefined;
  const at = wrapped(fn);
  const link = at.parent && isCallExpression(at.parent) ? chainCall(at.parent) : undefined;
  if (!link || link.method === 'finally' || !link.args.some((argument) => unwrap(argument) === fn)) return undefined;
  return isWaitedFor(link) || nextLink(link.call) ? link : undefined;
}

/** Whether somebody waits for a chain: `await`, `return`, an argument, an assignment. A dropped chain has no order to keep. */
export function isWaitedFor(link: ChainCall): boolean {
  const { parent } = chainEnd(link.call);
  return !isExpressionStatement(parent) && parent.kind !== SyntaxKind.VoidExpression;
}

/** Whether a link belongs to a promise, and not to something else with a `then`. */
export async function isOnPromise(
  { receiver }: ChainCall,
  { types, facts }: { readonly types: Oracle; readonly facts: Facts },
): Promise<boolean> {
  const { extent } = await types.thenability(receiver);
  if (extent === 'all' || extent === 'some') return true;
  const call = unwrap(receiver);
  return extent === 'unknown' && isCallExpression(call) && (await facts.outcomeOf(call)) === 'promise';
}
