import { interleavingOf, numbered, waitText } from '../../../facts/shared/interleaving.ts';
import type { Overtaken } from '../../../facts/shared/overtaken.ts';
import { functionName } from '../../../facts/uses.ts';
import type { FunctionNode } from '../../../typescript/ast.ts';
import { alone, type Context, targetOf } from './context.ts';

/** Reports a next state that undoes what another function did during the wait. */
export async function reportOvertaken(
  fn: FunctionNode,
  { before, write, window, other }: Overtaken,
  ctx: Context,
): Promise<void> {
  const where = targetOf(write.node);
  const concurrency = other && (await ctx.facts.shared.concurrencyOf(other.fn));
  if (!other || !concurrency) return ctx.silent(where, () => alone(fn));
  const place = write.place.text;
  const writer = functionName(other.fn)?.text ?? 'another function';
  const file = ctx.file.path;
  const at = targetOf(other.write.node);
  const claim = targetOf(before.node);
  ctx.report('overtaken', where, {
    data: { place, writer },
    related: numbered([
      { at: claim, text: `writes \`${place}\``, file },
      { at: window.suspension.node, text: 'waits here, and other tasks run', file },
      { at, text: `\`${writer}\` writes \`${place}\``, file },
      { at: where, text: 'writes it without having looked', file },
    ]),
    interleaving: interleavingOf({
      fn,
      other: other.fn,
      concurrency,
      events: [
        { task: 0, kind: 'writes', at: claim, text: `writes \`${place}\`` },
        { task: 0, kind: 'suspends', at: window.suspension.node, text: waitText(window.suspension.node) },
        { task: 1, kind: 'writes', at, text: `writes \`${place}\`` },
        { task: 0, kind: 'resumes', at: window.suspension.node, text: 'goes on' },
        { task: 0, kind: 'writes', at: where, text: `writes \`${place}\``, note: `undoes what \`${writer}\` did` },
      ],
      outcome: `what \`${writer}\` made of \`${place}\` is lost`,
    }),
  });
}

/** Reports a timer that replaces one which nobody can stop then. */
export async function reportTimer(fn: FunctionNode, { write, window, other }: Overtaken, ctx: Context): Promise<void> {
  const where = write.node;
  const concurrency = await ctx.facts.shared.concurrencyAt(fn, write.place);
  // Who may call in general says too little here: timers are set again and again by design.
  if (!concurrency || concurrency.how === 'public' || concurrency.how === 'exported')
    return ctx.silent(where, () => alone(fn));
  const place = write.place.text;
  const file = ctx.file.path;
  const at = window.suspension.node;
  const writes = `writes \`${place}\``;
  ctx.report('timer', where, {
    data: { place },
    related: numbered([
      { at, text: 'waits here, and other tasks run', file },
      { at: where, text: `another call sets \`${place}\``, file },
      { at: where, text: 'sets it once more', file },
      ...(other ? [{ at: targetOf(other.write.node), text: 'only the last one can be stopped here', file }] : []),
    ]),
    interleaving: interleavingOf({
      fn,
      concurrency,
      events: [
        { task: 0, kind: 'suspends', at, text: waitText(at) },
        { task: 1, kind: 'suspends', at, text: waitText(at) },
        { task: 0, kind: 'resumes', at, text: 'goes on' },
        { task: 0, kind: 'writes', at: where, text: writes },
        { task: 1, kind: 'resumes', at, text: 'goes on' },
        {
          task: 1,
          kind: 'writes',
          at: where,
          text: writes,
          note: `the timer of ${concurrency.task} A cannot be stopped any more`,
        },
      ],
      outcome: 'two timers run, and one of them cannot be stopped',
    }),
  });
}
