import type { Severity } from '../model/finding.ts';
import type { Origin } from '../typescript/oracle.ts';
import data from './blocking-apis.json' with { type: 'json' };

export type BlockingKind =
  | 'fs'
  | 'process'
  | 'crypto'
  | 'compression'
  | 'compilation'
  | 'database'
  | 'dialog'
  | 'network';

/**
 * What does the same work without blocking, and how it is called: `promise` and `promisify` (after `util.promisify`)
 * take the same arguments and give the same value, `output` gives `{ stdout, stderr }`, and `parent` is the object that
 * the blocking function is a member of (`which.sync(x)` → `which(x)`).
 */
export interface AwaitedTwin {
  readonly module: string;
  readonly name: string;
  readonly how: 'promise' | 'promisify' | 'output' | 'parent';
}

/** The arguments with which a function blocks, where it does not always. */
export interface BlockingArguments {
  readonly argument: number;
  readonly equals?: boolean;
  readonly atLeast?: number;
  readonly argumentsAtMost?: number;
}

export interface BlockingApi {
  /** The last of the names that lead to it. */
  readonly name: string;
  readonly module: string;
  readonly kind: BlockingKind;
  /** Overrides the rule's severity. */
  readonly severity?: Severity;
  readonly twin?: AwaitedTwin;
  readonly when?: BlockingArguments;
  /** It does not block where this word is in the arguments. */
  readonly unless?: { readonly text: string };
}

/** A function that sleeps; `argument` is the position of the duration and `milliseconds` its unit, where it has one. */
export interface SleepApi {
  readonly name: string;
  readonly argument?: number;
  readonly milliseconds?: number;
}

interface CallEntry {
  readonly twin?: string;
  readonly how?: AwaitedTwin['how'];
  readonly kind?: BlockingKind;
  readonly severity?: Severity;
  readonly when?: BlockingArguments;
  readonly unless?: { readonly text: string };
}

/** The shape of the data file. A test holds the file to it. */
export interface BlockingData {
  readonly apis: readonly {
    readonly modules: readonly string[];
    readonly kind: BlockingKind;
    readonly severity?: Severity;
    /** How the twins of the group are called, and their module where it is another one. */
    readonly twins?: { readonly module?: string; readonly how: AwaitedTwin['how'] };
    /** Dotted names; `*` is everything of the module, the empty name its default export. A string is the twin's name. */
    readonly calls: Readonly<Record<string, string | CallEntry | null>>;
  }[];
  readonly sleeps: readonly {
    readonly modules: readonly string[];
    readonly calls: Readonly<Record<string, { readonly argument?: number; readonly milliseconds?: number }>>;
  }[];
}

const { apis, sleeps } = data as unknown as BlockingData;

const blockingApis = new Map<string, BlockingApi>();
const sleepApis = new Map<string, SleepApi>();
/** For each last name, words of which one is in every file that uses it. */
const lastNames = new Map<string, Set<string>>();
const modules = new Set<string>();
const globalWords = new Set<string>();

for (const group of apis) {
  for (const module of group.modules) {
    for (const [path, entry] of Object.entries(group.calls))
      remember(blockingApis, module, path, toApi(group, module, path, entry));
  }
}
for (const group of sleeps) {
  for (const module of group.modules) {
    for (const [path, entry] of Object.entries(group.calls)) {
      remember(sleepApis, module, path, { name: lastOf(path) || module, ...entry });
    }
  }
}

/** Whatever is blocking ends in `Sync`, belongs to one of the modules, or to the globals that are named here. */
const anyWord = new RegExp(
  [
    'Sync\\b',
    ...globalWords,
    ...[...modules]
      .filter((name) => name !== 'global')
      .map((name) => `['"](?:node:)?${name.replace(/^node:/, '').replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}['"]`),
  ].join('|'),
);

/** The blocking function that a callee is, by where it comes from. */
export function blockingApi(origins: readonly Origin[]): BlockingApi | undefined {
  return find(blockingApis, origins);
}

/** The sleeping function that a callee is. */
export function sleepApi(origins: readonly Origin[]): SleepApi | undefined {
  return find(sleepApis, origins);
}

/**
 * Whether some blocking or sleeping function has this as the last of its names: a cheap test before questions.
 * Names that many things have, such as `get`, count only in files that speak of the module.
 */
export function isBlockingName(name: string, fileText: string): boolean {
  const words = lastNames.get(name);
  if (!words) return false;
  if (name.endsWith('Sync')) return true;
  for (const word of words) if (fileText.includes(word)) return true;
  return false;
}

/** Whether a file may have calls of blocking functions at all: no name can hide from this, only give a needless look. */
export function mayHaveBlockingCalls(fileText: string): boolean {
  return anyWord.test(fileText);
}

/** Whether a module has blocking or sleeping functions. */
export function isBlockingModule(module: string): boolean {
  return modules.has(module) || modules.has(`node:${module}`);
}

function toApi(
  group: BlockingData['apis'][number],
  module: string,
  path: string,
  entry: string | CallEntry | null,
): BlockingApi {
  const {
    twin,
    how,
    kind = group.kind,
    severity = group.severity,
    when,
    unless,
  } = typeof entry === 'string' ? ({ twin: entry } as CallEntry) : (entry ?? {});
  const { twins } = group;
  return {
    name: lastOf(path),
    module,
    kind,
    ...(severity && { severity }),
    ...(when && { when }),
    ...(unless && { unless }),
    ...(twins &&
      (twin !== undefined || how) && {
        twin: { module: twins.module ?? module, name: lastOf(twin ?? ''), how: how ?? twins.how },
      }),
  };
}

function remember<T>(into: Map<string, T>, module: string, path: string, value: T): void {
  into.set(`${module} ${path}`, value);
  modules.add(module);
  if (path === '*' || path === '') return;
  const last = lastOf(path);
  const word = module === 'global' ? (path.split('.')[0] as string) : module.replace(/^node:/, '');
  if (module === 'global') globalWords.add(word);
  lastNames.set(last, (lastNames.get(last) ?? new Set()).add(word));
}

function find<T extends { readonly name: string }>(
  known: ReadonlyMap<string, T>,
  origins: readonly Origin[],
): T | undefined {
  for (const { module: specifier, path } of origins) {
    const module = reexported.exec(specifier)?.[1] ?? specifier;
    const names = path[0] === 'default' || path[0] === 'globalThis' ? path.slice(1) : path;
    const found =
      known.get(`${module} ${names.join('.')}`) ??
      // Type packages put their classes into a namespace: `BetterSqlite3.Database.exec`.
      (names.length > 2 ? known.get(`${module} ${names.slice(-2).join('.')}`) : undefined);
    if (found) return found;
    const any = known.get(`${module} *`);
    if (any) return { ...any, name: names.at(-1) ?? module };
  }
  return undefined;
}

/** Projects hand these on under a path of their own: `@theia/core/shared/fs-extra`. */
const reexported = /\/(fs-extra|graceful-fs)$/;

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
