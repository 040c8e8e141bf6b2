import { mutexFix } from '../../engine/mutex-fix.ts';
import { readAfterWaitFix, takeOutFix } from '../../engine/race-fixes.ts';
import { blocksOnPurpose } from '../../facts/blocking/blocking-places.ts';
import type { Concurrency } from '../../facts/shared/concurrency.ts';
import type { ReadTooEarly } from '../../facts/shared/in-flight.ts';
import { type Event, interleavingOf, numbered, waitText } from '../../facts/shared/interleaving.ts';
import { isOneOperation, isUnlikely } from '../../facts/shared/likelihood.ts';
import type { NewerCleared } from '../../facts/shared/newer-cleared.ts';
import type { OtherWrite } from '../../facts/shared/other-writers.ts';
import { isRefused } from '../../facts/shared/refused.ts';
import type { Replaced } from '../../facts/shared/replaced.ts';
import type { StaleWrite } from '../../facts/shared/stale-writes.ts';
import { functionName } from '../../facts/uses.ts';
import { type FunctionNode, isAsyncFunction, isCallExpression, type Node, unwrap } from '../../typescript/ast.ts';
import { defineRule } from '../define.ts';
import { checkClosure } from './stale-read/closure.ts';
import { type Context, nobodyElse } from './stale-read/context.ts';
import { reportNewer } from './stale-read/newer.ts';
import { reportPending } from './stale-read/pending.ts';
import { reportReplaced } from './stale-read/replaced.ts';
import { reportSwapped } from './stale-read/swapped.ts';

export const staleRead = defineRule({
  id: 'stale-read',
  family: 'race',
  principle: 3,
  summary: 'Shared state is written with a value that was made before a suspension from the same state',
  preset: 'strict',
  severity: 'warning',
  since: '0.1.0',
  equivalents: ['require-atomic-updates'],
  options: {},
  messages: {
    lost: {
      text: '`{place}` is read before the wait and written after it: other writes are lost',
      why: 'Every `await` lets other tasks run. What they write to `{place}` in the meantime is overwritten by a value that was made from the old one.',
      help: 'Wait first, then read and write in one turn; or let one call run at a time.',
    },
    cleared: {
      text: '`{place}` is cleared after the wait, with whatever was added during it',
      why: 'Every `await` lets other tasks run. What they add to `{place}` in the meantime was not part of what was handed over before, and is thrown away.',
      help: 'Take everything out before the wait: keep it in a local variable and clear the state in the same turn.',
    },
    replaced: {
      text: "`{place}` may be another call's by now: it was set before the wait",
      why: 'Every `await` lets other tasks run. When another call sets `{place}` during this one, what follows works on the wrong one.',
      help: 'Keep it in a local variable, or compare `{place}` with that behind the wait.',
    },
    pending: {
      text: '`{place}` is read before the wait for `{promise}`, which replaces it',
      why: 'The work that `{promise}` stands for writes `{place}`. What was read before is what it had been, and is used as if it were new.',
      help: 'Wait first, and read `{place}` behind the wait.',
    },
    swapped: {
      text: '`{place}` is replaced when it is fulfilled: who reads it before keeps the old one',
      why: 'Until the callback has run, everybody gets the first promise, and with it a value that is about to be replaced. What they get depends on when they ask.',
      help: 'Make one promise of the whole work and keep that from the beginning.',
    },
    newer: {
      text: "`{place}` may be a newer call's by now: it is cleared without a look",
      why: 'A call that comes while this one is under way puts its own into `{place}`. When the older one is over, it takes that away, and nobody can find or stop the newer one.',
      help: 'Compare `{place}` with what this call has put there, and clear it only if it is the same.',
    },
    closure: {
      text: '`{place}` is as it was before the wait: changes made during it are lost',
      why: 'A function of a component sees the state of the time when it was made, also behind an `await`. What others have set meanwhile is overwritten with something made of the old value.',
      help: 'Give the setter a function, which gets the newest value.',
    },
  },
  on: {
    CallExpression: checkClosure,
    FunctionDeclaration: checkFunction,
    FunctionExpression: checkFunction,
    ArrowFunction: checkFunction,
    MethodDeclaration: checkFunction,
  },
});

function checkFunction(fn: FunctionNode, ctx: Context): Promise<void> | undefined {
  if (blocksOnPurpose(ctx.file.sourceFile)) return undefined;
  const swapped = ctx.facts.shared.swappedPromise(fn);
  if (swapped) return reportSwapped(fn, swapped, ctx);
  const newer = ctx.facts.shared.newerCleared(fn);
  if (!isAsyncFunction(fn)) return newer.length === 0 ? undefined : checkNewer(fn, newer, ctx);
  const stale = ctx.facts.shared.staleWrites(fn).filter(({ write }) => write.place.kind !== 'parameter');
  const replaced = ctx.facts.shared.replacedReads(fn).filter(({ write }) => write.place.kind !== 'parameter');
  const early = ctx.facts.shared.readsTooEarly(fn);
  const count = stale.length + replaced.length + early.length + newer.length;
  return count === 0 ? undefined : check(fn, { stale, replaced, early, newer }, ctx);
}

async function checkNewer(fn: FunctionNode, newer: readonly NewerCleared[], ctx: Context): Promise<void> {
  for (const one of newer) await reportNewer(fn, one, ctx);
}

interface Suspects {
  readonly stale: readonly StaleWrite[];
  readonly replaced: readonly Replaced[];
  readonly early: readonly ReadTooEarly[];
  readonly newer: readonly NewerCleared[];
}

async function check(fn: FunctionNode, { stale, replaced, early, newer }: Suspects, ctx: Context): Promise<void> {
  await checkNewer(fn, newer, ctx);
  for (const one of early) await reportPending(fn, one, ctx);
  for (const one of replaced) await reportReplaced(fn, one, ctx);
  for (const race of stale) await (race.how === 'lost' ? reportLost(fn, race, ctx) : reportCleared(fn, race, ctx));
}

async function reportLost(fn: FunctionNode, race: StaleWrite, ctx: Context): Promise<void> {
  const { read, write, window } = race;
  const where = targetOf(write.node);
  const concurrency = await ctx.facts.shared.concurrencyAt(fn, write.place);
  if (!concurrency) return ctx.silent(where, nobodyElse(fn));
  if (write.place.kind === 'field' && isOneOperation(concurrency, fn)) return ctx.silent(where, nobodyElse(fn));
  if (await ctx.facts.shared.holdsOwnLock(fn, read.node)) return ctx.silent(where, 'a lock is held');
  if (!(await ctx.facts.shared.isOneState(read, write)))
    return ctx.silent(where, 'nothing shows that both functions speak of the same state');
  const place = write.place.text;
  const file = ctx.file.path;
  const waits = waitText(window.suspension.node);
  ctx.report('lost', where, {
    data: { place },
    ...(isUnlikely(concurrency, fn) && { severity: 'information' as const }),
    related: numbered([
      { at: read.node, text: `reads \`${read.place.text}\``, file },
      { at: window.suspension.node, text: 'waits here, and other tasks run', file },
      { at: where, text: `another call writes \`${place}\``, file },
      { at: where, text: 'writes what it made of the old value', file },
    ]),
    interleaving: interleavingOf({
      fn,
      concurrency,
      events: lostUpdate(race, where, waits, concurrency),
      outcome: `what ${concurrency.task} A wrote to \`${place}\` is lost`,
    }),
    fixes: () => [readAfterWaitFix(race, ctx), mutexFix(fn, write.place, ctx)],
  });
}

/** Both read the same, and the later write knows nothing of the earlier. */
function lostUpdate(
  { read, write, window }: StaleWrite,
  where: Node,
  waits: string,
  { task }: Concurrency,
): readonly Event[] {
  const at = window.suspension.node;
  const reads = `reads \`${read.place.text}\``;
  const writes = `writes \`${write.place.text}\``;
  return [
    { task: 0, kind: 'reads', at: read.node, text: reads },
    { task: 0, kind: 'suspends', at, text: waits },
    { task: 1, kind: 'reads', at: read.node, text: reads, note: 'the same value' },
    { task: 1, kind: 'suspends', at, text: waits },
    { task: 0, kind: 'resumes', at, text: 'goes on' },
    { task: 0, kind: 'writes', at: where, text: writes },
    { task: 1, kind: 'resumes', at, text: 'goes on' },
    { task: 1, kind: 'writes', at: where, text: writes, note: `overwrites what ${task} A wrote` },
  ];
}

async function reportCleared(fn: FunctionNode, race: StaleWrite, ctx: Context): Promise<void> {
  const { read, write, window } = race;
  const where = targetOf(write.node);
  const all = ctx.facts.shared.writersOf(write.place, fn, ({ how, method }) => adds(how, method, ctx));
  const others = all.filter((one) => !isRefused(one, fn, window.suspension));
  if (others.length < all.length && others.every((one) => one.fn === fn))
    return ctx.silent(where, `what adds to \`${write.place.text}\` looks at a flag that is set before the wait`);
  const other = others.find((one) => one.fn !== fn) ?? others[0];
  if (!other) return ctx.silent(where, `nothing in this file adds to \`${write.place.text}\``);
  const concurrency =
    (await ctx.facts.shared.concurrencyAt(other.fn, write.place)) ??
    (await ctx.facts.shared.concurrencyAt(fn, write.place));
  if (!concurrency) return ctx.silent(where, nobodyElse(fn));
  const place = write.place.text;
  const file = ctx.file.path;
  ctx.report('cleared', where, {
    data: { place },
    related: numbered([
      { at: read.node, text: `reads \`${read.place.text}\``, file },
      { at: window.suspension.node, text: 'waits here, and other tasks run', file },
      { at: targetOf(other.write.node), text: `${whose(other, fn)} adds to \`${place}\``, file },
      { at: where, text: 'clears it', file },
    ]),
    interleaving: interleavingOf({
      fn,
      other: other.fn,
      concurrency,
      events: [
        { task: 0, kind: 'reads', at: read.node, text: `reads \`${read.place.text}\`` },
        { task: 0, kind: 'suspends', at: window.suspension.node, text: waitText(window.suspension.node) },
        { task: 1, kind: 'writes', at: targetOf(other.write.node), text: `adds to \`${place}\`` },
        { task: 0, kind: 'resumes', at: window.suspension.node, text: 'goes on' },
        { task: 0, kind: 'writes', at: where, text: `clears \`${place}\``, note: 'with what was added in between' },
      ],
      outcome: `what was added to \`${place}\` during the wait is lost`,
    }),
    fixes: () => [takeOutFix(race, ctx)],
  });
}

function adds(how: string, method: string | undefined, ctx: Context): boolean {
  if (how === 'method') return method !== undefined && ctx.knowledge.collections.adds(method);
  return how === 'compound' || how === 'count';
}

function whose({ fn: other }: OtherWrite, fn: FunctionNode): string {
  const name = functionName(other)?.text;
  return other === fn ? 'another call' : name === undefined ? 'another function' : `\`${name}\``;
}

/** What names a write: the target of an assignment, or the method that changes something. */
function targetOf(write: Node): Node {
  return isCallExpression(write) ? unwrap(write.expression) : write;
}
