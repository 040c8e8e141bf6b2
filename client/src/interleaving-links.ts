import type { Spot } from './interleaving-page.ts';

/** A piece of a text that leads to a place. Offsets in UTF-16 units. */
export interface SpotLink {
  readonly start: number;
  readonly end: number;
  readonly spot: Spot;
}

/** Where a text names the places of an interleaving: by their labels, or by those without the folders. */
export function spotLinks(text: string, spots: readonly Spot[]): readonly SpotLink[] {
  const named = new Map<string, Spot | undefined>();
  // A name that two places share leads to neither, unless they are one line.
  const add = (name: string, spot: Spot): void => {
    const known = named.get(name);
    named.set(name, !named.has(name) || (known && isSameLine(known, spot)) ? (known ?? spot) : undefined);
  };
  for (const spot of spots) add(spot.label, spot);
  for (const spot of spots) {
    const short = spot.label.slice(spot.label.lastIndexOf('/') + 1);
    if (short !== spot.label) add(short, spot);
  }
  const names = [...named.keys()].sort((a, b) => b.length - a.length).map(escaped);
  if (names.length === 0) return [];
  const pattern = new RegExp(`(?<![\\w./\\\\-])(?:${names.join('|')})(?!\\d)`, 'g');
  return [...text.matchAll(pattern)].flatMap(({ 0: name, index }) => {
    const spot = named.get(name);
    return spot ? [{ start: index, end: index + name.length, spot }] : [];
  });
}

function isSameLine(a: Spot, b: Spot): boolean {
  return a.uri === b.uri && a.range.start.line === b.range.start.line;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
