import { firstUnguarded } from '../../../facts/unguarded.ts';
import type { Related, Severity } from '../../../model/finding.ts';
import type { Span } from '../../../model/span.ts';
import { type Node, spanOf } from '../../../typescript/ast.ts';
import type { Callback } from './callback.ts';
import { callbackFixes } from './fixes.ts';
import type { Context, Key } from './messages.ts';

/** Reports unless every definition handles its own rejections. Then nobody misses the promise. */
export async function reportUnlessGuarded(
  key: Key,
  callback: Callback,
  data: Readonly<Record<string, string>>,
  ctx: Context,
  severity: Severity | undefined = key === 'listener' ? 'information' : undefined,
): Promise<void> {
  const open = await Promise.all(callback.functions.map((fn) => firstUnguarded(fn, ctx.types, ctx.facts)));
  const isGuarded = callback.functions.length > 0 && open.every((place) => place === undefined);
  if (isGuarded && (key === 'finally' || ctx.options.neverRejecting === 'silent')) {
    ctx.silent(callback.node, 'the callback handles its own rejections, so nothing is lost with its promise');
    return;
  }
  const places = open.filter((place) => place !== undefined);
  ctx.report(key, callback.where, {
    data,
    related: relatedPlaces(places, callback.where),
    ...(severity && { severity }),
    fixes: () => callbackFixes(key, callback, ctx),
  });
}

function relatedPlaces(places: readonly Node[], reported: Span): readonly Related[] {
  return places
    .filter((place) => place.getStart() !== reported.start)
    .slice(0, 1)
    .map((place) => ({ file: place.getSourceFile().fileName, span: spanOf(place), message: 'can reject here' }));
}
