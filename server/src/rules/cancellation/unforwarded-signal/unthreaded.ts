import type { ScopedSignal } from '../../../facts/cancellation/signal-scope.ts';
import { bringsOwnSignal, isLongWork, worksOnAfterAbort } from '../../../facts/cancellation/signal-work.ts';
import { isAwaited } from '../../../facts/lifetime/shared-lifetime.ts';
import { workKind } from '../../../knowledge/best-effort.ts';
import {
  type CallExpression,
  isCallExpression,
  isFunctionNode,
  lastName,
  type Node,
  walkBody,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';

/**
 * The first call in a function of the same file that could take a signal, where that function has none to give. Only
 * where it is awaited on the way, and where the function says nothing of signals itself.
 */
export async function unthreadedWork(
  call: CallExpression,
  signal: ScopedSignal,
  ctx: RuleContext,
): Promise<CallExpression | undefined> {
  const kind = workKind(lastName(call.expression) ?? '');
  if (kind === 'cleanup' || kind === 'courtesy' || !isAwaited(call)) return undefined;
  const [fn, another] = await ctx.types.functionsOf(call.expression);
  if (!fn?.body || another || fn.getSourceFile() !== call.getSourceFile()) return undefined;
  if (/signal|abort|cancel/i.test(fn.getText())) return undefined;
  if ((await ctx.facts.cancellation.signalsOf(fn)).length > 0) return undefined;
  for (const inner of awaitedCalls(fn.body)) {
    if (!isLongWork(inner, ctx.knowledge.cancellation) || bringsOwnSignal(inner)) continue;
    if ((await ctx.facts.cancellation.signalsAt(inner)).length > 0 || worksOnAfterAbort(inner) !== undefined) continue;
    const place = await ctx.facts.cancellation.accepts(inner);
    if (place && place !== 'given' && place.type === signal.type) return inner;
  }
  return undefined;
}

/** The first awaited calls of a body; a long function has said enough by then. */
function awaitedCalls(body: Node): readonly CallExpression[] {
  const found: CallExpression[] = [];
  walkBody(body, (node) => {
    if (isFunctionNode(node)) return false;
    if (isCallExpression(node) && isAwaited(node) && found.length < mostCalls) found.push(node);
    return true;
  });
  return found;
}

const mostCalls = 12;
