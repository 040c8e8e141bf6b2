/** Timers inside of promises: in a race, or beside another way in which the promise settles. */

import type { Flow } from '../../flow/flow.ts';
import { usesOf } from '../../flow/settlement.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  type Identifier,
  isArrayLiteralExpression,
  isAwaitExpression,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  isWithin,
  lastName,
  type NewExpression,
  type Node,
  unwrap,
  walkBody,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { chainEnd, chainOf, handlesRejection } from '../../typescript/promise-syntax.ts';
import { referencesTo } from '../../typescript/references.ts';
import { returnedExpressions } from '../promises/outcome.ts';
import type { HeldUse } from './held-values.ts';
import { knownAsSet } from './missed-ends.ts';
import {
  executorAround,
  isPlatformTimer,
  isUnreferenced,
  settlers,
  type TimerCall,
  timerCall,
  timerHolder,
} from './timers.ts';

/** A timer whose callback settles the promise around it. */
export interface PromiseTimer {
  readonly promise: NewExpression;
  readonly executor: FunctionNode;
  /** The `Promise.race` that the promise takes part in. */
  readonly race: CallExpression | undefined;
  /** Whether something else settles the promise too. */
  readonly hasOtherOutcome: boolean;
  /** Whether somebody has the handle who may clear it, as far as can be told without following paths. */
  readonly isCleared: boolean;
  /** The uses that clear it, where it is kept in a variable. */
  readonly clears: readonly HeldUse[];
}

/** Undefined for timers that stand elsewhere, or that settle nothing. */
export function promiseTimer(timer: TimerCall): PromiseTimer | undefined {
  const { call } = timer;
  const around = executorAround(call);
  if (!around || enclosingFunction(call) !== around.executor) return undefined;
  const { promise, executor } = around;
  const names = new Set(settlers(executor));
  const uses = usesOf(names, executor);
  const inTimer = uses.filter((use) => isWithin(use, call));
  if (inTimer.length === 0) return undefined;
  const race = raceOf(promise);
  const hasOtherOutcome = uses.some((use) => !isWithin(use, call) && !isAfterTimer(use, executor));
  if (!race && !hasOtherOutcome) return undefined;
  const { isCleared, clears } = clearingOf(timer);
  return { promise, executor, race, hasOtherOutcome, isCleared, clears };
}

/** What is settled at once, in the executor's own turn and not in a callback, starts no timer on that path. */
function isAfterTimer(use: Node, executor: FunctionNode): boolean {
  return enclosingFunction(use) === executor && isCallExpression(use.parent) && unwrap(use.parent.expression) === use;
}

function clearingOf(timer: TimerCall): Pick<PromiseTimer, 'isCleared' | 'clears'> {
  const holder = timerHolder(timer);
  switch (holder.kind) {
    case 'dropped':
    case 'returned':
      return { isCleared: false, clears: [] };
    case 'variable': {
      // A timer that has fired needs no clearing: `setTimeout(() => { clearTimeout(timer); … })`.
      const others = holder.uses.filter(({ name }) => !isWithin(name, timer.call));
      const ends = others.filter(({ kind }) => kind !== 'look' && kind !== 'write');
      return { isCleared: ends.some((use) => !isClear(use)), clears: ends.filter(isClear) };
    }
    default:
      return { isCleared: true, clears: [] };
  }
}

function isClear(use: HeldUse): boolean {
  return use.kind === 'argument' && /^clear(?:Timeout|Interval)$/.test(lastName(use.call.expression) ?? '');
}

/** The race that a promise takes part in, where it stands or by its variable. */
export function raceOf(promise: Node): CallExpression | undefined {
  const { parent } = chainEnd(promise);
  if (isArrayLiteralExpression(parent)) return raceAround(parent);
  if (!isVariableDeclaration(parent) || !isIdentifier(parent.name)) return undefined;
  for (const use of referencesTo(parent.name)) {
    const list = wrapped(use).parent;
    const race = isArrayLiteralExpression(list) ? raceAround(list) : undefined;
    if (race) return race;
  }
  return undefined;
}

function raceAround(list: Node): CallExpression | undefined {
  const call = wrapped(list).parent;
  return isCallExpression(call) && isRaceCallee(call.expression) ? call : undefined;
}

function isRaceCallee(callee: Node): boolean {
  const at = unwrap(callee);
  if (!isPropertyAccessExpression(at) || !isIdentifier(at.expression)) return false;
  return at.expression.text === 'Promise' && (at.name.text === 'race' || at.name.text === 'any');
}

/**
 * Whether the timer of a race is cleared only on some ways out. `nowhere` where every way clears it, or where that
 * cannot be told; true where the clearing line is missed; false where nobody clears it at all.
 */
export function unclearedAfterRace(found: PromiseTimer, { flow }: { readonly flow: Flow }): 'nowhere' | boolean {
  const { clears, promise } = found;
  if (clears.length === 0) return false;
  const graph = flow.around(promise);
  const names = clears.map(({ name }) => name);
  if (clears.every(({ name }) => isOnSuccessOnly(name))) return true;
  // A function that clears it may run at any time.
  if (names.some((name) => flow.rootOf(name) !== graph.root)) return 'nowhere';
  const from = graph.stepsOf(promise).filter((step) => !step.isDead);
  if (from.length === 0) return 'nowhere';
  const miss = flow.missingPath({
    graph,
    from,
    goals: new Set(names.flatMap((name: Identifier) => graph.stepsOf(name))),
    exceptions: true,
    known: new Map(names.flatMap(({ text }) => [...knownAsSet(text)])),
    follows: (edge, step) => edge.kind !== 'closed' && (edge.kind !== 'fault' || step.kind === 'await'),
  });
  if (miss?.how === 'fault' && found.race && isWithin(found.race, miss.at) && neverRejects(found.race))
    return 'nowhere';
  return miss && (miss.how === 'fault' || miss.how === 'throw') ? true : 'nowhere';
}

/** Whether all that takes part in a race are promises made by hand that are only resolved. */
function neverRejects({ arguments: [list] }: CallExpression): boolean {
  const racers = list && unwrap(list);
  if (!racers || !isArrayLiteralExpression(racers)) return false;
  return racers.elements.every((racer) => {
    const promise = startOf(racer);
    const executor = isNewExpression(promise) && promise.arguments?.[0] && unwrap(promise.arguments[0]);
    return executor && isFunctionNode(executor) && executor.parameters.length < 2;
  });
}

/** Whether a use stands in the first callback of a `then`, which a rejection passes by. */
export function isOnSuccessOnly(use: Node): boolean {
  const fn = enclosingFunction(use);
  const at = fn && wrapped(fn);
  const call = at?.parent;
  if (!at || !call || !isCallExpression(call) || call.arguments.length !== 1) return false;
  if (call.arguments[0] !== at || lastName(call.expression) !== 'then') return false;
  // Behind a `catch` that goes on, everybody comes here.
  return !chainOf(call).links.some((link) => handlesRejection(link));
}

/** The promise whose `then` runs the function that a use stands in. */
export function thenReceiver(use: Node): Node | undefined {
  const fn = enclosingFunction(use);
  const call = fn && wrapped(fn).parent;
  const callee = call && isCallExpression(call) ? unwrap(call.expression) : undefined;
  return callee && isPropertyAccessExpression(callee) ? callee.expression : undefined;
}

/** The racers that are calls of the project's own functions which wait for a timer that nobody can clear. */
export async function helperTimers(
  race: CallExpression,
  types: Oracle,
): Promise<readonly { readonly call: CallExpression; readonly timer: CallExpression }[]> {
  const [list] = race.arguments;
  const elements = list && unwrap(list);
  if (!elements || !isArrayLiteralExpression(elements) || elements.elements.length < 2) return [];
  const starts = elements.elements.map((element) => chainOf(startOf(chainOf(element).start)).start);
  const found = await Promise.all(
    starts.map(async (call) => {
      const timer = isCallExpression(call) ? await helperTimer(call, types) : undefined;
      return timer && isCallExpression(call) ? { call, timer } : undefined;
    }),
  );
  const helpers = found.filter((each) => each !== undefined);
  // Where nothing but timers take part, all of them are meant.
  return helpers.length < starts.length ? helpers : [];
}

/** The timer that a function of the project waits for which nobody can clear. */
export async function helperTimer(call: CallExpression, types: Oracle): Promise<CallExpression | undefined> {
  for (const fn of await types.functionsOf(call.expression)) {
    const timer = await sleepTimer(fn, types);
    if (timer) return timer;
  }
  return undefined;
}

/** What a variable of the same function holds, or the expression itself. */
export function startOf(element: Node): Node {
  const at = unwrap(element);
  const name = isIdentifier(at) ? declarationName(at) : undefined;
  const declaration = name?.parent;
  if (!declaration || !isVariableDeclaration(declaration) || !declaration.initializer) return at;
  return enclosingFunction(declaration) === enclosingFunction(element) ? unwrap(declaration.initializer) : at;
}

/** The timer of a function that gives a promise of it and of nothing else: `new Promise((resolve) => setTimeout(resolve, ms))`. */
async function sleepTimer(fn: FunctionNode, types: Oracle): Promise<CallExpression | undefined> {
  const text = fn.getText();
  // Who takes a signal, or clears or releases the timer, has thought of it.
  if (text.length > longestHelper || /\bclearTimeout\b|\bunref\b|[sS]ignal\b|\b[tT]oken\b/.test(text)) return undefined;
  const [value, ...others] = [...returnedExpressions(fn), ...awaited(fn)];
  const promise = value && unwrap(value);
  if (!promise || others.length > 0 || !isNewExpression(promise)) return undefined;
  const executor = promise.arguments?.[0] && unwrap(promise.arguments[0]);
  if (promise.expression.getText() !== 'Promise' || !executor || !isFunctionNode(executor)) return undefined;
  const timers: TimerCall[] = [];
  const look = (node: Node): void => {
    const timer = isCallExpression(node) ? timerCall(node) : undefined;
    if (timer?.kind === 'setTimeout') timers.push(timer);
    node.forEachChild(look);
  };
  look(executor);
  const [timer] = timers;
  if (!timer || timers.length > 1 || isUnreferenced(timer)) return undefined;
  return (await isPlatformTimer(timer, types)) ? timer.call : undefined;
}

const longestHelper = 600;

/** `async () => { await new Promise(…); }`. */
function awaited(fn: FunctionNode): readonly Node[] {
  const found: Node[] = [];
  if (fn.body)
    walkBody(fn.body, (node) => {
      if (isAwaitExpression(node)) found.push(node.expression);
    });
  return found;
}

/**
 * What is waited for under a controller of the same function that a timer aborts: `setTimeout(() => c.abort(), ms)`.
 * Undefined where the controller goes elsewhere, so that the work may go on.
 */
export function abortedWork(timer: CallExpression): Node | undefined {
  const [callback] = timer.arguments;
  const fn = callback && unwrap(callback);
  const target = fn && isFunctionNode(fn) ? abortIn(fn) : undefined;
  const name = target && declarationName(target);
  const declaration = name?.parent;
  if (!name || !declaration || !isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  if (!/^new AbortController\b/.test(declaration.initializer.getText())) return undefined;
  const owner = enclosingFunction(name);
  if (!owner || owner !== enclosingFunction(timer)) return undefined;
  const uses = referencesTo(name).filter((use) => !isWithin(use, timer));
  // `c.signal` and `c.abort()` in the function itself; anything else may live on.
  if (!uses.every((use) => isPropertyAccessExpression(use.parent) && enclosingFunction(use) === owner))
    return undefined;
  let found: Node | undefined;
  if (owner.body)
    walkBody(owner.body, (node) => {
      const isLater = isAwaitExpression(node) && node.pos > timer.pos;
      if (isLater && uses.some((use) => isWithin(use, node))) found ??= node;
      return found === undefined;
    });
  return found;
}

/** The controller in `() => controller.abort()`. */
function abortIn(fn: FunctionNode): Identifier | undefined {
  let found: Identifier | undefined;
  const look = (node: Node): void => {
    const isAbort = isPropertyAccessExpression(node) && node.name.text === 'abort' && isIdentifier(node.expression);
    if (isAbort) found ??= node.expression as Identifier;
    if (!found) node.forEachChild(look);
  };
  look(fn);
  return found;
}
