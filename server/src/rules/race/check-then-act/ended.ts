import type { EndedMeanwhile } from '../../../facts/shared/ended-meanwhile.ts';
import { interleavingOf, numbered, waitText } from '../../../facts/shared/interleaving.ts';
import { shortText } from '../../../facts/shared/places.ts';
import { functionName } from '../../../facts/uses.ts';
import type { FunctionNode } from '../../../typescript/ast.ts';
import { alone, type Context, targetOf } from './context.ts';

/** Reports what is opened over a wait and kept, though what closes it may have run meanwhile. */
export async function reportEnded(
  fn: FunctionNode,
  { look, asker, write, window, ender, flag }: EndedMeanwhile,
  ctx: Context,
): Promise<void> {
  const where = targetOf(write.node);
  const concurrency = await ctx.facts.shared.concurrencyAt(ender, write.place);
  if (!concurrency) return ctx.silent(where, () => alone(ender));
  const place = write.place.text;
  const name = functionName(ender)?.text ?? 'another function';
  const at = window.suspension.node;
  const file = ctx.file.path;
  const who = asker && `\`${functionName(asker)?.text ?? 'another function'}\` `;
  const checks = `${who ?? ''}checks \`${shortText(look.node)}\``;
  ctx.report('ended', where, {
    data: { place, ender: name, flag: flag.place.text },
    related: numbered([
      { at: look.node, text: checks, file },
      { at, text: 'waits here, and other tasks run', file },
      { at: flag.node, text: `\`${name}\` ends everything that is there`, file },
      { at: where, text: asker ? 'sets it without having looked' : 'sets it without having looked again', file },
    ]),
    interleaving: interleavingOf({
      fn,
      other: ender,
      concurrency,
      events: [
        ...(asker ? [] : [{ task: 0, kind: 'checks', at: look.node, text: checks } as const]),
        { task: 0, kind: 'suspends', at, text: waitText(at) },
        {
          task: 1,
          kind: 'writes',
          at: flag.node,
          text: `writes \`${flag.place.text}\``,
          note: 'and has nothing to close',
        },
        { task: 0, kind: 'resumes', at, text: 'goes on' },
        { task: 0, kind: 'writes', at: where, text: `writes \`${place}\``, note: 'which nobody closes any more' },
      ],
      outcome: `what is in \`${place}\` stays open`,
    }),
  });
}
