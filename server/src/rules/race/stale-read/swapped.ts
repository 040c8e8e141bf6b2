import { interleavingOf, numbered } from '../../../facts/shared/interleaving.ts';
import type { SwappedPromise } from '../../../facts/shared/swapped-promises.ts';
import { functionName } from '../../../facts/uses.ts';
import { type FunctionNode, isWithin } from '../../../typescript/ast.ts';
import type { Context } from './context.ts';

/** Reports a promise that is replaced when it is fulfilled, where somebody may read it before. */
export async function reportSwapped(fn: FunctionNode, { promise, write }: SwappedPromise, ctx: Context): Promise<void> {
  for (const { fn: other, read } of ctx.facts.shared.readersOf(write.place, fn)) {
    const concurrency = isWithin(fn, other) ? undefined : await ctx.facts.shared.concurrencyOf(other);
    if (!concurrency) continue;
    const place = write.place.text;
    const file = ctx.file.path;
    const reader = functionName(other)?.text ?? 'another function';
    ctx.report('swapped', write.node, {
      data: { place },
      related: numbered([
        { at: promise, text: 'waits for it here, and other tasks run', file },
        { at: read.node, text: `\`${reader}\` reads \`${place}\``, file },
        { at: write.node, text: 'replaces it', file },
      ]),
      interleaving: interleavingOf({
        fn,
        other,
        concurrency,
        events: [
          { task: 0, kind: 'suspends', at: promise, text: `waits for \`${place}\`` },
          { task: 1, kind: 'reads', at: read.node, text: `reads \`${place}\``, note: 'the first promise' },
          { task: 0, kind: 'resumes', at: promise, text: 'goes on' },
          { task: 0, kind: 'writes', at: write.node, text: `writes \`${place}\`` },
        ],
        outcome: `\`${reader}\` has the promise that was replaced`,
      }),
    });
    return;
  }
}
