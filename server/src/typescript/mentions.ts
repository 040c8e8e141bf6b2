import type { Node, SourceFile } from './ast.ts';
import { remember } from './remember.ts';

const places = new WeakMap<SourceFile, Map<RegExp, readonly number[]>>();

/**
 * Whether the text of a node, with the space and comments before it, has a match. Each file is searched once for each
 * pattern: functions lie within functions, and the text of the inner ones would be read again and again.
 * @param pattern global, and always the same object
 */
export function mentions(node: Node, pattern: RegExp): boolean {
  const file = node.getSourceFile();
  const found = remember(
    remember(places, file, () => new Map<RegExp, readonly number[]>()),
    pattern,
    () => [...file.text.matchAll(pattern)].map(({ index }) => index),
  );
  const { pos, end } = node;
  let low = 0;
  for (let high = found.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((found[middle] ?? end) < pos) low = middle + 1;
    else high = middle;
  }
  return (found[low] ?? end) < end;
}
