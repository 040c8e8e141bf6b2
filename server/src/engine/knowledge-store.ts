import { versionedPackages } from '../knowledge/callbacks.ts';
import { type Knowledge, knowledgeOf } from '../knowledge/knowledge.ts';
import { allSaid, type PackageKnowledge, readPackageKnowledge, saidOf } from '../knowledge/package-knowledge.ts';
import { moduleKey, type Said } from '../knowledge/said.ts';
import { compareText, type Note } from '../model/finding.ts';
import type { Host } from '../model/host.ts';
import { ancestors, basename, dirname, join } from '../typescript/paths.ts';
import { remember } from '../typescript/remember.ts';
import { workspaceMembers } from '../typescript/workspace-packages.ts';
import type { ResolvedConfig } from './config.ts';

export const packageKnowledgeFileName = 'asynclint.json';

/** What is known in one file by name, and where that comes from. */
export interface FileKnowledge {
  readonly knowledge: Knowledge;
  /** Equal texts mean equal knowledge. */
  readonly identity: string;
  /** The files that were read for it: manifests, and what packages say. */
  readonly dependsOn: readonly string[];
  /** What packages say wrongly, and is left out. */
  readonly notes: readonly Note[];
}

interface Gathered {
  readonly said: readonly Said[];
  readonly majors: Readonly<Record<string, number>>;
  readonly dependsOn: readonly string[];
  readonly notes: readonly Note[];
}

interface PackageRead {
  readonly said: readonly Said[];
  readonly version: string | undefined;
  readonly dependsOn: readonly string[];
  readonly notes: readonly Note[];
}

/**
 * Remembers what the packages that a folder's manifests name say about their functions. The manifests decide and not
 * the imports of a single file, because conclusions follow calls from file to file. Everything is read as data.
 */
export class KnowledgeStore {
  readonly #host: Host;
  readonly #folders = new Map<string, Promise<Gathered>>();
  readonly #packages = new Map<string, Promise<PackageRead>>();
  readonly #members = new Map<string, Promise<ReadonlyMap<string, string>>>();
  readonly #made = new Map<string, Knowledge>();

  constructor(host: Host) {
    this.#host = host;
  }

  /** What is known in a file: by this product, by the packages that its folder uses, and by its config. */
  async forFile(file: string, config: Pick<ResolvedConfig, 'knowledge'>): Promise<FileKnowledge> {
    const { said, majors, dependsOn, notes } = await this.#ofFolder(dirname(file));
    const own = config.knowledge.map(({ module, content }) => saidOf(module, content));
    const whole = allSaid([...own, ...said], majors);
    const identity = JSON.stringify(whole);
    let knowledge = this.#made.get(identity);
    if (!knowledge) this.#made.set(identity, (knowledge = knowledgeOf(whole)));
    return { knowledge, identity, dependsOn, notes };
  }

  /** Forgets what rests on a file that was changed, created or deleted. */
  invalidate(path: string): void {
    const name = basename(path);
    if (name === 'package.json' || name === packageKnowledgeFileName) this.forget();
  }

  /** Forgets everything: packages were installed, or a branch was switched. */
  forget(): void {
    this.#folders.clear();
    this.#packages.clear();
    this.#members.clear();
  }

  async #ofFolder(folder: string): Promise<Gathered> {
    const { files } = await this.#host.list(folder);
    const parent = [...ancestors(folder)][1];
    if (!files.includes('package.json') && parent !== undefined) return this.#ofFolder(parent);
    return remember(this.#folders, folder, () => this.#gather(folder));
  }

  async #gather(folder: string): Promise<Gathered> {
    const folders = [...ancestors(folder)];
    const manifests = await Promise.all(folders.map((at) => this.#manifest(join(at, 'package.json'))));
    const wanted = new Map<string, string>();
    for (const manifest of manifests)
      for (const kind of dependencyKinds)
        for (const [name, range] of Object.entries(manifest?.[kind] ?? {}))
          if (!wanted.has(name)) wanted.set(name, String(range));
    const names = [...wanted.keys()].sort(compareText);
    const read = await Promise.all(names.map((name) => this.#package(name, folders)));
    const own = await this.#ownPackage(manifests[0]?.name, folder);
    const majors: Record<string, number> = {};
    for (const [index, name] of names.entries()) {
      const major = /\d+/.exec(read[index]?.version ?? wanted.get(name) ?? '')?.[0];
      if (versionedPackages.has(name) && major !== undefined) majors[name] = Number(major);
    }
    const all = [...(own ? [own] : []), ...read.filter((one) => one !== undefined)];
    const present = folders.filter((_, index) => manifests[index]).map((at) => join(at, 'package.json'));
    return {
      said: all.flatMap(({ said }) => said),
      majors,
      dependsOn: [...new Set([...present, ...all.flatMap((one) => one.dependsOn)])].sort(compareText),
      notes: all.flatMap(({ notes }) => notes),
    };
  }

  /** A package is imported by its own name too, by its tests and examples. */
  async #ownPackage(name: string | undefined, folder: string): Promise<PackageRead | undefined> {
    return name === undefined ? undefined : this.#read(name, folder);
  }

  /** The package as the folders see it: installed in one of them, or a member of the workspace. */
  async #package(name: string, folders: readonly string[]): Promise<PackageRead | undefined> {
    for (const folder of folders) {
      const at = `${folder}/node_modules/${name}`;
      if ((await this.#host.kind(at)) === 'directory') return this.#read(name, await this.#host.realpath(at));
    }
    const [nearest = '/'] = folders;
    const members = await remember(this.#members, nearest, () => workspaceMembers(this.#host, nearest));
    const member = members.get(name);
    return member === undefined ? undefined : this.#read(name, member);
  }

  #read(name: string, at: string): Promise<PackageRead> {
    return remember(this.#packages, `${name} ${at}`, () => this.#readPackage(name, at));
  }

  async #readPackage(name: string, at: string): Promise<PackageRead> {
    const manifestFile = join(at, 'package.json');
    const manifest = await this.#manifest(manifestFile);
    const said: Said[] = [];
    const notes: Note[] = [];
    // What lies in the workspace may come to be at any time; installed packages change as a whole.
    const dependsOn = at.includes('/node_modules/') ? [] : [manifestFile];
    const add = (file: string, value: unknown, where: string): void => {
      const result = readPackageKnowledge(value);
      dependsOn.push(file);
      if ('content' in result) said.push(saidOf(moduleOf(name), result.content));
      else notes.push({ level: 'warning', file, text: `what ${name} says in ${where} is left out, ${result.fault}` });
    };
    const inManifest = (manifest?.asynclint as { readonly provides?: unknown } | undefined)?.provides;
    if (inManifest !== undefined) add(manifestFile, inManifest, 'package.json ("asynclint.provides")');
    for (const folder of foldersOfTypes(at, manifest)) {
      const file = join(folder, packageKnowledgeFileName);
      const text = await this.#host.readFile(file).catch(() => undefined);
      if (text === undefined) continue;
      const parsed = parse(text);
      if ('fault' in parsed)
        notes.push({
          level: 'warning',
          file,
          text: `what ${name} says in ${packageKnowledgeFileName} is left out, ${parsed.fault}`,
        });
      else add(file, parsed.value, packageKnowledgeFileName);
      if (!dependsOn.includes(file)) dependsOn.push(file);
      break;
    }
    return { said, notes, dependsOn, version: manifest?.version };
  }

  async #manifest(file: string): Promise<Manifest | undefined> {
    const text = await this.#host.readFile(file).catch(() => undefined);
    if (text === undefined || text.length > longestManifest) return undefined;
    const parsed = parse(text, longestManifest);
    return 'value' in parsed && typeof parsed.value === 'object'
      ? ((parsed.value ?? undefined) as Manifest)
      : undefined;
  }
}

interface Manifest extends Partial<Record<(typeof dependencyKinds)[number], Readonly<Record<string, unknown>>>> {
  readonly name?: string;
  readonly version?: string;
  readonly types?: string;
  readonly typings?: string;
  readonly asynclint?: unknown;
}

const dependencyKinds = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/** Characters. What a package has to say fits into a fraction of it; more is a mistake, or worse. */
const longestKnowledge = 64 * 1024;
const longestManifest = 1024 * 1024;

function parse(text: string, longest = longestKnowledge): { readonly value: unknown } | { readonly fault: string } {
  if (text.length > longest) return { fault: `it is longer than ${longest / 1024} KB` };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { fault: 'it is not valid JSON' };
  }
}

/** The package's folder, and that of its types. */
function foldersOfTypes(at: string, manifest: Manifest | undefined): readonly string[] {
  const types = manifest?.types ?? manifest?.typings;
  const beside = typeof types === 'string' ? dirname(join(at, types)) : at;
  return beside === at || !beside.startsWith(`${at}/`) ? [at] : [at, beside];
}

/** `@types/foo` speaks of foo. */
function moduleOf(name: string): string {
  const [, typed] = /^@types\/(.*)$/.exec(name) ?? [];
  if (typed === undefined) return name;
  return typed.includes('__') ? `@${typed.replace('__', '/')}` : typed;
}

/** What a config says about modules: names of packages, and paths that are relative to its folder. */
export function ownKnowledge(
  folder: string,
  entries: Readonly<Record<string, PackageKnowledge | undefined>>,
): readonly { readonly module: string; readonly content: PackageKnowledge }[] {
  return Object.entries(entries).flatMap(([name, content]) => {
    if (!content) return [];
    return [{ module: name.startsWith('.') ? moduleKey(join(folder, name)) : name, content }];
  });
}
