import { signalOfPlatform } from '../../engine/timeout-fixes.ts';
import { missedClearing, shortestTimer } from '../../facts/lifetime/missed-clearing.ts';
import {
  abortedWork,
  helperTimers,
  type PromiseTimer,
  promiseTimer,
  unclearedAfterRace,
} from '../../facts/lifetime/promise-timers.ts';
import { effectAround, namesComponent } from '../../facts/lifetime/react-effects.ts';
import {
  endsSoon,
  isFieldRead,
  isPlatformTimer,
  isPrivateField,
  isUnreferenced,
  milliseconds,
  type TimerCall,
  timerCall,
  timerHolder,
} from '../../facts/lifetime/timers.ts';
import { shortName } from '../../facts/promises/dropped-name.ts';
import type { Related } from '../../model/finding.ts';
import { type FlagOption, flag } from '../../model/rule.ts';
import {
  type CallExpression,
  calleeName,
  enclosingFunction,
  hasModifier,
  isAwaitExpression,
  isFunctionNode,
  isPropertyDeclaration,
  type Node,
  SyntaxKind,
  spanOf,
} from '../../typescript/ast.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { afterRaceInFinally, clearInFinally, keptByEffect, raceFix, unreferenced } from './uncleared-timer/fixes.ts';
import { endsProgram, isImported, isMoving, isOfPageOrProgram, isSettling } from './uncleared-timer/harmless.ts';

const messages = {
  race: {
    text: 'This timer runs on when the race is over: nobody clears it',
    why: 'Losing a race stops nothing. Until the timer fires it keeps the process and everything that its callback can reach, once for each call.',
    help: 'Clear the timer when the race is over, in a `finally`.',
  },
  helper: {
    text: 'The timer of {call} runs on when the race is over: nobody can clear it',
    why: 'Losing a race stops nothing. Until the timer fires it keeps the process and everything that its callback can reach, once for each call.',
    help: 'Use a timer that can be stopped: one that takes a signal, or `setTimeout` with `clearTimeout` in a `finally`.',
  },
  outcome: {
    text: 'This timer runs on when the promise settles another way: nobody clears it',
    why: 'A settled promise stops nothing. Until the timer fires it keeps the process and everything that its callback can reach.',
    help: 'Keep the handle, and clear it wherever the promise settles.',
  },
  abort: {
    text: 'This timer still fires when the work is over: nobody clears it',
    why: 'It is there to end the work when that takes too long. When the work is done it stays, keeps the process alive, and aborts a controller that nobody uses any more.',
    help: 'Clear the timer in a `finally`, or use `AbortSignal.timeout(ms)`, which needs no clearing.',
  },
  missed: {
    text: '`{name}` is not cleared on every path, so it still fires after this one',
    why: 'Behind an `await` that rejects, or a `throw`, the line that clears the timer is never reached. It fires although what it watched over has ended.',
    help: 'Clear the timer in a `finally`.',
  },
  interval: {
    text: 'This interval can never be stopped: nobody has its handle',
    why: 'It runs until the process ends, and keeps the process from ending. Another one starts with each call.',
    help: 'Keep what `setInterval` returns and clear it at the end, or call `unref()` on it in Node.',
  },
  forever: {
    text: 'This interval runs as long as the process, which cannot end by itself meanwhile',
    why: 'Nobody has its handle. In Node a running interval keeps the process alive, which scripts and tests notice that import this module.',
    help: 'Call `unref()` on it, or keep the handle and clear it at the end.',
  },
  effect: {
    text: 'This timer outlives its component: the effect does not clear it',
    why: 'When the component is gone, or the effect runs again, the timer of before still fires, on state that nobody shows any more.',
    help: 'Return a function from the effect that clears the timer.',
  },
} as const;

export type Context = RuleContext<keyof typeof messages, { readonly brief: FlagOption }>;

export const unclearedTimer = defineRule({
  id: 'uncleared-timer',
  family: 'lifetime',
  principle: 6,
  summary: 'A timer runs on although what it was started for has ended',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {
    brief: flag(
      false,
      'Also report timers that fire soon by themselves: within a second, in a race within half of one.',
      'strict',
    ),
  },
  messages,
  on: {
    CallExpression(call, ctx) {
      const timer = timerCall(call);
      if (timer) return checkTimer(timer, ctx);
      return isRace(call) ? checkHelpers(call, ctx) : undefined;
    },
  },
});

function isRace({ expression, arguments: args }: CallExpression): boolean {
  return args.length === 1 && /^Promise\s*\.\s*race$/.test(expression.getText());
}

async function checkTimer(timer: TimerCall, ctx: Context): Promise<void> {
  // The most frequent timers by far: started, and forgotten on purpose.
  if (endsSoon(timer.call) || isUnreferenced(timer)) return;
  const inPromise = timer.kind === 'setTimeout' ? promiseTimer(timer) : undefined;
  if (inPromise) {
    if (await isPlatformTimer(timer, ctx.types)) await checkPromise(timer, inPromise, ctx);
    return;
  }
  const holder = timerHolder(timer);
  if (holder.kind === 'variable') {
    if (!(await isPlatformTimer(timer, ctx.types))) return;
    return checkVariable(timer, holder, ctx);
  }
  const isUnread = holder.kind === 'field' && !isFieldRead(holder.name);
  if ((holder.kind !== 'dropped' && !isUnread) || !(await isPlatformTimer(timer, ctx.types))) return;
  if (holder.kind === 'field' && !isPrivateField(holder.name)) {
    // Whoever has the object may clear it, where the field is read at all.
    if (timer.kind !== 'setInterval' || (await ctx.types.referencesElsewhere(holder.name)).length > 0) return;
  }
  return lost(timer, ctx);
}

/** Nobody has the handle. A single shot comes to an end by itself, an interval does not. */
async function lost(timer: TimerCall, ctx: Context): Promise<void> {
  const { call, kind, delay } = timer;
  const at = calleeName(call);
  const isAtOnce = kind === 'setTimeout' && (delay === 0 || isSettling(timer) || isMoving(call));
  const effect = isAtOnce ? undefined : await effectAround(call, ctx);
  // What happens once and touches nothing of the component may well come when it is gone.
  if (effect && (kind === 'setInterval' || (namesComponent(call, effect) && !isBrief(timer, ctx))))
    return ctx.report('effect', at, { fixes: async () => [await keptByEffect(timer, ctx)] });
  if (kind !== 'setInterval') return aborting(timer, ctx);
  const fixes = async () => [await unreferenced(timer, ctx)];
  // What initialises a field runs once for each object.
  if (isInField(call)) return ctx.report('interval', at, { fixes });
  const isTop = !enclosingFunction(call);
  // A script that nobody imports may run for as long as its interval does.
  if (isTop && !isImported(ctx.file.text)) return ctx.silent(call, 'the file is a script that runs as long as this');
  if (isTop && isOfPageOrProgram(ctx.file.text)) return ctx.silent(call, 'it runs as long as its page or its program');
  if (isTop || (await ctx.facts.runsAtStartUp(call)))
    return ctx.report('forever', at, { severity: 'information', fixes });
  if (endsProgram(call)) return ctx.silent(call, 'the function that starts it ends the whole program');
  ctx.report('interval', at, { fixes });
}

/** Whether a timer comes to its end before anybody would miss the clearing: `brief` asks for it all the same. */
function isBrief({ kind, delay, call }: TimerCall, ctx: Context): boolean {
  if (ctx.options.brief || kind !== 'setTimeout' || delay === undefined || delay > longestBrief) return false;
  ctx.silent(call, 'it fires within a second anyway');
  return true;
}

/** Milliseconds that a timer may run on without harm, and those of a race, which may be run many times. */
const longestBrief = 1000;
const longestBriefRace = 500;
const longestShortRace = 2000;

function isInField(call: CallExpression): boolean {
  for (let at: Node | undefined = call; at; at = at.parent) {
    if (isFunctionNode(at)) return false;
    if (isPropertyDeclaration(at)) return !hasModifier(at, SyntaxKind.StaticKeyword);
  }
  return false;
}

/** `setTimeout(() => controller.abort(), ms)` around work that is waited for: nobody clears it when the work is done. */
function aborting(timer: TimerCall, ctx: Context): void {
  const { call, delay } = timer;
  const wait = abortedWork(call);
  if (!wait || isBrief(timer, ctx) || (delay !== undefined && delay <= shortestTimer)) return;
  const related = [{ file: ctx.file.path, span: spanOf(wait), message: 'the work that it watches over' }];
  ctx.report('abort', calleeName(call), {
    related,
    yieldsTo: ['hand-made-timeout-signal'],
    fixes: () => [signalOfPlatform(call, ctx)],
  });
}

async function checkPromise(timer: TimerCall, found: PromiseTimer, ctx: Context): Promise<void> {
  const { call, delay } = timer;
  if (found.isCleared) return;
  if (delay !== undefined && delay <= (ctx.options.brief ? shortestTimer : longestBriefRace))
    return ctx.silent(call, 'the timer fires at once anyway');
  const isShort = delay !== undefined && delay <= longestShortRace;
  if (found.race) {
    const missed = unclearedAfterRace(found, ctx);
    // Where it is missed, a rejection passes it by.
    if (missed !== 'nowhere' && !(missed && (await ctx.facts.neverRejects(found.race))))
      return ctx.report('race', calleeName(call), {
        ...(isShort && { severity: 'information' }),
        fixes: () => [missed ? afterRaceInFinally(found, ctx) : raceFix(timer, found, ctx)],
      });
  } else if (found.hasOtherOutcome && found.clears.length === 0)
    ctx.report('outcome', calleeName(call), { ...(isShort && { severity: 'information' }) });
}

async function checkVariable(
  timer: TimerCall,
  holder: Extract<ReturnType<typeof timerHolder>, { readonly kind: 'variable' }>,
  ctx: Context,
): Promise<void> {
  const missed = await missedClearing(timer, holder, ctx);
  if (missed === 'lost') return lost(timer, ctx);
  if (!missed) return;
  const at = calleeName(timer.call);
  const data = { name: holder.variable.text };
  if (missed.how === 'success') {
    const related = [{ file: ctx.file.path, span: spanOf(missed.clear), message: 'cleared here only' }];
    return ctx.report('missed', at, { data, related, yieldsTo: ['hand-made-timeout-signal'] });
  }
  const { miss } = missed;
  if (isBrief(timer, ctx)) return;
  const isRejection = isAwaitExpression(miss.at);
  if (isRejection && !enclosingFunction(timer.call) && miss.how === 'fault')
    return ctx.silent(timer.call, 'the program ends with the rejection');
  const related: Related[] =
    miss.how === 'end'
      ? []
      : [{ file: ctx.file.path, span: spanOf(miss.at), message: isRejection ? 'when this rejects' : 'leaves here' }];
  ctx.report('missed', at, {
    data,
    related,
    yieldsTo: ['hand-made-timeout-signal'],
    fixes: () => [clearInFinally(holder, ctx), signalOfPlatform(timer.call, ctx)],
  });
}

/** `Promise.race([work, sleep(1000)])`: the timer is inside of the function that is called. */
async function checkHelpers(race: CallExpression, ctx: Context): Promise<void> {
  if (endsSoon(race)) return;
  for (const { call, timer } of await helperTimers(race, ctx.types)) {
    const file = timer.getSourceFile().fileName;
    ctx.dependsOn(file);
    const delay = call.arguments.map(milliseconds).find((given) => given !== undefined);
    if (!ctx.options.brief && delay !== undefined && delay <= longestBriefRace) continue;
    ctx.report('helper', calleeName(call), {
      ...(delay !== undefined && delay <= longestShortRace && { severity: 'information' }),
      data: { call: `\`${shortName(call)}\`` },
      related: [{ file, span: spanOf(calleeName(timer)), message: 'the timer' }],
    });
  }
}
