import * as config from './lib-config';
import { isThere, parse, parsed, readConfig, readLater } from './lib-config';

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

/** A file that is read further down is often read once and kept. */
export async function each(paths: string[]) {
  return paths.map((path) => parsed(path));
}

/** A probe behind a helper is not worth a word. */
export async function probe(path: string) {
  return isThere(path);
}

/** Its callers decide. */
export function synchronous(path: string) {
  return readConfig(path);
}
