import * as config from './lib-config';
import { isThere, parse, parsed, readConfig, readLater } from './lib-config';

export async function load(path: string) {
  return parse(readConfig(path));
//             ^^^^^^^^^^ blocking-call helper
//             related lib-config.ts:5 "`readConfig` calls `readFileSync` here"
}

export async function twoFurtherDown(path: string) {
  const text = await readLater(path);
  return [text, config.parsed(path)];
//                     ^^^^^^ blocking-call helper
//                     related lib-config.ts:13 "`config.parsed` calls `readConfig` here"
//                     related lib-config.ts:5 "`readConfig` calls `readFileSync` here"
}

export async function each(paths: string[]) {
  return paths.map((path) => parsed(path));
//                           ^^^^^^ blocking-call helper
//                           related lib-config.ts:13 "`parsed` calls `readConfig` here"
//                           related lib-config.ts:5 "`readConfig` calls `readFileSync` here"
}

/** A probe behind a helper is not worth a word. */
export async function probe(path: string) {
  return isThere(path);
}

/** Its callers decide. */
export function synchronous(path: string) {
  return readConfig(path);
}
