/**
 * Whether a file only tests types, as tsd, Vitest's type checking and DefinitelyTyped know them by their name: the compiler
 * reads it, and nobody ever runs it.
 */
export function isTypeTest(path: string): boolean {
  return /\.(?:test|spec)-d\.[cm]?tsx?$|\/types?\/(?:[\w-]+-)?tests?\.tsx?$/.test(path);
}
