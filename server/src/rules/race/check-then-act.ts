import { blocksOnPurpose } from '../../facts/blocking/blocking-places.ts';
import type { CheckedWrite } from '../../facts/shared/checked-writes.ts';
import type { EarlyFlag } from '../../facts/shared/early-flags.ts';
import type { EndedMeanwhile } from '../../facts/shared/ended-meanwhile.ts';
import { isOneOperation, isUnlikely } from '../../facts/shared/likelihood.ts';
import type { Lowered } from '../../facts/shared/lowered.ts';
import type { Overtaken } from '../../facts/shared/overtaken.ts';
import type { Place } from '../../facts/shared/places.ts';
import { flag } from '../../model/rule.ts';
import type { FunctionNode } from '../../typescript/ast.ts';
import { defineRule } from '../define.ts';
import { alone, type Context, targetOf } from './check-then-act/context.ts';
import {
  asksForBoolean,
  isAskedFirst,
  isRunByOneCallee,
  keepsTheResult,
  readsFilesOnly,
  reportDoubled,
} from './check-then-act/doubled.ts';
import { reportEarly } from './check-then-act/early.ts';
import { reportEnded } from './check-then-act/ended.ts';
import { reportFiles } from './check-then-act/files.ts';
import { reportLowered } from './check-then-act/lowered.ts';
import { reportOvertaken, reportTimer } from './check-then-act/overtaken.ts';

export const checkThenAct = defineRule({
  id: 'check-then-act',
  family: 'race',
  principle: 3,
  summary: 'A condition on shared state, a suspension, then the write that the condition was to protect',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: ['require-atomic-updates'],
  options: {
    files: flag(
      false,
      'Report, as information, files that are looked for in one wait and used in a later one. On under `strict`.',
      'strict',
    ),
    parameters: flag(
      false,
      'Report also members of a parameter, as if all calls were given the same object: `if (!state.client) state.client = await connect()`. On under `all`.',
      'all',
    ),
    weak: flag(
      false,
      'Report also what may keep no second call out, or costs little: flags, limits, what callers in general could do at once, local files that are read twice, and what another function changes meanwhile. On under `strict`.',
      'strict',
    ),
  },
  messages: {
    doubled: {
      text: '`{place}` is set only after the wait: a second call passes the same check',
      why: 'Every `await` lets other tasks run. Until `{place}` is set, each further call finds what the first one found, and does the work once more; the last one to finish wins.',
      help: 'Store the promise in the same turn as the check, so that the second call waits for the work of the first, or let one call run at a time.',
    },
    entry: {
      text: '`{map}` gets its entry `{key}` only after the wait: a second call finds none either',
      why: 'Every `await` lets other tasks run. Until the entry is there, each further call finds what the first one found, and does the work once more; the last one to finish wins.',
      help: 'Put the promise into the collection in the same turn as the check, so that the second call waits for the work of the first.',
    },
    limit: {
      text: '`{place}` changes only after the wait: a second call passes the same check',
      why: 'Every `await` lets other tasks run. Until `{place}` has changed, each further call finds as much room as the first one found, and together they go over the limit.',
      help: 'Change it in the same turn as the check, and take that back where the work fails; or let one call run at a time.',
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
    ended: {
      text: '`{place}` is set after the wait, though `{ender}` may have run meanwhile',
      why: 'Every `await` lets other tasks run. `{ender}` has nothing to close yet while this waits, and nobody closes what is opened then.',
      help: 'Look at `{flag}` again behind the wait, and close what was opened where it is set.',
    },
    reopened: {
      text: '`{place}` is cleared before `{work}` has ended: a second one may start',
      why: 'Every `await` lets other tasks run. `{other}` may set `{place}` during this one; the next call then finds it set, and writes while the first one is still writing. The older one may end last.',
      help: 'Keep the promise of the work, and begin again when it has ended, or let one call run at a time.',
    },
    anew: {
      text: '`{place}` is cleared before `{work}` has ended: `{other}` may begin anew',
      why: 'Every `await` lets other tasks run. `{other}` finds nothing in `{place}` and begins anew, and what it brings is taken away by the clean-up that has not ended yet.',
      help: 'Clear `{place}` behind the last wait, so that others find it until the clean-up is over.',
    },
    timer: {
      text: '`{place}` is set after the wait: a timer that was set meanwhile cannot be stopped',
      why: 'Every `await` lets other tasks run. When another call sets `{place}` during this one, its timer goes on, and the only handle to it is overwritten.',
      help: 'Clear the timer in `{place}` before it is replaced, or let one call run at a time.',
    },
    file: {
      text: '`{path}` is looked for here and used later: by then it may be gone, or there',
      why: 'Other tasks and other programs may make or remove the file between the two. The second call has to deal with that anyway.',
      help: 'Leave the question out, and handle the error of the call that uses the file (`ENOENT`).',
    },
  },
  on: {
    FunctionDeclaration: checkFunction,
    FunctionExpression: checkFunction,
    ArrowFunction: checkFunction,
    MethodDeclaration: checkFunction,
  },
});

function checkFunction(fn: FunctionNode, ctx: Context): Promise<void> | undefined {
  // Nothing there runs twice at once, and most functions of many projects are in tests.
  if (blocksOnPurpose(ctx.file.sourceFile)) return undefined;
  if (ctx.options.files) reportFiles(fn, ctx);
  const { shared } = ctx.facts;
  // A write that is also made of what was read before is a lost update, and one problem.
  const lost = new Set(shared.staleWrites(fn).map(({ write }) => write.node));
  const races = shared
    .checkedWrites(fn)
    .filter(({ write }) => isSeenByOthers(write.place, ctx) && !lost.has(write.node));
  const early = shared.earlyFlags(fn).filter(({ write }) => write.place.kind !== 'parameter');
  const overtaken = shared.overtakenWrites(fn).filter(({ write }) => write.place.kind !== 'parameter');
  const ended = shared.endedMeanwhile(fn);
  if (!ctx.options.weak && races.length === 0) return undefined;
  const lowered = shared.loweredEarly(fn);
  if (races.length + early.length + overtaken.length + ended.length + lowered.length === 0) return undefined;
  return reportAll(fn, { races, early, overtaken, ended, lowered }, ctx);
}

/** Members of what a function is given belong to one call, or to all; by the name of the parameter, as far as that tells. */
function isSeenByOthers({ kind, declared }: Place, { options }: Context): boolean {
  return kind !== 'parameter' || (options.parameters && declared !== undefined && !ofOneCall.test(declared.text));
}

const ofOneCall =
  /^(?:_.*|\w?req(?:uest)?|res(?:ponse)?|ctx|context|\w*options?|opts|config|params?|args?|acc|result|out(?:put)?|event|evt|e|ev|msg|message|data|item|entry|node|row|record|el(?:ement)?|input|props|target|draft|body|payload|job|task|doc(?:ument)?)$/i;

interface Suspects {
  readonly races: readonly CheckedWrite[];
  readonly early: readonly EarlyFlag[];
  readonly overtaken: readonly Overtaken[];
  readonly ended: readonly EndedMeanwhile[];
  readonly lowered: readonly Lowered[];
}

async function reportAll(fn: FunctionNode, suspects: Suspects, ctx: Context): Promise<void> {
  const { races, early, overtaken, ended, lowered } = suspects;
  const { shared } = ctx.facts;
  const told = new Set<string>();
  for (const race of races) {
    const where = targetOf(race.write.node);
    // Writes behind one look, each on its own way through the function, are one problem.
    const problem = problemOf(race);
    if (told.has(problem)) continue;
    if (!isAskedFirst(fn, race, ctx)) {
      ctx.silent(where, 'the look is at what this call has written before');
      continue;
    }
    const isGiven = race.write.place.kind === 'parameter';
    const concurrency = await (isGiven ? shared.concurrencyOf(fn) : shared.concurrencyAt(fn, race.write.place));
    const isOfOne = concurrency && race.write.place.kind === 'field' && isOneOperation(concurrency, fn);
    if (!concurrency || isOfOne) ctx.silent(where, () => alone(fn));
    else if (!ctx.options.weak && isRunByOneCallee(fn, race, concurrency))
      ctx.silent(where, 'the option `weak` is off, and only the callee that is given this callback runs it');
    else if (!ctx.options.weak && (isUnlikely(concurrency, fn) || !keepsTheResult(race) || asksForBoolean(race)))
      ctx.silent(where, 'the option `weak` is off, and nothing is made twice for certain');
    else if (!ctx.options.weak && (await readsFilesOnly(race, ctx)))
      ctx.silent(where, 'the option `weak` is off, and reading a local file twice costs little');
    else if (await shared.holdsOwnLock(fn, race.check.node)) ctx.silent(where, 'a lock is held');
    else if (!(await shared.isOneState(race.check, race.write)))
      ctx.silent(where, 'nothing shows that both functions speak of the same state');
    else {
      told.add(problem);
      reportDoubled(fn, race, concurrency, races.filter((other) => problemOf(other) === problem).length === 1, ctx);
    }
  }
  if (!ctx.options.weak) return;
  for (const flag of early) {
    const concurrency = await shared.concurrencyAt(fn, flag.write.place);
    if (concurrency) reportEarly(fn, flag, concurrency, ctx);
    else ctx.silent(flag.write.node, () => alone(fn));
  }
  for (const one of lowered) await reportLowered(fn, one, ctx);
  for (const one of ended) await reportEnded(fn, one, ctx);
  for (const one of overtaken) await (one.how === 'state' ? reportOvertaken(fn, one, ctx) : reportTimer(fn, one, ctx));
}

function problemOf({ check, write }: CheckedWrite): string {
  return `${check.node.pos} ${write.place.key}`;
}
