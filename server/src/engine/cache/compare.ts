import { join } from '../../typescript/paths.ts';
import type { Disk } from './disk.ts';
import { folderTrace } from './observe.ts';
import { candidates, StemIndex, stemOf, stemsOf } from './resolve.ts';
import { type Scan, scanText } from './scan.ts';
import { dependants, isDecisive, isForeign, isSourceName, type World } from './world.ts';

/** How a world has changed since it was written down. */
export interface Difference {
  /** Sources whose texts are others now, or that are gone. */
  readonly changed: ReadonlySet<number>;
  /** Sources whose results may have changed: those that reach a changed one. */
  readonly stale: ReadonlySet<number>;
  /** Whether files came or went. */
  readonly hasOtherFiles: boolean;
}

/** Compares a world with what is on disk now. Undefined where nothing of it can be relied on. */
export async function compare(world: World, disk: Disk, signal: AbortSignal): Promise<Difference | undefined> {
  if (!(await areSame(world, disk))) return undefined;
  signal.throwIfAborted();
  const files = await Promise.all(world.files.map((file) => disk.isSame(file)));
  if (files.includes(false)) return undefined;
  const other = await otherFiles(world, disk);
  if (!other) return undefined;
  signal.throwIfAborted();
  const same = await Promise.all(world.sources.map((source) => disk.isSame(source)));
  signal.throwIfAborted();
  const changed = new Set<number>();
  for (const [index, isSame] of same.entries()) if (!isSame) changed.add(index);
  const index = changed.size > 0 ? indexOf(world) : undefined;
  for (const at of changed) {
    signal.throwIfAborted();
    const path = world.sources[at]?.path ?? '';
    const text = await disk.host.readFile(path).catch(() => undefined);
    const scan = text === undefined ? undefined : scanText(path, text);
    if (!staysLocal(world, at, scan, index, other.cameAs)) return undefined;
  }
  return { changed, stale: dependants(world, changed), hasOtherFiles: other.cameAs.size > 0 || other.went };
}

async function areSame(world: World, disk: Disk): Promise<boolean> {
  const { host } = disk;
  const [packages, kinds] = await Promise.all([
    Promise.all(
      world.packages.map(async ([path, real]) => {
        const now = (await host.kind(path)) === undefined ? '' : await host.realpath(path);
        return now === real;
      }),
    ),
    Promise.all(world.kinds.map(async ([path, kind]) => ((await host.kind(path)) ?? '') === kind)),
  ]);
  return !packages.includes(false) && !kinds.includes(false);
}

/** Whether sources came or went. Undefined where one of them may change what the others mean. */
async function otherFiles(
  world: World,
  disk: Disk,
): Promise<{ readonly cameAs: ReadonlySet<string>; readonly went: boolean } | undefined> {
  const now = await Promise.all(world.folders.map(({ path, watched }) => folderTrace(disk, path, watched)));
  const added: string[] = [];
  let went = false;
  for (const [index, before] of world.folders.entries()) {
    const after = now[index];
    if (!after || after.entries.join('/') === before.entries.join('/')) continue;
    const known = new Set(before.entries);
    const there = new Set(after.entries);
    for (const name of before.entries) {
      if (there.has(name)) continue;
      if (isDecisive(name) || name === 'node_modules/') return undefined;
      went = true;
    }
    for (const name of after.entries) {
      if (known.has(name)) continue;
      if (isDecisive(name) || name === 'node_modules/') return undefined;
      const path = join(before.path, name.replace(/\/$/, ''));
      if (world.excluded.includes(path)) continue;
      if (!name.endsWith('/')) added.push(path);
      else if (!(await filesBelow(path, disk, before.watched === 'sources', added))) return undefined;
    }
  }
  const cameAs = new Set(added.flatMap((path) => stemsOf(path, world.mapping)));
  if (added.length === 0) return { cameAs, went };
  const asked = new Set(world.missing.map(stemOf));
  for (const { path } of world.sources) for (const stem of stemsOf(path, world.mapping)) asked.add(stem);
  if ([...cameAs].some((stem) => asked.has(stem))) return undefined;
  for (const path of added) {
    const isTaken = /\.[cm]?tsx?$/.test(path) || (world.allowsJs && !path.endsWith('.json'));
    if (!isTaken) continue;
    const text = await disk.host.readFile(path).catch(() => undefined);
    // It may load what nothing else does, and with it names that everybody sees.
    const scan = scanText(path, text ?? '');
    if (scan.isGlobal || !leadsNowhereNew(world, path, scan, indexOf(world), cameAs)) return undefined;
  }
  return { cameAs, went };
}

/** Adds the sources below a new folder. False where a config, a manifest or packages are among them. */
async function filesBelow(folder: string, disk: Disk, wanted: boolean, into: string[]): Promise<boolean> {
  const { files, directories } = await disk.host.list(folder);
  if (files.some(isDecisive) || directories.includes('node_modules') || into.length > mostAdded) return false;
  if (wanted) into.push(...files.filter(isSourceName).map((name) => join(folder, name)));
  const below = directories.filter((name) => !isForeign(name)).map((name) => join(folder, name));
  const found = await Promise.all(below.map((path) => filesBelow(path, disk, wanted, into)));
  return found.every(Boolean);
}

const mostAdded = 2000;

/**
 * Whether a change of one source's text can matter only to those that reach it: it declares nothing for everybody,
 * neither before nor now, and the program loads the same files as before.
 * @param scan what the text says now; undefined where the file is gone
 * @param cameAs stems of files that are new and declare nothing for everybody
 */
export function staysLocal(
  world: World,
  at: number,
  scan: Scan | undefined,
  index = indexOf(world),
  cameAs: ReadonlySet<string> = new Set(),
): boolean {
  const source = world.sources[at];
  if (!source || source.isGlobal) return false;
  if (scan?.isGlobal) return false;
  const namesNow = new Set(scan?.names ?? []);
  for (const name of source.names) {
    if (!namesNow.has(world.names[name] ?? '') && usersOf(world, name) < 2) return false;
  }
  const targets = new Set(source.imports);
  if (scan) {
    if (!leadsNowhereNew(world, source.path, scan, index, cameAs)) return false;
    for (const specifier of [...scan.paths, ...scan.names]) {
      for (const path of candidates(specifier, source.path, world.mapping)) {
        for (const target of index.find(stemOf(path))) targets.delete(target);
      }
    }
  }
  // What nothing imports any more may be gone from the program, and with it what it declares for everybody.
  return [...targets].every((target) => !world.sources[target]?.isGlobal);
}

/** Whether all that a text imports is in the program already, or is known not to exist. */
function leadsNowhereNew(
  world: World,
  path: string,
  scan: Scan,
  index: StemIndex,
  cameAs: ReadonlySet<string>,
): boolean {
  const names = new Set(world.names);
  if (scan.names.some((name) => !names.has(name))) return false;
  const missing = new Set(world.missing);
  return scan.paths.every((specifier) =>
    candidates(specifier, path, world.mapping).some((candidate) => {
      const stem = stemOf(candidate);
      return index.find(stem).length > 0 || cameAs.has(stem) || missing.has(candidate);
    }),
  );
}

function usersOf(world: World, name: number): number {
  return world.sources.filter((source) => source.names.includes(name)).length;
}

const indices = new WeakMap<World, StemIndex>();

/** The world's sources by stem. */
export function indexOf(world: World): StemIndex {
  let index = indices.get(world);
  if (!index) {
    index = new StemIndex(
      world.sources.map((source) => source.path),
      world.mapping,
    );
    indices.set(world, index);
  }
  return index;
}
