import type { API, CompilerOptions } from 'typescript/async';
import type { Note } from '../model/finding.ts';
import type { Host } from '../model/host.ts';
import { defaultOptions, lintOptions } from './compiler-options.ts';
import { type ConfigInputs, configInputs } from './config-inputs.ts';
import { dirname, isInside, isJavaScript, join } from './paths.ts';
import { remember } from './remember.ts';
import { type PackagePaths, workspacePackages } from './workspace-packages.ts';

/** What a program is made of. Two files with equal plans share a program. */
export interface ProjectPlan {
  /** The tsconfig's path, or `loose:` and the folder whose options a file outside every tsconfig borrows. */
  readonly key: string;
  readonly tsconfig: string | undefined;
  readonly rootFiles: readonly string[];
  readonly options: CompilerOptions;
  readonly notes: readonly Note[];
}

/** What the choice of projects and their options rests on, so far. */
export interface ProjectInputs {
  readonly configs: readonly ConfigInputs[];
  /** Folders that were searched for packages of the workspace. */
  readonly folders: ReadonlySet<string>;
  /** What was asked of the file system by path, and the answer. */
  readonly kinds: ReadonlyMap<string, 'file' | 'directory' | undefined>;
}

interface ParsedConfig {
  readonly plan: ProjectPlan;
  readonly files: ReadonlySet<string>;
  readonly references: readonly string[];
  readonly inputs: ConfigInputs;
  /** Whether `files` lists entry points by hand, so that imported files belong to the project too. */
  readonly listsEntryPoints: boolean;
}

/** A config file that is being asked for does not parse or is not there. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * Finds the project of a file: the nearest tsconfig that includes it, itself or through its references, then those
 * further up. Parsed configs are kept until `forget`.
 */
export class Projects {
  readonly #host: Host;
  readonly #api: () => API;
  readonly #parsed = new Map<string, Promise<ParsedConfig | undefined>>();
  readonly #packages = new Map<string, Promise<PackagePaths>>();
  readonly #nearest = new Map<string, Promise<readonly string[]>>();
  readonly #folders = new Set<string>();
  readonly #kinds = new Map<string, 'file' | 'directory' | undefined>();

  constructor(host: Host, api: () => API) {
    this.#host = {
      ...host,
      kind: async (path) => {
        const kind = await host.kind(path);
        this.#kinds.set(path, kind);
        return kind;
      },
    };
    this.#api = api;
  }

  /** What all answers so far rest on. */
  async inputs(): Promise<ProjectInputs> {
    const parsed = await Promise.all([...this.#parsed.values()].map((each) => each.catch(() => undefined)));
    return {
      configs: parsed.flatMap((each) => each?.inputs ?? []),
      folders: this.#folders,
      kinds: this.#kinds,
    };
  }

  /** Forgets everything read from disk; the next question reads again. */
  forget(): void {
    this.#parsed.clear();
    this.#packages.clear();
    this.#nearest.clear();
    this.#folders.clear();
    this.#kinds.clear();
  }

  /** The plan of the config that includes the file, or undefined where the file is loose. */
  async configured(file: string): Promise<{ plan: ProjectPlan } | { maybe: readonly ProjectPlan[] }> {
    const entryPointPlans: ProjectPlan[] = [];
    for (const config of await this.#configsAbove(dirname(file))) {
      const found = await this.#including(config, file, new Set(), entryPointPlans);
      if (found) return { plan: found };
    }
    return { maybe: entryPointPlans };
  }

  /** The plan for a named tsconfig. Throws ConfigError where it cannot be read. */
  async named(tsconfig: string): Promise<ProjectPlan> {
    if ((await this.#host.kind(tsconfig)) !== 'file') throw new ConfigError(`There is no tsconfig at ${tsconfig}.`);
    const parsed = await this.#parse(tsconfig);
    if (!parsed) throw new ConfigError(`${tsconfig} cannot be read.`);
    const broken = parsed.plan.notes.find((note) => note.level === 'error');
    if (broken) throw new ConfigError(broken.text);
    return parsed.plan;
  }

  /** The files of a tsconfig and of everything that it references, for `-p`. */
  async files(tsconfig: string, seen = new Set<string>()): Promise<readonly string[]> {
    if (seen.has(tsconfig)) return [];
    seen.add(tsconfig);
    const { rootFiles } = await this.named(tsconfig);
    const parsed = await this.#parse(tsconfig);
    const referenced = await Promise.all((parsed?.references ?? []).map((reference) => this.files(reference, seen)));
    return [...new Set([...rootFiles, ...referenced.flat()])];
  }

  /** The plan for files that no tsconfig includes: the options of the nearest one, and plain JavaScript allowed. */
  async loose(file: string): Promise<Omit<ProjectPlan, 'rootFiles'>> {
    const [nearest] = await this.#configsAbove(dirname(file));
    const parsed = nearest === undefined ? undefined : await this.#parse(nearest);
    if (!parsed || !nearest) {
      const packages = await this.#packagesAround(dirname(file));
      const options = lintOptions(defaultOptions, dirname(file), true, packages).options;
      const root = Object.keys(packages).length > 0 ? 'workspace' : 'file';
      return { key: `loose:${root === 'file' ? '' : dirname(file)}`, tsconfig: undefined, options, notes: [] };
    }
    const { options, notes } = parsed.plan;
    return { key: `loose:${nearest}`, tsconfig: nearest, options: { ...options, allowJs: true }, notes };
  }

  async #including(
    config: string,
    file: string,
    seen: Set<string>,
    entryPoints: ProjectPlan[],
  ): Promise<ProjectPlan | undefined> {
    if (seen.has(config)) return undefined;
    seen.add(config);
    const parsed = await this.#parse(config);
    if (!parsed) return undefined;
    if (parsed.files.has(file)) return parsed.plan;
    if (parsed.listsEntryPoints && isInside(file, dirname(config))) entryPoints.push(parsed.plan);
    for (const reference of parsed.references) {
      const found = await this.#including(reference, file, seen, entryPoints);
      if (found) return found;
    }
    return undefined;
  }

  /** Every tsconfig.json (or, where there is none beside it, jsconfig.json) from a folder upwards, nearest first. */
  #configsAbove(directory: string): Promise<readonly string[]> {
    return remember(this.#nearest, directory, () => this.#searchFrom(directory));
  }

  async #searchFrom(directory: string): Promise<readonly string[]> {
    const parent = dirname(directory);
    const above = parent === directory ? [] : this.#configsAbove(parent);
    const { files } = await this.#host.list(directory);
    const own = ['tsconfig.json', 'jsconfig.json'].find((name) => files.includes(name));
    return own === undefined ? above : [join(directory, own), ...(await above)];
  }

  #parse(config: string): Promise<ParsedConfig | undefined> {
    return remember(this.#parsed, config, () => this.#read(config));
  }

  async #read(config: string): Promise<ParsedConfig | undefined> {
    if ((await this.#host.kind(config)) !== 'file') return undefined;
    const directory = dirname(config);
    const [parsed, read] = await Promise.all([this.#api().parseConfigFile(config), this.#api().readConfigFile(config)]);
    // Where there is no input file, or a package to extend is missing, the rest of the config still counts.
    const missing = parsed.errors.filter((error) => error.code === fileNotFound);
    const noInputs = parsed.errors.some((error) => error.code === noInputsFound || error.code === emptyFiles);
    const broken = [...(read.error ? [read.error] : []), ...parsed.errors.filter((error) => isSyntaxError(error.code))];
    const packages = await this.#packagesAround(directory);
    const { options, removed } = lintOptions(parsed.options, directory, missing.length + broken.length === 0, packages);
    const notes: Note[] = [];
    if (removed.length > 0) {
      const names = removed.map((name) => `\`${name}\``).join(', ');
      notes.push({
        level: 'info',
        file: config,
        text: `${names} ${removed.length > 1 ? 'are' : 'is'} gone in TypeScript 7; linting goes on with what comes nearest`,
      });
    }
    for (const error of missing)
      notes.push({ level: 'info', file: config, text: `${error.text} Linting goes on without it` });
    const [syntax] = broken;
    if (syntax) notes.push({ level: 'error', file: config, text: `${config} does not parse: ${syntax.text}` });
    const raw = (parsed.raw ?? {}) as { files?: unknown; include?: unknown };
    const rootFiles = noInputs ? [] : parsed.fileNames;
    return {
      plan: { key: config, tsconfig: config, rootFiles, options, notes },
      files: new Set(rootFiles),
      references: (parsed.projectReferences ?? []).map(({ path }) =>
        path.endsWith('.json') ? path : join(path, 'tsconfig.json'),
      ),
      inputs: await configInputs(this.#host, config, parsed),
      listsEntryPoints: Array.isArray(raw.files) && raw.files.length > 0,
    };
  }

  #packagesAround(directory: string): Promise<PackagePaths> {
    const list: Host['list'] = (path) => {
      this.#folders.add(path);
      return this.#host.list(path);
    };
    return remember(this.#packages, directory, () => workspacePackages({ ...this.#host, list }, directory));
  }
}

const fileNotFound = 6053;
const emptyFiles = 18002;
const noInputsFound = 18003;

/** TypeScript numbers its syntax errors from 1000 to 1999. */
function isSyntaxError(code: number): boolean {
  return 1000 <= code && code < 2000;
}

/** Whether a program with these options would take the file as a root. */
export function acceptsFile(options: CompilerOptions, file: string): boolean {
  return !isJavaScript(file) || options.allowJs === true;
}
