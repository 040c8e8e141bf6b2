import { closest, distance } from 'fastest-levenshtein';

/** The valid name that a mistyped one most probably means, or undefined where none is near enough to suggest. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const lower = typed.toLowerCase();
  // "warn" and "info", as other tools call them, are the beginnings of our names.
  const longer = lower.length < 3 ? undefined : names.find((name) => name.toLowerCase().startsWith(lower));
  if (longer !== undefined) return longer;
  const best = closest(
    lower,
    names.map((name) => name.toLowerCase()),
  );
  const name = names.find((candidate) => candidate.toLowerCase() === best);
  const mostEdits = Math.max(2, Math.floor(lower.length * 0.4));
  return name !== undefined && distance(lower, best) <= mostEdits ? name : undefined;
}

/** `; did you mean "x"?`, or nothing. */
export function suggestionText(nearest: string | undefined): string {
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
}
