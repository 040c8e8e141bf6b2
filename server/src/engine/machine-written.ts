/**
 * Whether a JavaScript file is what a tool has made: a bundle or minified code on a few long lines, or a copy of a library
 * with its banner. Nobody mends anything there, and the same code is linted where it is written.
 */
export function isMachineWritten(path: string, text: string): boolean {
  if (!/\.[cm]?jsx?$/.test(path)) return false;
  if (libraryBanner.test(text)) return true;
  if (text.length < shortest) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return text.length / lines > longestAverage;
}

/** `/*! jQuery v1.8.3`: the exclamation mark keeps a comment through a minifier, and the version is the library's. */
const libraryBanner = /^\s*\/\*!(?:(?!\*\/)[\s\S]){0,300}?\b(?:v\d+\.\d+|\d+\.\d+\.\d+)\b/;

/** In characters: what is shorter is no bundle, and people do not write lines as long as this on average. */
const shortest = 2000;
const longestAverage = 300;
