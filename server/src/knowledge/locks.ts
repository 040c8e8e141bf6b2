import type { Origin } from '../typescript/oracle.ts';
import data from './locks.json' with { type: 'json' };

/**
 * What waiting for a lock gives to release it by:
 * - `releaser`: a function to call; `pair`: a value and such a function;
 * - `handle`: an object with a method that releases;
 * - `resource`: something that is given back: `pool.release(resource)`;
 * - `nothing`: the lock itself has a method that releases.
 */
export type LockResult = 'releaser' | 'pair' | 'handle' | 'resource' | 'nothing';

/** How one kind of lock, semaphore, pool or stream is held and given back. */
export interface KnownLock {
  /** The function that waits for it: `Mutex.acquire`. */
  readonly name: string;
  readonly gives: LockResult;
  /** The methods that release, of the handle or of the lock; the usual one first. */
  readonly release: readonly string[];
  /** The method that holds it only while a callback runs. */
  readonly callback?: string;
  readonly kind: 'lock' | 'permit' | 'client' | 'reader';
  /** Whether releasing it gives a promise. */
  readonly asynchronous: boolean;
  /** Whether it is a class of the project, known by what it does. */
  readonly isOwn?: boolean;
  /** Whether only its name and its type say that it has to be given back. */
  readonly isGuessed?: boolean;
}

/** What a function that holds a lock while its callback runs takes for the lock: its receiver, or its first argument. */
export type ExclusiveForm = 'receiver' | 'key';

export interface LockKnowledge {
  /** What a call of the function at one of these origins acquires. */
  acquiredBy(callee: readonly Origin[]): KnownLock | undefined;
  /** Whether a function of this name may acquire something: a cheap test before questions. */
  mayAcquire(name: string): boolean;
  /** Whether a function of this name may lend something that has a method to give it back: `createQueryRunner`. */
  mayLend(name: string): boolean;
  /** Whether the function at one of these origins holds a lock while its callback runs. */
  runsExclusively(callee: readonly Origin[]): ExclusiveForm | undefined;
  /** Whether a function of this name may hold a lock while its callback runs. */
  mayRunExclusively(name: string): boolean;
  /** Whether a decorator of this name lets one run serve all who call meanwhile, or lets calls wait for each other: `@gate()`. */
  isShareOfRuns(decorator: string): boolean;
  /** Whether a decorator of this name lets a method run later, from a timer: `@debounce(100)`. */
  defersRuns(decorator: string): boolean;
  /** The names of functions that hold a lock that has room for one, and hardly anything else: a cheap look at a file's names. */
  readonly names: readonly string[];
  /** The name of the method that undoes one of this name, where a class has both: `lockFile` and `unlockFile`. */
  counterpartOf(method: string): string | undefined;
}

interface AcquireEntry {
  readonly modules: readonly string[];
  readonly names: readonly string[];
  readonly gives: LockResult;
  readonly release: readonly string[];
  readonly callback?: string;
  readonly kind: KnownLock['kind'];
  readonly asynchronous?: boolean;
}

interface ExclusiveEntry {
  readonly modules: readonly string[];
  readonly names: readonly string[];
  readonly lock: ExclusiveForm;
}

const acquiring = data.acquire as readonly AcquireEntry[];
const exclusive = data.exclusive as readonly ExclusiveEntry[];

const acquiringNames = new Set(acquiring.flatMap(({ names }) => names.map(lastOf)));
const exclusiveNames = new Set(exclusive.flatMap(({ names }) => names.map(lastOf)));

const sharing = new Set(data.decorators);
const deferring = new Set(data.deferring);

const lending = new RegExp(`^(?:${data.lending.verbs.join('|')})\\w*(?:${data.lending.things.join('|')})$`);

/** `use` and `wait` are called in every second file. */
const lockNames = [
  ...new Set([
    ...acquiring.filter(({ kind }) => kind === 'lock').flatMap(({ names }) => names.map(lastOf)),
    ...exclusiveNames,
    ...data.own.map(({ acquire }) => acquire),
  ]),
].filter((name) => !['enter', 'use', 'using', 'wait'].includes(name));

export const lockKnowledge: LockKnowledge = {
  acquiredBy(callee) {
    const found = find(acquiring, callee);
    if (!found) return undefined;
    const { gives, release, kind, callback, asynchronous = false } = found.entry;
    return { name: found.name, gives, release, kind, asynchronous, ...(callback !== undefined && { callback }) };
  },
  mayAcquire: (name) => acquiringNames.has(name),
  mayLend: (name) => lending.test(name),
  runsExclusively: (callee) => find(exclusive, callee)?.entry.lock,
  mayRunExclusively: (name) => exclusiveNames.has(name),
  isShareOfRuns: (decorator) => sharing.has(decorator),
  defersRuns: (decorator) => deferring.has(decorator),
  names: lockNames,
  counterpartOf(method) {
    for (const { acquire, release } of data.own) {
      const rest = method.slice(acquire.length);
      if (method.startsWith(acquire) && /^(?:[A-Z_].*)?$/.test(rest)) return release + rest.replace(/^Async$/, '');
    }
    return undefined;
  },
};

function find<T extends { readonly modules: readonly string[]; readonly names: readonly string[] }>(
  entries: readonly T[],
  callee: readonly Origin[],
): { readonly entry: T; readonly name: string } | undefined {
  for (const { module, path } of callee) {
    const whole = path.join('.');
    const entry = entries.find(({ modules, names }) => modules.includes(module) && names.includes(whole));
    if (entry) return { entry, name: whole };
  }
  return undefined;
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
