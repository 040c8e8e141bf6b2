import type { Origin } from '../typescript/oracle.ts';
import data from './effects.json' with { type: 'json' };

/** What a call does to the world outside the program, by what is known of its name or of the module that it comes from. */
export type KnownEffect = 'none' | 'reads' | 'changes';

/** Names that say what is done, and to what, where no source and no type tells it. */
export interface EffectKnowledge {
  /** What a function of this name does: `getUser` reads, `saveUser` changes, `run` says neither. */
  ofName(name: string): 'reads' | 'changes' | undefined;
  /** What a function of Node or of a package does that is known by where it comes from. */
  ofOrigin(origins: readonly Origin[]): KnownEffect | undefined;
  /** Whether a function reads or writes files. */
  isFileSystem(origins: readonly Origin[]): boolean;
  /** Whether a function of this name works with what it is given, and by its name asks nobody: `decode`, `toJSON`. */
  computes(name: string): boolean;
  /** Whether a function of this name gives what a program has at hand, as a rule: `getSettings`, `getStoreDir`, `fileExists`. */
  isAtHand(name: string): boolean;
  /** Whether what is handed over under this name serves one request after another: `{ transaction: t }`. */
  isSingleKey(name: string): boolean;
  /** Whether a function of this name waits on purpose: to spread calls over time, or for something to happen. */
  waits(name: string): boolean;
  /** Whether something of this name serves one request after another: a transaction, a page of a browser, a connection. */
  isSingle(name: string): boolean;
  /** As `isSingle`, for the name of a class. */
  isSingleClass(name: string): boolean;
  /** As `isSingle`, for what comes from one of these modules. */
  isSingleOrigin(origins: readonly Origin[]): boolean;
  /** Whether something of this name keeps values under keys, so that two writers of it are no matter. */
  isCache(name: string): boolean;
  /** Whether something of this name takes notes that nobody reads back. */
  isLogger(name: string): boolean;
  /** Whether a function, or its receiver, of this name puts something out whose order somebody sees. */
  isOutput(name: string): boolean;
  /** The language's own functions and objects, whose calls change nothing but what they are given. */
  isHarmlessGlobal(name: string): boolean;
  /** Methods of strings and collections that only look. */
  isHarmlessMethod(name: string): boolean;
  /** How a method of the language's collections changes them: as a whole, or under one key. */
  changeOf(method: string): 'write' | 'keyed' | undefined;
  /** Whether a function of this name makes sure that something is there, which is done once. */
  prepares(name: string): boolean;
  /** Whether a function of this name works on what it is given, and on nothing else: `compress`. */
  worksOnItsArgument(name: string): boolean;
  /** Whether a name speaks of something that stays as it is while a loop runs: `getConfig`. */
  isSettled(name: string): boolean;
  /** Whether a name speaks of something that is another one at every look: `nextToken`, `getStatus`. */
  varies(name: string): boolean;
  /** Whether something of this name lets only so many run at a time, or names a part of a list. */
  limits(name: string): boolean;
  /** Whether a function of this name speaks to a disk, a network, a database or another process. */
  reachesOut(name: string): boolean;
  /** Whether things of this name come in great numbers: files, rows, packages. */
  comesInNumbers(name: string): boolean;
  /** Whether things of this name run in the order in which they stand: hooks, plugins, migrations. */
  isOrdered(name: string): boolean;
  /** Whether a function gives the entries of a folder, of which there may be any number. */
  listsFiles(name: string): boolean;
  /** Whether a property of this name says which part of a longer list is asked for. */
  isPage(name: string): boolean;
}

/** Functions that give another function which runs the one that they were given. */
const wrapping = new Set(data.wrapping);
const readVerbs = new Set(data.readVerbs.map((verb) => verb.toLowerCase()));
const changeVerbs = new Set(data.changeVerbs);
const waitVerbs = new Set(data.waitVerbs);
const computing = new Set(data.computing);
const atHand = new Set(data.atHand);
const singleKeys = new Set(data.singleKeys);
const prefixes = new Set(data.prefixes);
const single = new Set(data.single);
const singleClasses = new Set(data.singleClasses);
const singleModules = new Set(data.singleModules);
const caches = new Set(data.caches);
const loggers = new Set(data.loggers);
const output = new Set(data.output);
const harmlessGlobals = new Set(data.harmlessGlobals);
const harmlessMethods = new Set(data.harmlessMethods);
const changingMethods = new Set(data.changingMethods);
const keyedMethods = new Set(data.keyedMethods);
const harmlessModules = new Set(data.harmlessModules);
const readModules = new Set(data.readModules);
const fileSystem = new Set(data.fileSystem);
const fileReads = new Set(data.fileReads);
const directoryListings = new Set(data.directoryListings);
const pages = new Set(data.pages);
const ordered = new Set(data.ordered);
const ownVerbs = new Set(data.ownVerbs);
const settledNouns = new Set(data.settledNouns);
const varying = new Set(data.varying);
const limiters = new Set(data.limiters);
const ioVerbs = new Set(data.ioVerbs);
const many = new Set(data.many);
const preparing = new Set(data.preparing);

export const effectKnowledge: EffectKnowledge = {
  ofName(name) {
    const words = wordsOf(name);
    const verb = words.find((word, index) => !prefixes.has(word) || index === words.length - 1);
    if (verb === undefined) return undefined;
    // `getOrCreateUser` and `findAndUpdate` change as well.
    if (words.some((word, index) => (word === 'or' || word === 'and') && changeVerbs.has(words[index + 1] ?? '')))
      return 'changes';
    if (changeVerbs.has(verb)) return 'changes';
    return readVerbs.has(verb) ? 'reads' : undefined;
  },
  ofOrigin(origins) {
    for (const { module, path } of origins) {
      const last = path.filter((name) => name !== '()').at(-1) ?? '';
      if (fileSystem.has(module)) return fileReads.has(last) ? 'reads' : 'changes';
      // What a function does that was wrapped is what it did before.
      if (wrapping.has(path.at(-2) ?? '') && path.at(-1) === '()') return undefined;
      if (harmlessModules.has(module)) return 'none';
      if (data.handles.some(({ modules, names }) => modules.includes(module) && names.includes(last))) return 'none';
      if (readModules.has(module)) return 'reads';
      if (module === 'global' && path.length > 1 && harmlessGlobals.has(path[0] ?? '')) return 'none';
    }
    return undefined;
  },
  isFileSystem: (origins) => origins.some(({ module }) => fileSystem.has(module)),
  computes: (name) => computing.has(wordsOf(name)[0] ?? ''),
  isAtHand: (name) => atHand.has(lastWord(name)),
  isSingleKey: (name) => singleKeys.has(name),
  waits: (name) => wordsOf(name).some((word) => waitVerbs.has(word)),
  isSingle: (name) => single.has(lastWord(name)),
  isSingleClass: (name) => singleClasses.has(lastWord(name)),
  isSingleOrigin: (origins) => origins.some(({ module }) => singleModules.has(module)),
  isCache: (name) => wordsOf(name).some((word) => caches.has(word)),
  isLogger: (name) => wordsOf(name).some((word) => loggers.has(word)),
  isOutput: (name) => wordsOf(name).some((word) => output.has(word)),
  isHarmlessGlobal: (name) => harmlessGlobals.has(name),
  isHarmlessMethod: (name) => harmlessMethods.has(name),
  changeOf: (method) => (changingMethods.has(method) ? 'write' : keyedMethods.has(method) ? 'keyed' : undefined),
  prepares: (name) => preparing.has(wordsOf(name)[0] ?? ''),
  worksOnItsArgument: (name) => ownVerbs.has(wordsOf(name)[0] ?? ''),
  isSettled: (name) => settledNouns.has(lastWord(name)),
  varies: (name) => wordsOf(name).some((word) => varying.has(word)),
  limits: (name) => wordsOf(name).some((word) => limiters.has(word)) || limiters.has(name.toLowerCase()),
  reachesOut: (name) => wordsOf(name).some((word, index) => ioVerbs.has(word) && index < 2),
  comesInNumbers: (name) => many.has(lastWord(name)),
  isOrdered: (name) => wordsOf(name).some((word) => ordered.has(word)),
  listsFiles: (name) =>
    directoryListings.has(name) ||
    /^(?:(?:list|find|walk|scan|collect|detect|glob|discover|read)\w*(?:Files|Paths|Dirs?|Directories|Entries)|get\w*Files)$/.test(
      name,
    ),
  isPage: (name) => pages.has(name.toLowerCase()) || pages.has(lastWord(name)),
};

function lastWord(name: string): string {
  return wordsOf(name).at(-1) ?? '';
}

/** `getUserByID` → get, user, by, id. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}
