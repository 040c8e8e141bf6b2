import { mutexFix } from '../../engine/mutex-fix.ts';
import { storePromiseFix } from '../../engine/race-fixes.ts';
import type { Concurrency } from '../../facts/concurrency.ts';
import type { CheckedWrite } from '../../facts/shared/checked-writes.ts';
import type { EarlyFlag } from '../../facts/shared/early-flags.ts';
import { type Event, interleavingOf, numbered, waitText } from '../../facts/shared/interleaving.ts';
import type { Overtaken } from '../../facts/shared/overtaken.ts';
import { shortText } from '../../facts/shared/places.ts';
import { functionName } from '../../facts/uses.ts';
import { type FunctionNode, isCallExpression, type Node, unwrap } from '../../typescript/ast.ts';
import { nameOf } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';

export const checkThenAct = defineRule({
  id: 'check-then-act',
  family: 'race',
  principle: 3,
  summary: 'A condition on shared state, a suspension, then the write that the condition was to protect',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: ['require-atomic-updates'],
  options: {},
  messages: {
    doubled: {
      text: '`{place}` is set only after the wait: a second call passes the same check',
      why: 'Every `await` lets other tasks run. Until `{place}` is set, each further call finds what the first one found, and does the work once more; the last one to finish wins.',
      help: 'Store the promise in the same turn as the check, so that the second call waits for the work of the first, or let one call run at a time.',
    },
    early: {
      text: '`{place}` is set before the wait that it stands for: a second call does not wait',
      why: 'Every `await` lets other tasks run. A call that comes during this one finds `{place}` set, skips the wait, and goes on with what is not ready yet.',
      help: 'Wait in every call, outside of the condition, or keep the promise of the work and await that.',
    },
    overtaken: {
      text: '`{place}` is set after the wait, whatever `{writer}` made of it meanwhile',
      why: 'Every `await` lets other tasks run. What `{writer}` decided during this one is undone: something that was closed counts as open again.',
      help: 'Look at `{place}` again behind the wait, and give up or clean up where it has changed.',
    },
    timer: {
      text: '`{place}` is set after the wait: a timer that was set meanwhile cannot be stopped',
      why: 'Every `await` lets other tasks run. When another call sets `{place}` during this one, its timer goes on, and the only handle to it is overwritten.',
      help: 'Clear the timer in `{place}` before it is replaced, or let one call run at a time.',
    },
  },
  on: {
    FunctionDeclaration: checkFunction,
    FunctionExpression: checkFunction,
    ArrowFunction: checkFunction,
    MethodDeclaration: checkFunction,
  },
});

type Context = RuleContext<'doubled' | 'early' | 'overtaken' | 'timer'>;

function checkFunction(fn: FunctionNode, ctx: Context): Promise<void> | undefined {
  const { shared } = ctx.facts;
  const races = shared.checkedWrites(fn).filter(({ write }) => write.place.kind !== 'parameter');
  const early = shared.earlyFlags(fn).filter(({ write }) => write.place.kind !== 'parameter');
  const overtaken = shared.overtakenWrites(fn).filter(({ write }) => write.place.kind !== 'parameter');
  if (races.length + early.length + overtaken.length === 0) return undefined;
  return reportAll(fn, { races, early, overtaken }, ctx);
}

interface Suspects {
  readonly races: readonly CheckedWrite[];
  readonly early: readonly EarlyFlag[];
  readonly overtaken: readonly Overtaken[];
}

async function reportAll(fn: FunctionNode, { races, early, overtaken }: Suspects, ctx: Context): Promise<void> {
  const concurrency = await ctx.facts.shared.concurrencyOf(fn);
  for (const race of races) {
    const where = targetOf(race.write.node);
    if (!concurrency) ctx.silent(where, () => alone(fn));
    else if (await ctx.facts.shared.holdsOwnLock(fn, race.check.node)) ctx.silent(where, 'a lock is held');
    else reportDoubled(fn, race, concurrency, ctx);
  }
  for (const flag of early) {
    if (concurrency) reportEarly(fn, flag, concurrency, ctx);
    else ctx.silent(flag.write.node, () => alone(fn));
  }
  for (const one of overtaken)
    await (one.how === 'state' ? reportOvertaken(fn, one, ctx) : reportTimer(fn, one, concurrency, ctx));
}

function alone(fn: FunctionNode): string {
  return `nothing shows that two calls of \`${nameOf(fn)}\` can be under way at once`;
}

function reportDoubled(fn: FunctionNode, race: CheckedWrite, concurrency: Concurrency, ctx: Context): void {
  const where = targetOf(race.write.node);
  const { place } = race.write;
  const file = ctx.file.path;
  ctx.report('doubled', where, {
    data: { place: place.text },
    related: numbered([
      { at: race.check.node, text: `checks \`${shortText(race.check.node)}\``, file },
      {
        at: suspended(race),
        text: isCallExpression(suspended(race)) ? 'starts this, which writes later' : 'waits here, and other tasks run',
        file,
      },
      { at: race.check.node, text: 'another call checks, and finds the same', file },
      { at: race.write.through?.origin.node ?? where, text: `both write \`${place.text}\``, file },
    ]),
    interleaving: interleavingOf({
      fn,
      concurrency,
      events: eventsOf(race, concurrency),
      outcome: `the work is done twice, and the first \`${place.text}\` is lost`,
    }),
    fixes: async () => [await storePromiseFix(race, ctx), mutexFix(fn, place, ctx)],
  });
}

function reportEarly(fn: FunctionNode, flag: EarlyFlag, concurrency: Concurrency, ctx: Context): void {
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

async function reportOvertaken(
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

function reportTimer(
  fn: FunctionNode,
  { write, window, other }: Overtaken,
  concurrency: Concurrency | undefined,
  ctx: Context,
): void {
  const where = write.node;
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

/** A checks and waits; B checks, finds the same and waits; then both write. */
function eventsOf(race: CheckedWrite, { task }: Concurrency): readonly Event[] {
  const { check, write, window } = race;
  const at = window.suspension.node;
  const where = write.through?.origin.node ?? targetOf(write.node);
  const checks = `checks \`${shortText(check.node)}\``;
  const writes = `writes \`${write.place.text}\``;
  // A helper that nobody waits for writes when its own wait is over.
  const isStarted = isCallExpression(at);
  const kind = isStarted ? 'calls' : 'suspends';
  const text = isStarted ? `starts \`${shortText(at)}\`` : waitText(at);
  const goesOn = (who: 0 | 1): readonly Event[] =>
    isStarted ? [] : [{ task: who, kind: 'resumes', at, text: 'goes on' }];
  return [
    { task: 0, kind: 'checks', at: check.node, text: checks },
    { task: 0, kind, at, text },
    { task: 1, kind: 'checks', at: check.node, text: checks, note: `finds what ${task} A found` },
    { task: 1, kind, at, text, note: 'the second time' },
    ...goesOn(0),
    { task: 0, kind: 'writes', at: where, text: writes },
    ...goesOn(1),
    { task: 1, kind: 'writes', at: where, text: writes, note: `overwrites what ${task} A wrote` },
  ];
}

/** What names a write: the target of an assignment, or the method that puts something in. */
function targetOf(write: Node): Node {
  return isCallExpression(write) ? unwrap(write.expression) : write;
}

function suspended({ window }: CheckedWrite): Node {
  return window.suspension.node;
}
