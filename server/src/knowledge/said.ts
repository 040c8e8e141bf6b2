import type { BlockingGroup } from './blocking.ts';
import type { CallbackEntry } from './callbacks.ts';

/**
 * What packages and the project say about functions, in the words of the data files beside this one. It comes on top
 * of these. Names are written `module#member.of.it`; a file of the project is a module by its path.
 */
export interface Said {
  readonly callbacks: readonly CallbackEntry[];
  readonly safePromises: readonly string[];
  readonly safeCalls: readonly string[];
  readonly promiseCalls: readonly string[];
  readonly neverRejecting: readonly { readonly call: string; readonly atMostArguments: number }[];
  readonly blocking: readonly BlockingGroup[];
  /** The major versions of packages whose behaviour depends on it, as they are installed or asked for. */
  readonly majors: Readonly<Record<string, number>>;
}

export const nothingSaid: Said = {
  callbacks: [],
  safePromises: [],
  safeCalls: [],
  promiseCalls: [],
  neverRejecting: [],
  blocking: [],
  majors: {},
};

/** A file of the project is known by its path without the extension, so that an import finds it however it is written. */
export function moduleKey(module: string): string {
  return isFile(module) ? module.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '') : module;
}

/** Whether a module is a file of the project and no package. */
export function isFile(module: string): boolean {
  return module.startsWith('/') || /^[A-Z]:\//i.test(module);
}
