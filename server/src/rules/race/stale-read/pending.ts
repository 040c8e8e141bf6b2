import type { ReadTooEarly } from '../../../facts/shared/in-flight.ts';
import { interleavingOf, numbered } from '../../../facts/shared/interleaving.ts';
import { functionName } from '../../../facts/uses.ts';
import type { FunctionNode } from '../../../typescript/ast.ts';
import { type Context, nobodyElse } from './context.ts';

/** Reports what is read before a wait for the work that replaces it. */
export async function reportPending(
  fn: FunctionNode,
  { read, promise, window, other }: ReadTooEarly,
  ctx: Context,
): Promise<void> {
  const concurrency = await ctx.facts.shared.concurrencyAt(fn, read.place);
  if (!concurrency) return ctx.silent(read.node, nobodyElse(fn));
  const place = read.place.text;
  const at = window.suspension.node;
  const file = ctx.file.path;
  const writer = functionName(other.fn)?.text;
  const reads = `reads \`${place}\``;
  ctx.report('pending', read.node, {
    data: { place, promise: promise.text },
    related: numbered([
      { at: read.node, text: reads, file },
      { at, text: `waits for \`${promise.text}\``, file },
      {
        at: other.write.node,
        text: `${writer === undefined ? 'the work' : `\`${writer}\``} writes \`${place}\``,
        file,
      },
    ]),
    interleaving: interleavingOf({
      fn,
      other: other.fn,
      concurrency,
      events: [
        { task: 1, kind: 'calls', at: other.starts.node, text: `starts the work of \`${promise.text}\`` },
        { task: 0, kind: 'reads', at: read.node, text: reads, note: 'the old one' },
        { task: 0, kind: 'suspends', at, text: `waits for \`${promise.text}\`` },
        { task: 1, kind: 'writes', at: other.write.node, text: `writes \`${place}\`` },
        { task: 0, kind: 'resumes', at, text: 'goes on', note: 'with the old one' },
      ],
      outcome: `what follows works with a \`${place}\` that has been replaced`,
    }),
  });
}
