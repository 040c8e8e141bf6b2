import { interleavingOf, numbered, waitText } from '../../../facts/shared/interleaving.ts';
import type { Replaced } from '../../../facts/shared/replaced.ts';
import type { FunctionNode } from '../../../typescript/ast.ts';
import { type Context, nobodyElse } from './context.ts';

/** Reports a field that holds what one call was about and may be another call's by now. */
export async function reportReplaced(fn: FunctionNode, { read, write, window }: Replaced, ctx: Context): Promise<void> {
  const concurrency = await ctx.facts.shared.concurrencyAt(fn, write.place);
  // What anybody may call is often meant to be called once, and then keeps what it was given.
  if (!concurrency || concurrency.how === 'public' || concurrency.how === 'exported')
    return ctx.silent(read.node, nobodyElse(fn));
  const place = write.place.text;
  const file = ctx.file.path;
  const at = window.suspension.node;
  const waits = waitText(at);
  const writes = `writes \`${place}\``;
  ctx.report('replaced', read.node, {
    // What belongs to one request says more.
    yieldsTo: ['request-state'],
    data: { place },
    related: numbered([
      { at: write.node, text: writes, file },
      { at, text: 'waits here, and other tasks run', file },
      { at: write.node, text: `another call writes \`${place}\``, file },
      { at: read.node, text: 'reads what that call wrote', file },
    ]),
    interleaving: interleavingOf({
      fn,
      concurrency,
      events: [
        { task: 0, kind: 'writes', at: write.node, text: writes },
        { task: 0, kind: 'suspends', at, text: waits },
        { task: 1, kind: 'writes', at: write.node, text: writes, note: `replaces what ${concurrency.task} A wrote` },
        { task: 1, kind: 'suspends', at, text: waits },
        { task: 0, kind: 'resumes', at, text: 'goes on' },
        {
          task: 0,
          kind: 'reads',
          at: read.node,
          text: `reads \`${place}\``,
          note: `gets what ${concurrency.task} B wrote`,
        },
      ],
      outcome: `${concurrency.task} A works on what ${concurrency.task} B wrote`,
    }),
  });
}
