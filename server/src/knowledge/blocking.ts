import type { Severity } from '../model/finding.ts';
import type { Origin } from '../typescript/oracle.ts';
import data from './blocking-apis.json' with { type: 'json' };
import { isFile, moduleKey, nothingSaid, type Said } from './said.ts';

export type BlockingKind =
  | 'fs'
  | 'process'
  | 'crypto'
  | 'compression'
  | 'compilation'
  | 'database'
  | 'dialog'
  | 'network'
  | 'other';

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

export interface BlockingGroup {
  readonly modules: readonly string[];
  readonly kind: BlockingKind;
  readonly severity?: Severity;
  /** How the twins of the group are called, and their module where it is another one. */
  readonly twins?: { readonly module?: string; readonly how: AwaitedTwin['how'] };
  /** Dotted names; `*` is everything of the module, the empty name its default export. A string is the twin's name. */
  readonly calls: Readonly<Record<string, string | CallEntry | null>>;
}

/** The shape of the data file. A test holds the file to it. */
export interface BlockingData {
  readonly apis: readonly BlockingGroup[];
  readonly sleeps: readonly {
    readonly modules: readonly string[];
    readonly calls: Readonly<Record<string, { readonly argument?: number; readonly milliseconds?: number }>>;
  }[];
}

export interface BlockingKnowledge {
  /** The blocking function that a callee is, by where it comes from. */
  api(origins: readonly Origin[]): BlockingApi | undefined;
  /** The sleeping function that a callee is. */
  sleep(origins: readonly Origin[]): SleepApi | undefined;
  /**
   * Whether some blocking or sleeping function has this as the last of its names: a cheap test before questions.
   * Names that many things have, such as `get`, count only in files that speak of the module.
   */
  isBlockingName(name: string, fileText: string): boolean;
  /** Whether a file may have calls of blocking functions at all: no name can hide from this, only give a needless look. */
  mayHaveBlockingCalls(fileText: string): boolean;
  /** Whether a module has blocking or sleeping functions. */
  isBlockingModule(module: string): boolean;
}

export function blockingKnowledge(said: Said = nothingSaid): BlockingKnowledge {
  const { apis, sleeps } = data as unknown as BlockingData;
  const names = new BlockingNames();
  const blockingApis = new Map<string, BlockingApi>();
  const sleepApis = new Map<string, SleepApi>();
  for (const group of [...said.blocking, ...apis]) {
    for (const module of group.modules) {
      for (const [path, entry] of Object.entries(group.calls)) {
        const key = `${module} ${path}`;
        if (!blockingApis.has(key)) blockingApis.set(key, toApi(group, module, path, entry));
        names.add(module, path);
      }
    }
  }
  for (const { modules, calls } of sleeps) {
    for (const module of modules) {
      for (const [path, entry] of Object.entries(calls)) {
        sleepApis.set(`${module} ${path}`, { name: lastOf(path) || module, ...entry });
        names.add(module, path);
      }
    }
  }
  const anyWord = names.pattern();
  return {
    api: (origins) => find(blockingApis, origins),
    sleep: (origins) => find(sleepApis, origins),
    isBlockingName: (name, fileText) => names.fits(name, fileText),
    mayHaveBlockingCalls: (fileText) => anyWord.test(fileText),
    isBlockingModule: (module) => names.modules.has(module) || names.modules.has(`node:${module}`),
  };
}

/** What blocking functions are called, for looks at a text before anything is asked. */
class BlockingNames {
  readonly modules = new Set<string>();
  /** For each last name, words of which one is in every file that uses it. */
  readonly #words = new Map<string, Set<string>>();
  readonly #globalWords = new Set<string>();
  readonly #fileWords = new Set<string>();

  add(module: string, path: string): void {
    this.modules.add(module);
    if (path === '*' || path === '') return;
    const last = lastOf(path);
    // A file of the project is imported under many specifiers; its functions are seen by their names.
    const word = module === 'global' ? (path.split('.')[0] as string) : isFile(module) ? last : withoutPrefix(module);
    if (module === 'global') this.#globalWords.add(word);
    if (isFile(module)) this.#fileWords.add(word);
    this.#words.set(last, (this.#words.get(last) ?? new Set()).add(word));
  }

  fits(name: string, fileText: string): boolean {
    const words = this.#words.get(name);
    if (!words) return false;
    if (name.endsWith('Sync')) return true;
    for (const word of words) if (fileText.includes(word)) return true;
    return false;
  }

  /** Whatever is blocking ends in `Sync`, belongs to one of the modules, or to the globals that are named here. */
  pattern(): RegExp {
    const quoted = [...this.modules]
      .filter((name) => name !== 'global' && !isFile(name))
      .map((name) => `['"](?:node:)?${escaped(withoutPrefix(name))}['"]`);
    const plain = [...this.#globalWords, ...[...this.#fileWords].map((word) => `\\b${escaped(word)}\\b`)];
    return new RegExp(['Sync\\b', ...plain, ...quoted].join('|'));
  }
}

function withoutPrefix(module: string): string {
  return module.replace(/^node:/, '');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function toApi(group: BlockingGroup, module: string, path: string, entry: string | CallEntry | null): BlockingApi {
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

function find<T extends { readonly name: string }>(
  known: ReadonlyMap<string, T>,
  origins: readonly Origin[],
): T | undefined {
  for (const { module: specifier, path } of origins) {
    const module = reexported.exec(specifier)?.[1] ?? moduleKey(specifier);
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
