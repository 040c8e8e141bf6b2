import type { DeclaredIn, Origin } from '../typescript/oracle.ts';
import { basename } from '../typescript/paths.ts';
import data from './resources.json' with { type: 'json' };

/**
 * What harm it does to leave it open:
 * - `handle`: it is gone for the process, until the process ends;
 * - `client`: a connection to another program, which is often meant to last as long as the process;
 * - `stream`: it ends by itself once somebody has read or written it;
 * - `connection`: the other side may end it too;
 * - `worker`: it may end by itself; `watcher`: it is often meant to last; `prompt`: reads standard input;
 * - `server`: is meant to last, other than in tests;
 * - `child`: a process that may end by itself;
 * - `lock`: everybody else waits for it; `inner`: ends with what it is part of;
 * - `part`: the same, where that may last much longer: a page of a browser, a channel of a connection.
 */
export type ResourceKind =
  | 'handle'
  | 'client'
  | 'stream'
  | 'connection'
  | 'worker'
  | 'watcher'
  | 'prompt'
  | 'server'
  | 'child'
  | 'lock'
  | 'inner'
  | 'part';

export interface ResourceEntry {
  readonly modules: readonly string[];
  /** Names of types, or the names that lead to a function; empty for the module itself. */
  readonly names: readonly string[];
  /** The methods that release it, the usual one first; none where it is a function that is called to release it. */
  readonly methods: readonly string[];
  readonly kind?: ResourceKind;
  /** Methods after which something else closes it. */
  readonly takes?: readonly string[];
  /** Methods of it, or of what it gives, after which it is meant to stay open. */
  readonly lasting?: readonly string[];
  /** Whether the releasing method is to be awaited. */
  readonly asynchronous?: boolean;
}

/** How something is released that is known by the name of its type, or of the function that gives it. */
export interface KnownResource {
  readonly name: string;
  readonly release: 'method';
  readonly methods: readonly string[];
  readonly kind: ResourceKind;
  readonly takes: readonly string[];
  readonly lasting: readonly string[];
  readonly asynchronous: boolean;
}

export interface ResourceKnowledge {
  ofType(type: DeclaredIn): KnownResource | undefined;
  /** What the function at one of these origins gives. */
  from(callee: readonly Origin[]): KnownResource | undefined;
  /** Whether a function of this name may give something to be released: a cheap test before questions. */
  mayOpen(name: string): boolean;
  /** Whether a function of this name is among those that are known: a cheap test before questions. */
  isOpener(name: string): boolean;
  /** Whether a method of this name gives something that works only as long as what it is a method of: the stream of a handle. */
  isTaking(method: string): boolean;
  /** Whether things of a type may be forgotten although they can be disposed: iterators, timers, and what Node looks after. */
  isHarmless(type: DeclaredIn): boolean;
}

const types = data.types as readonly ResourceEntry[];
const calls = data.calls as readonly ResourceEntry[];

const openers = new Set(
  calls.flatMap(({ names, modules }) =>
    names.flatMap((name) => (name === '' ? modules : [name.slice(name.lastIndexOf('.') + 1)])),
  ),
);

const taking = new Set([...types, ...calls].flatMap(({ takes = [] }) => takes));

/** How functions are called that give something to be closed. */
const opening = /^(?:open|create|connect|launch|spawn|start|make|lease|borrow|mkdtemp|tmp|temp)(?:[A-Z_\d]|$)/;

/** What these make needs no end. */
const making = new Set(['createElement', 'createContext', 'createRef', 'createHash', 'createRequire', 'startsWith']);

export const resourceKnowledge: ResourceKnowledge = {
  ofType(type) {
    const found = types.find(({ modules, names }) => names.includes(type.name) && modules.includes(moduleOf(type)));
    return found && known(type.name, found);
  },
  from(callee) {
    for (const { module, path } of callee) {
      const whole = path.join('.');
      const found = calls.find(({ modules, names }) => modules.includes(module) && names.includes(whole));
      if (found) return known(whole || module, found);
    }
    return undefined;
  },
  isOpener: (name) => openers.has(name),
  mayOpen: (name) => openers.has(name) || (opening.test(name) && !making.has(name)),
  isTaking: (method) => taking.has(method),
  isHarmless: (type) =>
    data.harmless.some(({ modules, names }) => names.includes(type.name) && modules.includes(moduleOf(type))) ||
    type.packageName === '@types/node' ||
    type.from === 'lib',
};

function known(name: string, entry: ResourceEntry): KnownResource {
  const { methods, kind = 'handle', takes = [], lasting = [], asynchronous = false } = entry;
  return { name, release: 'method', methods, kind, takes, lasting, asynchronous };
}

/** The module of a declaration as the data file writes it. */
function moduleOf({ file, from, packageName }: DeclaredIn): string {
  if (from === 'lib') return 'global';
  if (packageName === '@types/node') return nodeModule(file);
  return packageName?.replace(/^@types\//, '') ?? file;
}

/** `@types/node/fs/promises.d.ts` → `node:fs/promises`; what is declared for all modules is global. */
function nodeModule(file: string): string {
  const [, inside] = file.split('/@types/node/');
  const path = (inside ?? basename(file)).replace(/\.d\.[cm]?ts$/, '');
  return path === 'globals' || path.startsWith('web-globals/') ? 'global' : `node:${path}`;
}
