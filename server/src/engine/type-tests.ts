/**
 * Whether a file only tests types, as tsd and Vitest's type checking know them by their name: the compiler reads it, and
 * nobody ever runs it.
 */
export function isTypeTest(path: string): boolean {
  return /\.(?:test|spec)-d\.[cm]?tsx?$/.test(path);
}
