import { signalOfPlatform } from '../../engine/timeout-fixes.ts';
import { missedClearing, shortestTimer } from '../../facts/lifetime/missed-clearing.ts';
import {
  abortedWork,
  helperTimers,
  type PromiseTimer,
  promiseTimer,
  unclearedAfterRace,
} from '../../facts/lifetime/promise-timers.ts';
import { effectAround } from '../../facts/lifetime/react-effects.ts';
import {
  endsSoon,
  isFieldRead,
  isPlatformTimer,
  isPrivateField,
  isUnreferenced,
  type TimerCall,
  timerCall,
  timerHolder,
} from '../../facts/lifetime/timers.ts';
import { shortName } from '../../facts/promises/dropped-name.ts';
import type { Related } from '../../model/finding.ts';
import {
  type CallExpression,
  calleeName,
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isAwaitExpression,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isWithin,
  lastName,
  type Node,
  SyntaxKind,
  spanOf,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { afterRaceInFinally, clearInFinally, keptByEffect, raceFix, unreferenced } from './uncleared-timer/fixes.ts';

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

export type Context = RuleContext<keyof typeof messages>;

export const unclearedTimer = defineRule({
  id: 'uncleared-timer',
  family: 'lifetime',
  principle: 6,
  summary: 'A timer runs on although what it was started for has ended',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {},
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

/** Whether a timer's callback names something of the component around the effect: its state, its properties. */
function namesComponent(call: CallExpression, effect: FunctionNode): boolean {
  const component = enclosingFunction(effect);
  let found = false;
  const look = (node: Node): void => {
    const name = isIdentifier(node) ? declarationName(node) : undefined;
    // A ref is empty when the component is gone.
    const isRef = name !== undefined && isPropertyAccessExpression(node.parent) && node.parent.name.text === 'current';
    found ||=
      name !== undefined && component !== undefined && isWithin(name, component) && !isWithin(name, call) && !isRef;
    if (!found) node.forEachChild(look);
  };
  look(call);
  return found;
}

/** Whether others may import a file: it exports something. */
function isImported(text: string): boolean {
  return /^\s*(?:export\b|module\.exports|exports\.)/m.test(text);
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
  const isAtOnce = kind === 'setTimeout' && (delay === 0 || isSettling(timer));
  const effect = isAtOnce ? undefined : await effectAround(call, ctx);
  // What happens once and touches nothing of the component may well come when it is gone.
  if (effect && (kind === 'setInterval' || namesComponent(call, effect)))
    return ctx.report('effect', at, { fixes: async () => [await keptByEffect(timer, ctx)] });
  if (kind !== 'setInterval') return aborting(timer, ctx);
  const fixes = async () => [await unreferenced(timer, ctx)];
  // What initialises a field runs once for each object.
  if (isInField(call)) return ctx.report('interval', at, { fixes });
  const isTop = !enclosingFunction(call);
  // A script that nobody imports may run for as long as its interval does.
  if (isTop && !isImported(ctx.file.text)) return ctx.silent(call, 'the file is a script that runs as long as this');
  if (isTop || (await ctx.facts.runsAtStartUp(call)))
    return ctx.report('forever', at, { severity: 'information', fixes });
  if (endsProgram(call)) return ctx.silent(call, 'the function that starts it ends the whole program');
  ctx.report('interval', at, { fixes });
}

/** What is looked at once more as soon as the page has settled, and sets no state: clearing it would leave that out. */
function isSettling({ call, delay }: TimerCall): boolean {
  if (delay === undefined || delay > longestSettling) return false;
  let sets = false;
  const look = (node: Node): void => {
    sets ||= isCallExpression(node) && /^set[A-Z]/.test(lastName(node.expression) ?? '');
    node.forEachChild(look);
  };
  for (const argument of call.arguments) look(argument);
  return !sets;
}

/** Milliseconds in which a layout settles. */
const longestSettling = 100;

/** A function that calls `process.exit` is the program itself. */
function endsProgram(call: CallExpression): boolean {
  return enclosingFunction(call)?.body?.getText().includes('process.exit(') ?? false;
}

function isInField(call: CallExpression): boolean {
  for (let at: Node | undefined = call; at; at = at.parent) {
    if (isFunctionNode(at)) return false;
    if (isPropertyDeclaration(at)) return !hasModifier(at, SyntaxKind.StaticKeyword);
  }
  return false;
}

/** `setTimeout(() => controller.abort(), ms)` around work that is waited for: nobody clears it when the work is done. */
function aborting({ call, delay }: TimerCall, ctx: Context): void {
  if (delay !== undefined && delay <= shortestTimer) return;
  const wait = abortedWork(call);
  if (!wait) return;
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
  if (delay !== undefined && delay <= shortestTimer) return ctx.silent(call, 'the timer fires at once anyway');
  if (found.race) {
    const missed = unclearedAfterRace(found, ctx);
    // Where it is missed, a rejection passes it by.
    if (missed !== 'nowhere' && !(missed && (await ctx.facts.neverRejects(found.race))))
      return ctx.report('race', calleeName(call), {
        fixes: () => [missed ? afterRaceInFinally(found, ctx) : raceFix(timer, found, ctx)],
      });
  } else if (found.hasOtherOutcome && found.clears.length === 0) ctx.report('outcome', calleeName(call));
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
    ctx.report('helper', calleeName(call), {
      data: { call: `\`${shortName(call)}\`` },
      related: [{ file, span: spanOf(calleeName(timer)), message: 'the timer' }],
    });
  }
}
