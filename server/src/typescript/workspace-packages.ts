import picomatch from 'picomatch';
import { parse as parseYaml } from 'yaml';
import type { Host } from '../model/host.ts';
import { ancestors, join } from './paths.ts';

/** Where the sources of a workspace package are, as `paths` patterns with absolute targets. */
export type PackagePaths = Readonly<Record<string, readonly string[]>>;

interface Manifest {
  readonly name?: string;
  readonly main?: string;
  readonly types?: string;
  readonly typings?: string;
  readonly source?: string;
  readonly workspaces?: readonly string[] | { readonly packages?: readonly string[] };
}

const deepest = 5;
const entries = ['src/index', 'lib/index', 'src/main', 'index', 'src/public_api', 'source/index'];
const skipped = /^(?:\.|node_modules$|fixtures?$|__|e2e$|examples?$|templates?$)/;

/**
 * Maps the names of the workspace's own packages to their sources, for those that do not resolve by themselves:
 * nothing is built, or nothing is installed. Without it every type that crosses a package border is lost.
 * @param directory any folder of the workspace, absolute
 */
export async function workspacePackages(host: Host, directory: string): Promise<PackagePaths> {
  const root = await workspaceRoot(host, directory);
  if (!root) return {};
  const paths: Record<string, readonly string[]> = {};
  const members = await packagesUnder(host, root.directory, root.isMember, root.directory, 0);
  const resolved = await Promise.all(
    members.map(({ name, at, manifest }) => resolvesByItself(host, root.directory, name, at, manifest)),
  );
  for (const [index, { name, at }] of members.entries()) {
    if (resolved[index]) continue;
    paths[name] = entries.map((entry) => join(at, entry));
    paths[`${name}/*`] = ['*', 'src/*', 'lib/*'].map((entry) => join(at, entry));
    paths[`${name}/lib/*`] = ['src/*', 'lib/*'].map((entry) => join(at, entry));
    paths[`${name}/dist/*`] = ['src/*', 'dist/*'].map((entry) => join(at, entry));
  }
  return paths;
}

/** The folders of the workspace's own packages, by their names. @param directory any folder of the workspace, absolute */
export async function workspaceMembers(host: Host, directory: string): Promise<ReadonlyMap<string, string>> {
  const root = await workspaceRoot(host, directory);
  if (!root) return new Map();
  const members = await packagesUnder(host, root.directory, root.isMember, root.directory, 0);
  return new Map(members.map(({ name, at }) => [name, at]));
}

interface Root {
  readonly directory: string;
  readonly isMember: (relative: string) => boolean;
}

async function workspaceRoot(host: Host, from: string): Promise<Root | undefined> {
  for (const directory of ancestors(from)) {
    const globs = await memberGlobs(host, directory);
    if (!globs) continue;
    const wanted = globs.filter((glob) => !glob.startsWith('!')).map(clean);
    const unwanted = globs.filter((glob) => glob.startsWith('!')).map((glob) => clean(glob.slice(1)));
    return { directory, isMember: picomatch(wanted, { ignore: unwanted }) };
  }
  return undefined;
}

function clean(glob: string): string {
  return glob.replace(/^\.\//, '').replace(/\/$/, '');
}

async function memberGlobs(host: Host, directory: string): Promise<readonly string[] | undefined> {
  const pnpm = await host.readFile(`${directory}/pnpm-workspace.yaml`).catch(() => undefined);
  if (pnpm !== undefined) {
    const { packages } = (safely(() => parseYaml(pnpm)) ?? {}) as { packages?: unknown };
    if (Array.isArray(packages)) return packages.map(String);
  }
  const manifest = await readManifest(host, directory);
  const { workspaces } = manifest ?? {};
  const named = Array.isArray(workspaces) ? workspaces : (workspaces as { packages?: readonly string[] })?.packages;
  if (named) return named;
  const lerna = await host.readFile(`${directory}/lerna.json`).catch(() => undefined);
  if (lerna === undefined) return undefined;
  const { packages } = (safely(() => JSON.parse(lerna)) ?? {}) as { packages?: unknown };
  return Array.isArray(packages) ? packages.map(String) : ['packages/*'];
}

interface Member {
  readonly name: string;
  readonly at: string;
  readonly manifest: Manifest;
}

async function packagesUnder(
  host: Host,
  root: string,
  isMember: (relative: string) => boolean,
  directory: string,
  depth: number,
): Promise<readonly Member[]> {
  const { files, directories } = await host.list(directory);
  const found: Member[] = [];
  if (depth > 0 && files.includes('package.json') && isMember(directory.slice(root.length + 1))) {
    const manifest = await readManifest(host, directory);
    if (manifest?.name) found.push({ name: manifest.name, at: directory, manifest });
  }
  if (depth === deepest) return found;
  const below = await Promise.all(
    directories
      .filter((name) => !skipped.test(name))
      .map((name) => packagesUnder(host, root, isMember, `${directory}/${name}`, depth + 1)),
  );
  return [...found, ...below.flat()];
}

/** Installed (linked) at the root or in the package's own folder, with the declared types or entry present. */
async function resolvesByItself(
  host: Host,
  root: string,
  name: string,
  at: string,
  manifest: Manifest,
): Promise<boolean> {
  if ((await host.kind(`${root}/node_modules/${name}`)) !== 'directory') return false;
  const declared = [manifest.types, manifest.typings, manifest.source].filter((entry) => entry !== undefined);
  if (declared.length === 0 && manifest.main) declared.push(manifest.main);
  for (const entry of declared) if ((await host.kind(join(at, entry))) === 'file') return true;
  return false;
}

async function readManifest(host: Host, directory: string): Promise<Manifest | undefined> {
  const text = await host.readFile(`${directory}/package.json`).catch(() => undefined);
  return text === undefined ? undefined : (safely(() => JSON.parse(text)) as Manifest | undefined);
}

/** A manifest that does not parse belongs to a template or a broken fixture; it names no package. */
function safely<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
