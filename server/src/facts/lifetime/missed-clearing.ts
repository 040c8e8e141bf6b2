/** Timers whose handle a variable holds, and the ways on which nobody clears them. */
import type { Flow } from '../../flow/flow.ts';
import type { Miss } from '../../flow/paths.ts';
import {
  enclosingFunction,
  isAwaitExpression,
  isCallExpression,
  isFunctionNode,
  isTryStatement,
  type Node,
  unwrap,
} from '../../typescript/ast.ts';
import type { Facts } from '../facts.ts';
import { type Holder, isCaptured } from './held-values.ts';
import { missedEnd } from './missed-ends.ts';
import { abortedWork, isOnSuccessOnly, thenReceiver } from './promise-timers.ts';
import { endsSoon, endsTimer, isClearing, isUnreferenced, type TimerCall, timerHolder } from './timers.ts';

interface Tools {
  readonly flow: Flow;
  readonly facts: Facts;
}

type InVariable = Extract<Holder, { readonly kind: 'variable' }>;

/** Where a timer stays: cleared in a callback that a rejection passes by, or missed on a path. */
export type MissedClearing =
  | { readonly how: 'success'; readonly clear: Node }
  | { readonly how: 'path'; readonly miss: Miss };

/** A way out on which a timer in a variable is not cleared; `lost` where nobody clears it at all. */
export async function missedClearing(
  { kind }: TimerCall,
  { variable, written, uses }: InVariable,
  ctx: Tools,
): Promise<MissedClearing | 'lost' | undefined> {
  const ends = uses.filter(endsTimer);
  const [first] = ends;
  if (!first) return 'lost';
  if (ends.every((use) => isClearing(use) && isOnSuccessOnly(use.name))) {
    const work = thenReceiver(first.name);
    // A promise that is kept may never reject; of work that is started here that is asked.
    if (!work || !isCallExpression(unwrap(work)) || (await ctx.facts.neverRejects(work))) return undefined;
    return { how: 'success', clear: first.name };
  }
  if (
    ends.some((use) => !isClearing(use) || isCaptured(use, variable)) ||
    isCaptured({ kind: 'write', name: written }, variable)
  )
    return undefined;
  // At the top of a module, what rejects ends the program, unless a `catch` goes on.
  const failures = enclosingFunction(written) ? (['throw', 'rejections'] as const) : (['caught'] as const);
  const names = ends.map(({ name }) => name);
  const writes = uses.filter((use) => use.kind === 'write').map(({ name }) => name);
  const missed = (...ways: readonly Way[]): Promise<Miss | undefined> =>
    missedEnd({ variable, written, ends: names, writes, ways: new Set(ways) }, ctx);
  const isTimeout = kind === 'setTimeout';
  const miss = await (isTimeout ? missed(...failures) : missed(...failures, 'return', 'end'));
  if (miss) return { how: 'path', miss };
  // A timeout that every way clears but the one through a `catch` that goes on.
  if (!isTimeout || !(await mayBeCaught(written, names, ctx)) || (await missed('return', 'end'))) return undefined;
  const behind = await missed('caught', 'return', 'end');
  return behind && { how: 'path', miss: behind };
}

type Way = Parameters<typeof missedEnd>[0]['ways'] extends ReadonlySet<infer W> ? W : never;

/** Whether a wait between a timer and its clearing may reject into a `catch` of the same function. */
async function mayBeCaught(written: Node, ends: readonly Node[], { flow, facts }: Tools): Promise<boolean> {
  const last = Math.max(...ends.map(({ pos }) => pos));
  for (const { kind, node } of flow.around(written).steps) {
    if (kind !== 'await' || !isAwaitExpression(node) || node.pos < written.end || node.end > last) continue;
    if (isInTryWithCatch(node) && !(await facts.neverRejects(node.expression))) return true;
  }
  return false;
}

function isInTryWithCatch(node: Node): boolean {
  for (let at = node; at.parent && !isFunctionNode(at.parent); at = at.parent) {
    const { parent } = at;
    if (isTryStatement(parent) && parent.tryBlock === at && parent.catchClause) return true;
  }
  return false;
}

/** Timers that fire within this time, in milliseconds, trouble nobody. */
export const shortestTimer = 100;

/** Whether a timer that aborts a controller still runs when the work under that controller is over. */
export async function outlivesWork(timer: TimerCall, ctx: Tools): Promise<boolean> {
  if (endsSoon(timer.call) || isUnreferenced(timer)) return false;
  const holder = timerHolder(timer);
  const missed = holder.kind === 'variable' ? await missedClearing(timer, holder, ctx) : 'lost';
  if (missed === 'lost') return (timer.delay ?? Infinity) > shortestTimer && abortedWork(timer.call) !== undefined;
  return missed !== undefined;
}
