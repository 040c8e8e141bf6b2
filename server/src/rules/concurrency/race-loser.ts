import type { SignalPlace } from '../../facts/cancellation/signals.ts';
import { endsSoon } from '../../facts/lifetime/timers.ts';
import { shortName } from '../../facts/promises/dropped-name.ts';
import { functionName } from '../../facts/uses.ts';
import {
  type ArrayLiteralExpression,
  type CallExpression,
  calleeName,
  enclosingFunction,
  isArrayLiteralExpression,
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isNumericLiteral,
  isSpreadElement,
  isVariableDeclaration,
  lastName,
  type Node,
  spanOf,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { chainOf, handlesRejection } from '../../typescript/promise-syntax.ts';
import { referencesTo } from '../../typescript/references.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { isDeadline } from './race-loser/deadlines.ts';
import { abortLosers } from './race-loser/fixes.ts';
import { longLivedIn, loopAround } from './race-loser/loops.ts';

const messages = {
  empty: {
    text: 'A race without anybody in it never ends',
    why: '`Promise.race([])` stays pending for ever, and whoever awaits it with it. Nothing is thrown and nothing is logged.',
    help: 'Give it at least one promise, or return early where the list is empty.',
  },
  loser: {
    text: '{call} goes on when it has lost the race, although it could be cancelled',
    why: 'Losing a race stops nothing: the request, listener or timer stays until it ends by itself, and its result is thrown away.',
    help: 'Give it a signal, and abort that signal when the race is over.',
  },
  loop: {
    text: 'Each round adds a handler to {promise} that stays until it settles',
    why: 'A race leaves its handlers on every promise in it. On one that stays pending they pile up, round after round, with everything that they hold.',
    help: 'Race against it once outside of the loop, or use an event that can be unsubscribed from.',
  },
} as const;

export type Context = RuleContext<keyof typeof messages>;

/** One racer that stays behind, and how it could be told to stop. */
export interface Loser {
  readonly call: CallExpression;
  readonly place: SignalPlace;
}

/** Invariant: timers that no signal can stop are `uncleared-timer`'s, and a signal that is at hand is `unforwarded-signal`'s. */
export const raceLoser = defineRule({
  id: 'race-loser',
  family: 'concurrency',
  principle: 5,
  summary: 'What has lost a `Promise.race` goes on, or the race never ends',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    CallExpression(call, ctx) {
      const how = /^Promise\s*\.\s*(race|any)$/.exec(call.expression.getText())?.[1];
      const [given] = call.arguments;
      const list = given && unwrap(given);
      if (how && list && isCallExpression(list) && !ctx.file.isTest && !endsSoon(call))
        return checkMapped(call, list, ctx);
      if (!how || !list || !isArrayLiteralExpression(list)) return undefined;
      if (list.elements.length === 0)
        // A test hangs on purpose.
        return how === 'race' && !ctx.file.isTest
          ? ctx.report('empty', calleeName(call), { severity: 'error' })
          : undefined;
      return endsSoon(call) || ctx.file.isTest ? undefined : check(call, list, ctx);
    },
  },
});

async function check(race: CallExpression, list: ArrayLiteralExpression, ctx: Context): Promise<void> {
  await Promise.all([checkLosers(race, list, ctx), checkLoop(race, list, ctx)]);
}

async function checkLosers(race: CallExpression, list: ArrayLiteralExpression, ctx: Context): Promise<void> {
  const racers = list.elements.filter((element) => !isSpreadElement(element));
  if (racers.length < 2 || endsWithProcess(race) || isAtEnd(race)) return;
  const [deadlines, losers] = await Promise.all([
    Promise.all(racers.map((racer) => isDeadline(racer, ctx.types, ctx.knowledge))),
    Promise.all(racers.map((racer) => loserIn(racer, race, ctx))),
  ]);
  // A race against time, or one of equals: everything else may be a wait for whatever comes first, time and again.
  if (!deadlines.includes(true) && losers.includes(undefined)) return;
  const found = losers.filter((loser) => loser !== undefined);
  const all = await Promise.all(
    found.map(async (loser) => ((await ctx.facts.cancellation.signalsAt(loser.call)).length > 0 ? undefined : loser)),
  );
  const free = all.filter((loser) => loser !== undefined);
  const [first, ...others] = free;
  if (!first) return;
  ctx.report('loser', calleeName(first.call), {
    data: { call: `\`${shortName(first.call)}\`` },
    related: others.map(({ call }) => ({
      file: ctx.file.path,
      span: spanOf(calleeName(call)),
      message: 'goes on too when it has lost',
    })),
    fixes: async () => [await abortLosers(race, free, ctx)],
  });
}

/** `Promise.race(mirrors.map((mirror) => get(mirror)))`: all but one of them lose. */
async function checkMapped(race: CallExpression, list: CallExpression, ctx: Context): Promise<void> {
  const [work] = list.arguments;
  const fn = work && unwrap(work);
  if (lastName(list.expression) !== 'map' || !fn || !isFunctionNode(fn)) return;
  const value = fn.body && !isBlock(fn.body) ? chainOf(fn.body).start : undefined;
  if (!value || !isCallExpression(value) || endsWithProcess(race) || isAtEnd(race)) return;
  const place = await ctx.facts.acceptsSignal(value);
  if (!place || place === 'given' || (await ctx.facts.cancellation.signalsAt(value)).length > 0) return;
  ctx.report('loser', calleeName(value), { data: { call: `\`${shortName(value)}\`` } });
}

/** A call that can take a signal, has none, and whose result nobody looks at but the race. */
async function loserIn(racer: Node, race: CallExpression, ctx: Context): Promise<Loser | undefined> {
  const { start, links } = chainOf(racer);
  // A head start: nobody looks at who wins, and who loses has said what becomes of its failure.
  if (isDropped(race) && links.some(handlesRejection)) return undefined;
  const call = unwrap(isIdentifier(start) ? (onlyForRace(start, race) ?? start) : start);
  const inner = chainOf(call).start;
  if (!isCallExpression(inner)) return undefined;
  if (isShort(inner)) return undefined;
  const place = await ctx.facts.acceptsSignal(inner);
  return place && place !== 'given' ? { call: inner, place } : undefined;
}

function isDropped(race: CallExpression): boolean {
  const { parent } = wrapped(race);
  return isExpressionStatement(isAwaitExpression(parent) ? wrapped(parent).parent : parent);
}

/** A timer that ends within a moment: `setTimeout(pollInterval)`, where that is a constant. */
function isShort(call: CallExpression): boolean {
  const [first] = call.arguments;
  const at = first && unwrap(first);
  const name = at && isIdentifier(at) ? declarationName(at) : undefined;
  const declaration = name?.parent;
  const value =
    declaration && isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : at;
  return value !== undefined && isNumericLiteral(value) && Number(value.text.replaceAll('_', '')) <= shortest;
}

/** Milliseconds that trouble nobody. */
const shortest = 100;

/** What a variable of the same function holds that is used in the race and nowhere else. */
function onlyForRace(use: Node, race: CallExpression): Node | undefined {
  const name = isIdentifier(use) ? declarationName(use) : undefined;
  const declaration = name?.parent;
  if (!name || !declaration || !isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  if (enclosingFunction(declaration) !== enclosingFunction(race) || referencesTo(name).length > 1) return undefined;
  return declaration.initializer;
}

/** Whether a race is part of an end: of the program, a window, an object. What loses there has little time left. */
function isAtEnd(race: CallExpression): boolean {
  for (let fn = enclosingFunction(race); fn; fn = enclosingFunction(fn)) {
    const { parent } = wrapped(fn);
    const given = isCallExpression(parent) ? (lastName(parent.expression) ?? '') : '';
    if (ending.test(functionName(fn)?.text ?? '') || ending.test(given)) return true;
  }
  return false;
}

const ending = /close|quit|shut_?down|exit|unload|dispose|terminate|destroy|tear_?down/i;

/** Whether the process ends right behind the statement of a race: then everything stops. */
function endsWithProcess(race: CallExpression): boolean {
  for (let at: Node = wrapped(race); at.parent; at = at.parent) {
    const { statements } = at.parent as { readonly statements?: readonly Node[] };
    if (!statements) continue;
    const next = statements.slice(statements.indexOf(at) + 1, statements.indexOf(at) + 4);
    return next.some((statement) => /\bprocess\.exit\(/.test(statement.getText()));
  }
  return false;
}

async function checkLoop(race: CallExpression, list: ArrayLiteralExpression, ctx: Context): Promise<void> {
  const loop = loopAround(race);
  if (!loop) return;
  const found = await Promise.all(list.elements.map((element) => longLivedIn(element, loop, ctx)));
  for (const promise of found) {
    if (promise) ctx.report('loop', promise, { data: { promise: `\`${shortName(promise)}\`` } });
  }
}
