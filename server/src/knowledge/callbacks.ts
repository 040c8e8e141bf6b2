import type { Origin } from '../typescript/oracle.ts';
import data from './callbacks.json' with { type: 'json' };
import { moduleKey, nothingSaid, type Said } from './said.ts';

/**
 * What a function does with the promise of its callback. All but `awaited` ignore it:
 * - `timer`, `listener`, `dom-listener`, `request`, `callback` call it later and forget it;
 * - `iteration` goes on as if it were done;
 * - `suite` collects tests and has finished when the promise settles;
 * - `effect` takes what it returns for a clean-up function;
 * - `value` takes what it returns for a plain value.
 */
export type CallbackRole =
  | 'awaited'
  | 'timer'
  | 'listener'
  | 'dom-listener'
  | 'request'
  | 'callback'
  | 'iteration'
  | 'suite'
  | 'effect'
  | 'value';

export interface CallbackEntry {
  readonly modules: readonly string[];
  /** The last names of the function's path, joined by dots; empty for the module itself. */
  readonly names: readonly string[];
  readonly argument: number | 'last' | 'any';
  readonly role: CallbackRole;
  /** The major versions of a package for which this holds. Where the version is not known, it does not. */
  readonly when?: Versions;
}

export interface Versions {
  readonly package: string;
  readonly from?: number;
  readonly before?: number;
  /** Packages beside which it is not so: they patch the first one. */
  readonly without?: readonly string[];
}

export interface CallbackKnowledge {
  /**
   * What the function at one of these origins does with what its callback gives back; undefined where nothing is known.
   * @param index the callback's position, from 0
   * @param count how many arguments the call has
   */
  role(callee: readonly Origin[], index: number, count: number): CallbackRole | undefined;
  /** Whether the installed version of a package drops the promise, whatever its types say. */
  dropsForSure(callee: readonly Origin[], index: number, count: number): boolean;
  /** Whether a function of this name may call its last argument when an operation has ended: a cheap test before questions. */
  mayCallBackLater(name: string): boolean;
}

export function callbackKnowledge(said: Said = nothingSaid): CallbackKnowledge {
  // The first that fits counts, so that who knows better than this data wins.
  const entries = [...said.callbacks, ...builtIn].filter(({ when }) => !when || fits(when, said.majors));
  const byModule = new Map<string, CallbackEntry[]>();
  for (const entry of entries)
    for (const module of entry.modules) byModule.set(module, [...(byModule.get(module) ?? []), entry]);
  const laterNames = new Set(
    entries.filter(({ role }) => role === 'callback').flatMap(({ names }) => names.map(lastOf)),
  );
  const entryFor = (callee: readonly Origin[], index: number, count: number): CallbackEntry | undefined => {
    for (const { module, path } of callee) {
      const found = (byModule.get(moduleKey(module)) ?? []).find(({ names, argument, role }) => {
        // What a callback is given may be listened to; a name alone says no more about it.
        if (role !== 'listener' && path.includes('=>')) return false;
        const isPlace = argument === 'any' || (argument === 'last' ? index === count - 1 : index === argument);
        return isPlace && names.some((name) => endsWith(path, name));
      });
      if (found) return found;
    }
    return undefined;
  };
  return {
    role: (callee, index, count) => entryFor(callee, index, count)?.role,
    dropsForSure(callee, index, count) {
      const entry = entryFor(callee, index, count);
      return entry?.when !== undefined && entry.role !== 'awaited';
    },
    mayCallBackLater: (name) => laterNames.has(name),
  };
}

const builtIn = data.entries as readonly CallbackEntry[];

/** Packages whose version decides what they do with a callback's promise. */
export const versionedPackages: ReadonlySet<string> = new Set(
  builtIn.flatMap(({ when }) => (when ? [when.package, ...(when.without ?? [])] : [])),
);

function fits(when: Versions, majors: Said['majors']): boolean {
  const major = majors[when.package];
  if (when.without?.some((name) => majors[name] !== undefined)) return false;
  return major !== undefined && (when.from ?? 0) <= major && major < (when.before ?? Number.POSITIVE_INFINITY);
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function endsWith(path: readonly string[], name: string): boolean {
  if (name === '') return path.length === 0;
  const whole = path.filter((part) => part !== '()').join('.');
  return whole === name || whole.endsWith(`.${name}`);
}
