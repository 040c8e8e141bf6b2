import { dirname, isInside, join } from '../../typescript/paths.ts';

/** The compiler options that say where a specifier leads. */
export interface Mapping {
  readonly paths: Readonly<Record<string, readonly string[]>>;
  readonly rootDirs: readonly string[];
  readonly suffixes: readonly string[];
}

/** A path as an import may write it: without its ending, and in small letters, because some file systems do not tell. */
export function stemOf(path: string): string {
  return path
    .toLowerCase()
    .replace(/\.d(\.[^./]+)\.ts$/, '$1')
    .replace(/(?:\.d)?\.[cm]?[jt]sx?$|\.json$/, '');
}

/**
 * Every stem by which a file can be imported: its own and, for an index file, its folder's.
 * Invariant: whatever the compiler resolves a specifier to, that file has a stem among those of the specifier's
 * `candidates`, unless a manifest leads somewhere else.
 */
export function stemsOf(path: string, { suffixes }: Mapping): readonly string[] {
  const own = stemOf(path);
  const stems = [own, ...suffixes.filter((end) => end && own.endsWith(end)).map((end) => own.slice(0, -end.length))];
  return [...stems, ...stems.filter((stem) => stem.endsWith('/index')).map((stem) => dirname(stem))];
}

/** The paths that a specifier may stand for, by its text alone; endings as they are written. */
export function candidates(specifier: string, from: string, mapping: Mapping): readonly string[] {
  if (!/^(?:\.{1,2}(?:\/|$)|\/|[A-Za-z]:[\\/])/.test(specifier)) return mapped(specifier, mapping);
  const path = join(dirname(from), specifier);
  const home = mapping.rootDirs.find((root) => isInside(path, root));
  const elsewhere = home === undefined ? [] : mapping.rootDirs.map((root) => root + path.slice(home.length));
  return [...new Set([path, ...elsewhere])];
}

function mapped(specifier: string, { paths }: Mapping): readonly string[] {
  return Object.entries(paths).flatMap(([pattern, targets]) => {
    const [before = '', after] = pattern.split('*', 2);
    if (after === undefined) return pattern === specifier ? targets : [];
    if (specifier.length < before.length + after.length) return [];
    if (!specifier.startsWith(before) || !specifier.endsWith(after)) return [];
    const middle = specifier.slice(before.length, specifier.length - after.length);
    return targets.map((target) => target.replace('*', () => middle));
  });
}

/** The name of the package that a specifier begins with; undefined where it names none. */
export function packageOf(specifier: string): string | undefined {
  return /^(?:@[^/]+\/[^/]+|[^@#./][^/]*)/.exec(specifier)?.[0];
}

/** Finds files by stem. */
export class StemIndex {
  readonly #byStem = new Map<string, number[]>();

  constructor(files: readonly string[], mapping: Mapping) {
    for (const [index, file] of files.entries()) {
      for (const stem of stemsOf(file, mapping)) {
        const list = this.#byStem.get(stem);
        if (list) list.push(index);
        else this.#byStem.set(stem, [index]);
      }
    }
  }

  find(stem: string): readonly number[] {
    return this.#byStem.get(stem) ?? [];
  }
}
