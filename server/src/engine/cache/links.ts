import { dirname, join } from '../../typescript/paths.ts';
import { candidates, type Mapping, packageOf, StemIndex, stemOf } from './resolve.ts';
import type { Scan } from './scan.ts';

/** Where the imports of a program's files lead, found by name. What is in doubt leads to more files than it does. */
export interface Links {
  readonly imports: readonly (readonly number[])[];
  readonly groupsOf: readonly (readonly number[])[];
  readonly pathsOf: readonly (readonly number[])[];
  readonly namesOf: readonly (readonly number[])[];
  readonly groups: readonly string[];
  readonly paths: readonly string[];
  readonly names: readonly string[];
  readonly missing: readonly string[];
}

export interface Packages {
  /** The nearest folder at or above a folder that has a manifest. */
  ownFolder(folder: string): string | undefined;
  /** Whether a folder has a manifest. */
  hasManifest(folder: string): boolean;
  /** Folders of the project itself that the name of a package leads to from a folder. */
  foldersOf(name: string, folder: string): readonly string[];
}

/** @param files the program's own files, with what their texts say */
export function linkFiles(
  files: readonly { readonly path: string; readonly scan: Scan }[],
  mapping: Mapping,
  packages: Packages,
): Links {
  const index = new StemIndex(
    files.map(({ path }) => path),
    mapping,
  );
  const groups = new Table();
  const paths = new Table();
  const names = new Table();
  const missing = new Set<string>();
  const imports: (readonly number[])[] = [];
  const groupsOf: (readonly number[])[] = [];
  const pathsOf: (readonly number[])[] = [];
  const namesOf: (readonly number[])[] = [];
  for (const { path, scan } of files) {
    const targets = new Set<number>();
    const into = new Set<number>();
    for (const specifier of [...scan.paths, ...scan.names]) {
      for (const candidate of candidates(specifier, path, mapping)) {
        const found = index.find(stemOf(candidate));
        if (found.length === 0) missing.add(candidate);
        for (const target of found) targets.add(target);
      }
    }
    const folder = dirname(path);
    for (const specifier of scan.paths) {
      const target = join(folder, specifier);
      if (packages.hasManifest(target)) into.add(groups.indexOf(target));
    }
    for (const specifier of scan.names) {
      const name = packageOf(specifier);
      // What `#name` means is said by the package's own manifest.
      const own = specifier.startsWith('#') ? packages.ownFolder(folder) : undefined;
      const folders = own !== undefined ? [own] : name === undefined ? [] : packages.foldersOf(name, folder);
      for (const each of folders) into.add(groups.indexOf(each));
    }
    imports.push([...targets]);
    groupsOf.push([...into]);
    pathsOf.push(scan.paths.map((specifier) => paths.indexOf(specifier)));
    namesOf.push(scan.names.map((name) => names.indexOf(name)));
  }
  return {
    imports,
    groupsOf,
    pathsOf,
    namesOf,
    groups: groups.entries,
    paths: paths.entries,
    names: names.entries,
    missing: [...missing],
  };
}

/** Numbers texts in the order in which they come. */
class Table {
  readonly entries: string[] = [];
  readonly #indices = new Map<string, number>();

  indexOf(text: string): number {
    const known = this.#indices.get(text);
    if (known !== undefined) return known;
    this.#indices.set(text, this.entries.length);
    return this.entries.push(text) - 1;
  }
}
