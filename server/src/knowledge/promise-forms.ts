import type { Origin } from '../typescript/oracle.ts';
import data from './promise-forms.json' with { type: 'json' };

/**
 * How a function that takes a callback is had as a promise:
 * - `module`: the same name in another module, such as `node:fs/promises`;
 * - `promisify`: through `util.promisify`; `output` names the member of its value that callers usually want, and
 *   `isTyped` says whether types know the promise's value;
 * - `same`: the function itself gives a promise when it is called without a callback.
 */
export type PromiseForm =
  | { readonly how: 'module'; readonly module: string; readonly name: string }
  | {
      readonly how: 'promisify';
      readonly module: string;
      readonly name: string;
      readonly output: string | undefined;
      readonly isTyped: boolean;
    }
  | { readonly how: 'same'; readonly name: string };

interface Entry {
  readonly modules: readonly string[];
  readonly promises: string;
  readonly output?: string;
  /** Whether types say nothing about what `promisify` makes of it. */
  readonly untyped?: boolean;
  readonly names: readonly string[];
}

const entries = data.forms as readonly Entry[];
const names = new Set(entries.flatMap((entry) => entry.names));
const timers = new Set(data.timers);

/** Whether a function of this name may have a promise form: a cheap test before questions. */
export function mayHavePromiseForm(name: string): boolean {
  return names.has(name);
}

/** `setTimeout` and `setImmediate`, which `node:timers/promises` has too. */
export function isPromisedTimer(name: string): boolean {
  return timers.has(name);
}

/** The promise form of the function at one of these origins. */
export function promiseForm(callee: readonly Origin[]): PromiseForm | undefined {
  for (const { module, path } of callee) {
    const [name, ...others] = path;
    if (name === undefined || others.length > 0) continue;
    const entry = entries.find((each) => each.modules.includes(module) && each.names.includes(name));
    if (!entry) continue;
    if (entry.promises === 'same') return { how: 'same', name };
    if (entry.promises !== 'promisify') return { how: 'module', module: entry.promises, name };
    return { how: 'promisify', module, name, output: entry.output, isTyped: entry.untyped !== true };
  }
  return undefined;
}
