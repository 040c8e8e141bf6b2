import { isLittleAtStake } from '../../../facts/promises/little-at-stake.ts';
import { firstUnguarded } from '../../../facts/rejection/unguarded.ts';
import type { Related, Severity } from '../../../model/finding.ts';
import type { Span } from '../../../model/span.ts';
import {
  enclosingFunction,
  isAsyncFunction,
  isBlock,
  isCallExpression,
  isCatchClause,
  isExpressionStatement,
  isIdentifier,
  isThrowStatement,
  type Node,
  spanOf,
} from '../../../typescript/ast.ts';
import type { Callback } from './callback.ts';
import { callbackFixes } from './fixes.ts';
import type { Context, Key } from './messages.ts';

/** Reports unless every definition handles its own rejections. Then nobody misses the promise. */
export async function reportUnlessGuarded(
  key: Key,
  callback: Callback,
  data: Readonly<Record<string, string>>,
  ctx: Context,
  severity: Severity | undefined = key === 'listener' || isLittleAtStake(ctx.file) ? 'information' : undefined,
): Promise<void> {
  if (isByTypeOnly(key) && isUnknownCode(callback, ctx)) {
    ctx.silent(callback.node, 'its code is not in the project, so nobody knows whether it rejects');
    return;
  }
  const { isGuarded, places } = await guardOf(callback, ctx);
  if (isGuarded && (key === 'finally' || ctx.options.neverRejecting === 'silent')) {
    ctx.silent(callback.node, 'the callback handles its own rejections, so nothing is lost with its promise');
    return;
  }
  if (key === 'listener' && places.length > 0 && places.every(isToldBefore)) {
    ctx.silent(callback.node, 'the error is shown before it is thrown again');
    return;
  }
  ctx.report(key, callback.where, {
    data,
    related: await relatedPlaces(places, callback.where, ctx),
    ...(severity && { severity }),
    fixes: () => callbackFixes(key, callback, ctx),
  });
}

/** `catch (error) { toast.error(text(error)); throw error; }`: somebody knows, whoever calls the handler. */
function isToldBefore(place: Node): boolean {
  if (!isThrowStatement(place) || !isBlock(place.parent) || !isCatchClause(place.parent.parent)) return false;
  const name = place.parent.parent.variableDeclaration?.name;
  if (!name || !isIdentifier(name) || place.expression?.getText() !== name.text) return false;
  return place.parent.statements.some(
    (statement) =>
      isExpressionStatement(statement) &&
      isCallExpression(statement.expression) &&
      new RegExp(`\\b${name.text}\\b`).test(statement.expression.arguments.map((each) => each.getText()).join()),
  );
}

/** Whether a function comes from elsewhere, and is no part of what can be judged here. */
export function isUnknownCode({ functions }: Callback, { options }: Context): boolean {
  return options.unknownFunctions === 'silent' && functions.length === 0;
}

/** What calls these is not known; their type says that it uses no promise. */
function isByTypeOnly(key: Key): boolean {
  return key === 'listener' || key === 'assigned' || key === 'returned';
}

/**
 * Reports a callback of `forEach` and the like, unless it never rejects and nobody could wait for it: a chain that ends
 * in a handler says so itself, and a function that is not async has nothing to wait with.
 */
export async function reportIteration(
  callback: Callback,
  data: Readonly<Record<string, string>>,
  ctx: Context,
): Promise<void> {
  const { isGuarded, places } = await guardOf(callback, ctx);
  if (isGuarded && ctx.options.neverRejecting === 'silent' && !couldBeAwaited(callback)) {
    ctx.silent(callback.node, 'the callback never rejects, and nothing around it could wait for it');
    return;
  }
  ctx.report('iteration', callback.where, {
    data,
    ...(isLittleAtStake(ctx.file) && { severity: 'information' as const }),
    related: await relatedPlaces(places, callback.where, ctx),
    fixes: () => callbackFixes('iteration', callback, ctx),
  });
}

async function guardOf(
  { functions }: Callback,
  ctx: Context,
): Promise<{ readonly isGuarded: boolean; readonly places: readonly Node[] }> {
  const open = await Promise.all(functions.map((fn) => firstUnguarded(fn, ctx.types, ctx.facts)));
  const places = open.filter((place) => place !== undefined);
  return { isGuarded: functions.length > 0 && places.length === 0, places };
}

function couldBeAwaited({ node, functions }: Callback): boolean {
  if (functions.every((fn) => !isAsyncFunction(fn))) return false;
  const around = enclosingFunction(node);
  return around === undefined || isAsyncFunction(around);
}

/** The first place in the callback, and the one behind it in the function that it calls. */
async function relatedPlaces(places: readonly Node[], reported: Span, ctx: Context): Promise<readonly Related[]> {
  const [place] = places;
  if (!place) return [];
  const own = { file: place.getSourceFile().fileName, span: spanOf(place), message: 'can reject here' };
  const below = await ctx.facts.firstRejection(place);
  return place.getStart() === reported.start ? below : [own, ...below];
}
