import * as config from './lib-config';
import { isThere, parse, parsed, readConfig, readLater, remembered, stored, whenAsked } from './lib-config';

export async function load(path: string) {
  return parse(readConfig(path));
//             ^^^^^^^^^^ blocking-call helper
//             related lib-config.ts:5 "`readConfig` calls `readFileSync` here"
}

export async function byNamespace(path: string) {
  const text = await readLater(path);
  return [text, config.readConfig(path)];
//                     ^^^^^^^^^^ blocking-call helper
//                     related lib-config.ts:5 "`config.readConfig` calls `readFileSync` here"
}

export async function each(paths: string[]) {
  return paths.map((path) => parsed(path));
//                           ^^^^^^ blocking-call helper
//                           related lib-config.ts:13 "`parsed` calls `readConfig` here"
//                           related lib-config.ts:5 "`readConfig` calls `readFileSync` here"
}

/** What is read further down and kept is read once. */
export async function kept(path: string) {
  return [remembered(path), stored(path), whenAsked(path, false)];
}

function between(path: string): string {
  return readConfig(path);
}

export async function throughOwnHelper(path: string) {
  return between(path);
//       ^^^^^^^ blocking-call helper
//       related imports.ts:30 "`between` calls `readConfig` here"
//       related lib-config.ts:5 "`readConfig` calls `readFileSync` here"
}

/** A probe behind a helper is not worth a word. */
export async function probe(path: string) {
  return isThere(path);
}

/** Its callers decide. */
export function synchronous(path: string) {
  return readConfig(path);
}
