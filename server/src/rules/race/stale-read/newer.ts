import { interleavingOf, numbered } from '../../../facts/shared/interleaving.ts';
import { isOneOperation, isUnlikely } from '../../../facts/shared/likelihood.ts';
import type { NewerCleared } from '../../../facts/shared/newer-cleared.ts';
import { shortText } from '../../../facts/shared/places.ts';
import { type FunctionNode, isAwaitExpression, isCallExpression, type Node, unwrap } from '../../../typescript/ast.ts';
import { type Context, nobodyElse } from './context.ts';

/** Reports what is taken away when the work of one call is over, whoever put it there. */
export async function reportNewer(
  fn: FunctionNode,
  { set, clear, wait, seesOlder }: NewerCleared,
  ctx: Context,
): Promise<void> {
  const where = targetOf(clear.node);
  const concurrency = await ctx.facts.shared.concurrencyAt(fn, set.place);
  if (!concurrency || isUnlikely(concurrency, fn)) return ctx.silent(where, nobodyElse(fn));
  if (set.place.kind === 'field' && isOneOperation(concurrency, fn)) return ctx.silent(where, nobodyElse(fn));
  // Callers in general may keep to one call at a time, unless the function itself reckons with an older one.
  const isOpen = concurrency.how === 'public' || concurrency.how === 'exported';
  if (isOpen && !seesOlder && !set.place.key.endsWith(']')) return ctx.silent(where, nobodyElse(fn));
  const place = set.place.text;
  const file = ctx.file.path;
  const waits = `waits for \`${shortText(isAwaitExpression(wait) ? wait.expression : receiverOf(wait))}\``;
  const writes = `sets \`${place}\``;
  ctx.report('newer', where, {
    data: { place },
    related: numbered([
      { at: set.node, text: writes, file },
      { at: wait, text: `${waits}, and other tasks run`, file },
      { at: set.node, text: `another call ${writes}`, file },
      { at: where, text: 'takes away what that call has set', file },
    ]),
    interleaving: interleavingOf({
      fn,
      concurrency,
      events: [
        { task: 0, kind: 'writes', at: set.node, text: writes },
        { task: 0, kind: 'suspends', at: wait, text: waits },
        { task: 1, kind: 'writes', at: set.node, text: writes, note: `replaces what ${concurrency.task} A set` },
        { task: 1, kind: 'suspends', at: wait, text: waits },
        { task: 0, kind: 'resumes', at: wait, text: 'goes on' },
        {
          task: 0,
          kind: 'writes',
          at: where,
          text: `clears \`${place}\``,
          note: `of ${concurrency.task} B, which is still under way`,
        },
      ],
      outcome: `nothing knows of ${concurrency.task} B any more`,
    }),
  });
}

/** What a chain hangs on: `work` of `work.finally(…)`. */
function receiverOf(link: Node): Node {
  const callee = isCallExpression(link) ? unwrap(link.expression) : link;
  return (callee as Node & { readonly expression?: Node }).expression ?? callee;
}

function targetOf(write: Node): Node {
  return isCallExpression(write) ? unwrap(write.expression) : write;
}
