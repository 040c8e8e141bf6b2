import type { Concurrency } from '../../../facts/shared/concurrency.ts';
import type { EarlyFlag } from '../../../facts/shared/early-flags.ts';
import { interleavingOf, numbered, waitText } from '../../../facts/shared/interleaving.ts';
import { shortText } from '../../../facts/shared/places.ts';
import type { FunctionNode } from '../../../typescript/ast.ts';
import type { Context } from './context.ts';

/** Reports a flag that is set before the wait that it stands for. */
export function reportEarly(fn: FunctionNode, flag: EarlyFlag, concurrency: Concurrency, ctx: Context): void {
  const { check, write, suspension, goesOn } = flag;
  const place = write.place.text;
  const file = ctx.file.path;
  const checks = `checks \`${shortText(check.node)}\``;
  const then = goesOn.kind === 'call' ? `calls \`${shortText(goesOn.node)}\`` : 'returns';
  ctx.report('early', write.node, {
    data: { place },
    related: numbered([
      { at: check.node, text: checks, file },
      { at: write.node, text: `sets \`${place}\``, file },
      { at: suspension.node, text: 'waits here, and other tasks run', file },
      { at: goesOn.node, text: 'another call goes on here without having waited', file },
    ]),
    interleaving: interleavingOf({
      fn,
      concurrency,
      events: [
        { task: 0, kind: 'checks', at: check.node, text: checks },
        { task: 0, kind: 'writes', at: write.node, text: `writes \`${place}\`` },
        { task: 0, kind: 'suspends', at: suspension.node, text: waitText(suspension.node) },
        { task: 1, kind: 'checks', at: check.node, text: checks, note: 'finds it set' },
        { task: 1, kind: 'calls', at: goesOn.node, text: then, note: 'without having waited' },
        { task: 0, kind: 'resumes', at: suspension.node, text: 'goes on' },
      ],
      outcome: `${concurrency.task} B goes on before what \`${place}\` stands for is done`,
    }),
  });
}
