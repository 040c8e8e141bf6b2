import type { Note } from '../../model/finding.ts';
import { ancestors, dirname, isInside, join } from '../../typescript/paths.ts';
import type { ProjectInputs, ProjectPlan } from '../../typescript/projects.ts';
import type { Disk } from './disk.ts';
import { linkFiles, type Packages } from './links.ts';
import { type Mapping, packageOf } from './resolve.ts';
import type { Scan } from './scan.ts';
import { type FolderTrace, isDecisive, isForeign, isSourceName, type Watched, type World } from './world.ts';

/** What the text of a file is and says. */
export interface Facts {
  readonly hash: string;
  readonly scan: Scan;
}

export interface Observation {
  readonly plan: ProjectPlan;
  readonly notes: readonly Note[];
  readonly inputs: ProjectInputs;
  /** Every file that the program has loaded. */
  readonly loaded: ReadonlySet<string>;
  readonly factsOf: (path: string) => Promise<Facts | undefined>;
  /** The folder of the compiler's own library, which its version stands for. */
  readonly library: string;
  readonly signal: AbortSignal;
}

/** More folders than this are not looked through before each run. */
const mostFolders = 20_000;

/**
 * Writes down everything that the results of a program's files rest on. Undefined where that is not possible: something
 * changed meanwhile, or there is too much of it.
 */
export async function observe(disk: Disk, observation: Observation): Promise<World | undefined> {
  const { plan, inputs, loaded, factsOf, signal } = observation;
  const own: string[] = [];
  const foreign: string[] = [];
  for (const path of loaded) {
    if (dirname(path) === observation.library) continue;
    (path.includes('/node_modules/') ? foreign : own).push(path);
  }
  own.sort();
  const facts = await Promise.all(own.map(factsOf));
  signal.throwIfAborted();
  const files: { path: string; scan: Scan; hash: string }[] = [];
  for (const [index, path] of own.entries()) {
    const known = facts[index];
    if (!known) return undefined;
    files.push({ path, ...known });
  }
  const mapping = mappingOf(plan);
  const sourceFolders = new Set(own.map(dirname));
  const packages = await findPackages(disk, files, sourceFolders);
  const links = linkFiles(files, mapping, packages);
  const sources = await Promise.all(
    files.map(async ({ path, hash, scan }, index) => ({
      ...(await disk.trace(path, hash)),
      hash,
      isGlobal: scan.isGlobal,
      imports: links.imports[index] ?? [],
      groups: links.groupsOf[index] ?? [],
      paths: links.pathsOf[index] ?? [],
      names: links.namesOf[index] ?? [],
    })),
  );
  signal.throwIfAborted();

  const excluded = [...new Set(inputs.configs.flatMap((config) => config.excluded))];
  const withSources = new Set(sourceFolders);
  for (const path of links.missing) withSources.add(dirname(path)).add(path);
  const roots = plan.tsconfig === undefined || plan.key !== plan.tsconfig ? plan.rootFiles : undefined;
  for (const { folders } of inputs.configs) {
    for (const folder of folders) {
      signal.throwIfAborted();
      if (!(await addFolders(disk, folder, excluded, withSources))) return undefined;
    }
  }
  signal.throwIfAborted();
  const all = new Set([...withSources, ...inputs.folders].flatMap((folder) => [...ancestors(folder)]));
  const watch = (path: string): Watched => {
    if (withSources.has(path)) return 'sources';
    return inputs.folders.has(path) ? 'packages' : 'configs';
  };
  const folders = await Promise.all([...all].sort().map((path) => folderTrace(disk, path, watch(path))));
  signal.throwIfAborted();

  const decisive = folders.flatMap(({ path, entries }) => entries.filter(isDecisive).map((name) => join(path, name)));
  const configs = new Set([...decisive, ...inputs.configs.flatMap((config) => config.files)]);
  const packageFiles = new Set([...foreign, ...foreign.map(manifestOf), ...packages.manifests]);
  if (!(await areSettled(disk, [...packageFiles, ...configs]))) return undefined;
  return {
    home: plan.key,
    tsconfig: plan.tsconfig,
    notes: observation.notes,
    roots,
    allowsJs: (plan.options as { readonly allowJs?: boolean }).allowJs === true,
    mapping,
    sources,
    groups: links.groups,
    paths: links.paths,
    names: links.names,
    missing: links.missing,
    files: await Promise.all([
      ...[...configs].sort().map(async (path) => disk.trace(path, await disk.hash(path))),
      ...[...packageFiles].sort().map((path) => disk.trace(path, undefined)),
    ]),
    folders,
    excluded,
    packages: packages.found(),
    kinds: [...inputs.kinds].map(([path, kind]) => [path, kind ?? ''] as const),
  };
}

function mappingOf({ options }: ProjectPlan): Mapping {
  const { paths, rootDirs, moduleSuffixes } = options as {
    readonly paths?: Mapping['paths'];
    readonly rootDirs?: readonly string[];
    readonly moduleSuffixes?: readonly string[];
  };
  return { paths: paths ?? {}, rootDirs: rootDirs ?? [], suffixes: moduleSuffixes ?? [] };
}

async function areSettled(disk: Disk, paths: readonly string[]): Promise<boolean> {
  return (await Promise.all(paths.map((path) => disk.isSettled(path)))).every(Boolean);
}

/** The manifest of the package that a file of `node_modules` belongs to. */
function manifestOf(path: string): string {
  const marker = '/node_modules/';
  const at = path.lastIndexOf(marker) + marker.length;
  return `${path.slice(0, at)}${packageOf(path.slice(at)) ?? ''}/package.json`;
}

/** Adds a folder and all below it in which a project may find sources. False where there are too many. */
async function addFolders(
  disk: Disk,
  folder: string,
  excluded: readonly string[],
  into: Set<string>,
): Promise<boolean> {
  if (into.size > mostFolders) return false;
  into.add(folder);
  const { directories } = await disk.host.list(folder);
  const below = directories
    .filter((name) => !isForeign(name))
    .map((name) => join(folder, name))
    .filter((path) => !excluded.includes(path));
  return (await Promise.all(below.map((path) => addFolders(disk, path, excluded, into)))).every(Boolean);
}

/** The entries of a folder that may matter, those of folders with a stroke at the end. */
export async function folderTrace(disk: Disk, path: string, watched: Watched): Promise<FolderTrace> {
  const { files, directories } = await disk.host.list(path);
  const kept = files.filter((name) => isDecisive(name) || (watched === 'sources' && isSourceName(name)));
  const folders = directories
    .filter((name) => name === 'node_modules' || (watched !== 'configs' && !isForeign(name)))
    .map((name) => `${name}/`);
  return { path, watched, entries: [...kept, ...folders].sort() };
}

interface FoundPackages extends Packages {
  readonly manifests: readonly string[];
  /** Every place where a package was looked for. */
  found(): readonly (readonly [string, string])[];
}

/** Looks up where the names of packages lead, from every folder that has a `node_modules` above it. */
async function findPackages(
  disk: Disk,
  files: readonly { readonly path: string; readonly scan: Scan }[],
  sourceFolders: ReadonlySet<string>,
): Promise<FoundPackages> {
  const above = [...new Set([...sourceFolders].flatMap((folder) => [...ancestors(folder)]))];
  const lists = new Map(await Promise.all(above.map(async (path) => [path, await disk.host.list(path)] as const)));
  const withModules = above.filter((path) => lists.get(path)?.directories.includes('node_modules'));
  const withManifest = new Set(above.filter((path) => lists.get(path)?.files.includes('package.json')));
  const ownNames = new Map<string, string>();
  const ownManifests = await Promise.all(
    [...withManifest].map(async (folder) => ({
      folder,
      text: await disk.host.readFile(join(folder, 'package.json')).catch(() => undefined),
    })),
  );
  for (const { folder, text } of ownManifests) {
    const name = /"name"\s*:\s*"([^"]+)"/.exec(text ?? '')?.[1];
    if (name !== undefined) ownNames.set(folder, name);
  }
  const real = new Map<string, string>();
  const wanted = new Set<string>();
  for (const { path, scan } of files) {
    for (const specifier of scan.names) {
      const name = packageOf(specifier);
      if (name === undefined || name.startsWith('node:')) continue;
      const types = `@types/${name.replace(/^@([^/]+)\//, '$1__')}`;
      for (const at of withModules) {
        if (!isInside(path, at)) continue;
        wanted.add(join(at, `node_modules/${name}`)).add(join(at, `node_modules/${types}`));
      }
    }
  }
  for (const at of withModules) {
    for (const name of await disk.names(join(at, 'node_modules/@types')))
      wanted.add(join(at, `node_modules/@types/${name}`));
  }
  await Promise.all(
    [...wanted].map(async (path) =>
      real.set(path, (await disk.host.kind(path)) === undefined ? '' : await disk.host.realpath(path)),
    ),
  );
  const manifests = [...real.values()]
    .filter((path) => path !== '')
    .flatMap((path) => [join(path, 'package.json'), join(path, 'asynclint.json')]);
  return {
    manifests,
    found: () => [...real].sort(([a], [b]) => (a < b ? -1 : 1)),
    hasManifest: (folder) => withManifest.has(folder),
    ownFolder: (folder) => [...ancestors(folder)].find((at) => withManifest.has(at)),
    foldersOf(name, folder) {
      const found = [...ancestors(folder)].filter((at) => ownNames.get(at) === name);
      for (const at of withModules) {
        if (!isInside(`${folder}/`, at)) continue;
        const target = real.get(join(at, `node_modules/${name}`));
        if (target && !target.includes('/node_modules/')) found.push(target);
      }
      return found;
    },
  };
}
