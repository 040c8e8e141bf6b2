import type { Note } from '../../model/finding.ts';
import type { FileTrace } from './disk.ts';
import type { Mapping } from './resolve.ts';
import type { Scan } from './scan.ts';

/** A project's file, and what it names. */
export interface Source extends FileTrace {
  readonly hash: string;
  /** Whether other files may see what it declares without importing it. */
  readonly isGlobal: boolean;
  /** Indices of the sources that it may import. */
  readonly imports: readonly number[];
  /** Indices of the folders of which it may import anything, by a package's name. */
  readonly groups: readonly number[];
  /** What it imports by path and by name, as indices into the world's lists. */
  readonly paths: readonly number[];
  readonly names: readonly number[];
}

/**
 * What counts in a folder: configs and manifests, also folders where new packages may be, also sources that may become
 * part of the project.
 */
export type Watched = 'configs' | 'packages' | 'sources';

/** A folder and the entries in it that may matter. */
export interface FolderTrace {
  readonly path: string;
  readonly watched: Watched;
  readonly entries: readonly string[];
}

/**
 * Everything that the results of one program's files rest on. As long as all of it is as it was, the compiler would
 * come to the same program, and all results stand. Where only sources changed, those results stand that reach none of them.
 */
export interface World {
  /** The project's key. */
  readonly home: string;
  readonly tsconfig: string | undefined;
  readonly notes: readonly Note[];
  /** The files that make up the project where no tsconfig names any; undefined where one does. */
  readonly roots: readonly string[] | undefined;
  readonly allowsJs: boolean;
  readonly mapping: Mapping;
  readonly sources: readonly Source[];
  readonly groups: readonly string[];
  /** All specifiers that are paths, and all that are not. */
  readonly paths: readonly string[];
  readonly names: readonly string[];
  /** Paths that specifiers ask for and where there is nothing. */
  readonly missing: readonly string[];
  /** Packages' files, configs and manifests. */
  readonly files: readonly FileTrace[];
  readonly folders: readonly FolderTrace[];
  readonly excluded: readonly string[];
  /** Where packages are, with links resolved; empty where they are not. */
  readonly packages: readonly (readonly [path: string, real: string])[];
  readonly kinds: readonly (readonly [path: string, kind: string])[];
}

/** Names that decide projects, options and resolution, wherever they stand. */
export function isDecisive(name: string): boolean {
  return (
    /^(?:tsconfig|jsconfig).*\.json$/.test(name) ||
    ['package.json', 'pnpm-workspace.yaml', 'lerna.json', 'asynclint.json'].includes(name)
  );
}

export function isSourceName(name: string): boolean {
  return /\.(?:[cm]?[jt]sx?|json)$/.test(name);
}

/** Folders in which the project has nothing of its own. */
export function isForeign(name: string): boolean {
  return name.startsWith('.') || ['node_modules', 'bower_components', 'jspm_packages'].includes(name);
}

/** The sources that reach one of the given ones by any chain of imports, themselves included. */
export function dependants(world: Pick<World, 'sources' | 'groups'>, changed: Iterable<number>): ReadonlySet<number> {
  const importers = importersOf(world);
  const found = new Set<number>();
  const open = [...changed];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (found.has(at)) continue;
    found.add(at);
    for (const importer of importers[at] ?? []) if (!found.has(importer)) open.push(importer);
  }
  return found;
}

const knownImporters = new WeakMap<object, readonly (readonly number[])[]>();

function importersOf({ sources, groups }: Pick<World, 'sources' | 'groups'>): readonly (readonly number[])[] {
  const known = knownImporters.get(sources);
  if (known) return known;
  const importers: number[][] = sources.map(() => []);
  const importersOfGroup: number[][] = groups.map(() => []);
  for (const [index, source] of sources.entries()) {
    for (const target of source.imports) importers[target]?.push(index);
    for (const group of source.groups) importersOfGroup[group]?.push(index);
  }
  for (const [group, folder] of groups.entries()) {
    for (const [index, { path }] of sources.entries()) {
      if (path.startsWith(`${folder}/`)) importers[index]?.push(...(importersOfGroup[group] ?? []));
    }
  }
  knownImporters.set(sources, importers);
  return importers;
}

/** What a source's text said about others when the world was written down. */
export function scanOf(world: World, { paths, names, isGlobal }: Source): Scan {
  const textsOf = (table: readonly string[], indices: readonly number[]): readonly string[] =>
    indices.map((index) => table[index] ?? '');
  return { paths: textsOf(world.paths, paths), names: textsOf(world.names, names), isGlobal };
}

const knownIndices = new WeakMap<World, ReadonlyMap<string, number>>();

/** The index of a source by its path. */
export function sourceAt(world: World, path: string): number | undefined {
  let indices = knownIndices.get(world);
  if (!indices) {
    indices = new Map(world.sources.map((source, index) => [source.path, index]));
    knownIndices.set(world, indices);
  }
  return indices.get(path);
}
