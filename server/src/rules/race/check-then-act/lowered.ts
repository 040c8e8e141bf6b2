import type { Concurrency } from '../../../facts/shared/concurrency.ts';
import { type Event, interleavingOf, numbered, waitText } from '../../../facts/shared/interleaving.ts';
import type { Lowered } from '../../../facts/shared/lowered.ts';
import { shortText } from '../../../facts/shared/places.ts';
import { functionName } from '../../../facts/uses.ts';
import { type FunctionNode, isAwaitExpression, type Node } from '../../../typescript/ast.ts';
import { nameOf } from '../../../typescript/promise-syntax.ts';
import { alone, type Context } from './context.ts';

/** Reports state that is cleared before the work is over that it let in. */
export async function reportLowered(fn: FunctionNode, lowered: Lowered, ctx: Context): Promise<void> {
  const { how, write, suspension, other } = lowered;
  const task = how === 'again' ? fn : other.fn;
  const concurrency = await ctx.facts.shared.concurrencyAt(task, write.place);
  if (!concurrency) return ctx.silent(write.node, () => alone(task));
  const at = suspension.node;
  const file = ctx.file.path;
  const place = write.place.text;
  const whose = functionName(other.fn)?.text ?? 'another function';
  ctx.report(how === 'again' ? 'reopened' : 'anew', write.node, {
    data: { place, work: workOf(at), other: whose },
    related: numbered([
      { at: write.node, text: `clears \`${place}\``, file },
      { at, text: 'waits here, and other tasks run', file },
      { at: other.write.node, text: how === 'again' ? `\`${whose}\` sets it again` : `\`${whose}\` begins anew`, file },
    ]),
    interleaving: interleavingOf({
      fn,
      ...(how === 'anew' && { other: other.fn }),
      concurrency,
      events: eventsOf(lowered, concurrency),
      outcome:
        how === 'again'
          ? `two runs of \`${workOf(at)}\` overlap, and the older one may end last`
          : `\`${workOf(at)}\` takes away what \`${whose}\` brings`,
    }),
  });
}

function eventsOf({ how, check, write, suspension, other }: Lowered, { task }: Concurrency): readonly Event[] {
  const at = suspension.node;
  const place = write.place.text;
  const checks = `checks \`${shortText(check.node)}\``;
  const clears = `clears \`${place}\``;
  const begin: readonly Event[] = [
    { task: 0, kind: 'checks', at: check.node, text: checks },
    { task: 0, kind: 'writes', at: write.node, text: clears },
    { task: 0, kind: 'suspends', at, text: waitText(at) },
  ];
  if (how === 'anew')
    return [
      ...begin,
      { task: 1, kind: 'writes', at: other.write.node, text: `writes \`${place}\``, note: 'and begins anew' },
      { task: 0, kind: 'resumes', at, text: 'goes on', note: 'and has cleaned up what was new' },
    ];
  return [
    ...begin,
    { task: 1, kind: 'checks', at: check.node, text: checks, note: 'it has been set again' },
    { task: 1, kind: 'writes', at: write.node, text: clears },
    { task: 1, kind: 'suspends', at, text: waitText(at), note: `beside that of ${task} A` },
    { task: 0, kind: 'resumes', at, text: 'goes on' },
  ];
}

function workOf(wait: Node): string {
  return nameOf(isAwaitExpression(wait) ? wait.expression : wait);
}
