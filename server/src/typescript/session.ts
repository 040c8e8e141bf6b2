import pLimit from 'p-limit';
import { API, type Snapshot } from 'typescript/async';
import type { Note } from '../model/finding.ts';
import type { Host } from '../model/host.ts';
import { endCompiler, watchCompiler } from './compiler-process.ts';
import { findNativeCompiler } from './native.ts';
import { basename, dirname, normalise } from './paths.ts';
import type { Program } from './program.ts';
import { acceptsFile, type ProjectInputs, type ProjectPlan, Projects } from './projects.ts';
import { SharedSnapshot } from './shared-snapshot.ts';

/** The native process died, or was closed, while a question was open. */
export class CompilerGone extends Error {
  override name = 'CompilerGone';
}

/** Changes since the last snapshot, in absolute paths. */
export interface FileChanges {
  readonly changed?: readonly string[];
  readonly created?: readonly string[];
  readonly deleted?: readonly string[];
  /** Nothing that was read from disk can be relied on: packages were installed, or a branch was switched. */
  readonly everything?: boolean;
}

/** A snapshot that stays alive until it is released. */
export interface Lease extends AsyncDisposable {
  /** The program of a file that the lease was asked for. */
  program(file: string): Program;
  /** What the user should know about the file's project. */
  notes(file: string): readonly Note[];
  tsconfig(file: string): string | undefined;
  /** What the file's program is made of. */
  plan(file: string): ProjectPlan;
  /** Whether the compiler behind the lease has ended; answers since then are worthless. */
  isDead(): boolean;
  /** Distinguishes snapshots: equal ids mean equal texts and types. */
  readonly id: number;
}

export interface SessionOptions {
  readonly host: Host;
  /** The native compiler; found by itself where it is not given. */
  readonly native?: string | undefined;
  readonly cwd: string;
  /** Called once when the native process ends without having been asked to. */
  readonly onDeath?: () => void;
}

interface Loaded {
  readonly id: string;
  plan: ProjectPlan;
}

/**
 * One resident native compiler and its current snapshot. Every project is a synthetic program whose options were made
 * usable (see compiler-options.ts), so that a tsconfig of any age can be linted and edits stay incremental.
 *
 * Unsaved texts reach the compiler as layers over the disk. A layer sticks to its file, so a file that once had
 * one gets its text from here ever after.
 */
export class Session {
  readonly #options: SessionOptions;
  readonly #inOrder = pLimit(1);
  readonly #projects: Projects;
  readonly #loaded = new Map<string, Loaded>();
  readonly #homes = new Map<string, string>();
  readonly #layered = new Set<string>();
  readonly #buffers = new Map<string, string>();
  #pending: { changed: Set<string>; created: Set<string>; deleted: Set<string>; reload: boolean; everything: boolean } =
    nothing();
  #api: API | undefined;
  #current: SharedSnapshot | undefined;
  #closing = false;
  #pid: number | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#projects = new Projects(options.host, () => this.#compiler());
  }

  /** The process id of the native compiler, while it runs. */
  get pid(): number | undefined {
    return this.#pid;
  }

  /** The folder of the compiler and of its own library, with links resolved. */
  library(): Promise<string> {
    return this.#options.host.realpath(dirname(normalise(findNativeCompiler(this.#options.native))));
  }

  /** Lays an unsaved text over a file; undefined takes it away again. */
  setBuffer(file: string, text: string | undefined): void {
    if (text === undefined) this.#buffers.delete(file);
    else this.#buffers.set(file, text);
    this.#layered.add(file);
    this.#pending.changed.add(file);
    this.#pending.deleted.delete(file);
  }

  /** Says what changed on disk. */
  filesChanged({ changed = [], created = [], deleted = [], everything = false }: FileChanges): void {
    if (everything) this.#pending.everything = this.#pending.reload = true;
    for (const file of changed) this.#pending.changed.add(file);
    for (const file of created) this.#pending.created.add(file);
    for (const file of deleted) this.#pending.deleted.add(file);
    if ([...changed, ...created, ...deleted].some(decidesProjects) || created.length + deleted.length > 0)
      this.#pending.reload = true;
  }

  /** The files of a tsconfig and of the projects that it references. Rejects with ConfigError where it cannot be read. */
  projectFiles(tsconfig: string): Promise<readonly string[]> {
    return this.#inOrder(() => this.#projects.files(tsconfig));
  }

  /** What the choice of projects and their options rests on, so far. */
  projectInputs(): Promise<ProjectInputs> {
    return this.#inOrder(() => this.#projects.inputs());
  }

  /**
   * Brings the snapshot up to date and loads the projects of the files.
   * @param tsconfig uses this project for all files instead of looking for one
   */
  lease(files: readonly string[], signal: AbortSignal, tsconfig?: string): Promise<Lease> {
    return this.#inOrder(async () => {
      signal.throwIfAborted();
      await this.#refresh();
      await this.#load(files, tsconfig);
      const snapshot = this.#current;
      if (!snapshot) throw new CompilerGone('The TypeScript compiler is not running.');
      snapshot.take();
      return this.#leaseOn(snapshot);
    });
  }

  /** Ends the native process. Open questions reject with CompilerGone. */
  async close(): Promise<void> {
    this.#closing = true;
    const api = this.#api;
    this.#api = undefined;
    this.#current = undefined;
    if (api) await endCompiler(api);
  }

  #leaseOn(snapshot: SharedSnapshot): Lease {
    const api = this.#api;
    const loaded = new Map(this.#loaded);
    const homes = new Map(this.#homes);
    const home = (file: string): Loaded => {
      const found = loaded.get(homes.get(file) ?? '');
      if (!found) throw new Error(`No project was loaded for ${file}.`);
      return found;
    };
    return {
      id: snapshot.id,
      program: (file) => snapshot.program(home(file).id),
      notes: (file) => home(file).plan.notes,
      tsconfig: (file) => home(file).plan.tsconfig,
      plan: (file) => home(file).plan,
      isDead: () => this.#api !== api,
      [Symbol.asyncDispose]: () => snapshot.release(),
    };
  }

  #compiler(): API {
    if (this.#api) return this.#api;
    const api = new API({
      cwd: this.#options.cwd,
      tsserverPath: findNativeCompiler(this.#options.native),
      maxResponseBytesPerPage: responsePageBytes,
    });
    this.#api = api;
    return api;
  }

  #watchProcess(api: API): void {
    this.#pid = watchCompiler(api, this.#pid, () => {
      this.#pid = undefined;
      if (this.#closing || this.#api !== api) return;
      this.#api = undefined;
      this.#current = undefined;
      this.#loaded.clear();
      this.#homes.clear();
      this.#projects.forget();
      this.#options.onDeath?.();
    });
  }

  async #refresh(): Promise<void> {
    const pending = this.#pending;
    this.#pending = nothing();
    if (pending.reload) {
      this.#projects.forget();
      this.#homes.clear();
    }
    const touched = [...pending.changed, ...pending.created, ...pending.deleted];
    const api = this.#compiler();
    if (!this.#current) {
      const snapshot = await api.createSnapshot({ ...(await this.#layer([...this.#layered])) });
      this.#watchProcess(api);
      this.#current = new SharedSnapshot(snapshot);
    } else if (pending.everything) {
      await this.#advance({
        ...(await this.#layer([...this.#layered])),
        fileNotifications: { invalidateAll: true },
        ensurePrograms: true,
      });
    } else if (touched.length > 0) {
      await this.#advance({
        ...(await this.#layer(touched.filter((file) => this.#layered.has(file)))),
        fileNotifications: {
          changed: [...pending.changed],
          created: [...pending.created],
          deleted: [...pending.deleted],
        },
        ensurePrograms: true,
      });
    }
    if (pending.reload) await this.#replan();
  }

  /** Texts that the compiler must take from us: unsaved buffers, and what the disk says of files that once were buffers. */
  async #layer(
    files: readonly string[],
  ): Promise<{ fileSystem?: { kind: 'layer'; files: Record<string, string>; removedPaths: string[] } }> {
    if (files.length === 0) return {};
    const texts: Record<string, string> = {};
    const removedPaths: string[] = [];
    for (const file of files) {
      const text = this.#buffers.get(file) ?? (await this.#options.host.readFile(file).catch(() => undefined));
      if (text === undefined) removedPaths.push(file);
      else texts[file] = text;
    }
    return { fileSystem: { kind: 'layer', files: texts, removedPaths } };
  }

  async #advance(changes: Parameters<Snapshot['update']>[0]): Promise<Snapshot> {
    const current = this.#current;
    if (!current) throw new CompilerGone('The TypeScript compiler is not running.');
    const next = await current.snapshot.update(changes);
    this.#current = new SharedSnapshot(next);
    await current.release();
    return next;
  }

  /** After configs or the set of files changed: gives every loaded program its new roots and options. */
  async #replan(): Promise<void> {
    const reconfigured: { id: string; rootFiles: readonly string[]; compilerOptions: ProjectPlan['options'] }[] = [];
    const removed: string[] = [];
    for (const [key, loaded] of this.#loaded) {
      const plan = loaded.plan.tsconfig === key ? await this.#projects.named(key).catch(() => undefined) : undefined;
      if (!plan) {
        removed.push(loaded.id);
        this.#loaded.delete(key);
        continue;
      }
      if (JSON.stringify(plan) === JSON.stringify(loaded.plan)) continue;
      loaded.plan = plan;
      reconfigured.push({ id: loaded.id, rootFiles: plan.rootFiles, compilerOptions: plan.options });
    }
    if (reconfigured.length + removed.length === 0) return;
    await this.#advance({
      ...(reconfigured.length > 0 && { reconfigurePrograms: reconfigured as never }),
      ...(removed.length > 0 && { removePrograms: removed as never }),
      ensurePrograms: true,
    });
  }

  async #load(files: readonly string[], tsconfig: string | undefined): Promise<void> {
    const plans = new Map<string, ProjectPlan>();
    const loose = new Map<string, { plan: Omit<ProjectPlan, 'rootFiles'>; files: Set<string> }>();
    const fixed = tsconfig === undefined ? undefined : await this.#projects.named(tsconfig);
    for (const file of files) {
      const known = this.#homes.get(file);
      if (known !== undefined && this.#loaded.has(known) && (!fixed || known === fixed.key)) continue;
      const home = await this.#homeOf(file, fixed);
      if ('plan' in home) {
        plans.set(home.plan.key, home.plan);
        this.#homes.set(file, home.plan.key);
        continue;
      }
      const group = loose.get(home.loose.key) ?? { plan: home.loose, files: new Set() };
      group.files.add(file);
      loose.set(home.loose.key, group);
      this.#homes.set(file, home.loose.key);
    }
    for (const { plan, files: added } of loose.values()) {
      const before = this.#loaded.get(plan.key)?.plan.rootFiles ?? [];
      plans.set(plan.key, { ...plan, rootFiles: [...new Set([...before, ...added])].sort() });
    }
    await this.#ensure([...plans.values()]);
  }

  async #homeOf(
    file: string,
    fixed: ProjectPlan | undefined,
  ): Promise<{ plan: ProjectPlan } | { loose: Omit<ProjectPlan, 'rootFiles'> }> {
    if (fixed?.rootFiles.includes(file)) return { plan: fixed };
    const configured = await this.#projects.configured(file);
    if ('plan' in configured) return configured;
    for (const plan of configured.maybe) {
      if (!acceptsFile(plan.options, file)) continue;
      await this.#ensure([plan]);
      const loaded = this.#loaded.get(plan.key);
      const program = loaded && this.#current?.program(loaded.id);
      if (program && (await program.includes(file))) return { plan };
    }
    return { loose: await this.#projects.loose(file) };
  }

  /** Creates the programs that are not there yet, and gives new roots to those that grew. */
  async #ensure(plans: readonly ProjectPlan[]): Promise<void> {
    const created = plans.filter((plan) => !this.#loaded.has(plan.key));
    const grown = plans.filter((plan) => {
      const loaded = this.#loaded.get(plan.key);
      return loaded && loaded.plan.rootFiles.length !== plan.rootFiles.length;
    });
    if (created.length + grown.length === 0) return;
    const snapshot = await this.#advance({
      createPrograms: created.map((plan) => ({ rootFiles: plan.rootFiles, compilerOptions: plan.options as never })),
      ...(grown.length > 0 && {
        reconfigurePrograms: grown.map((plan) => ({
          id: this.#loaded.get(plan.key)?.id as never,
          rootFiles: plan.rootFiles,
          compilerOptions: plan.options as never,
        })),
      }),
      ensurePrograms: true,
    });
    for (const plan of grown) {
      const loaded = this.#loaded.get(plan.key);
      if (loaded) loaded.plan = plan;
    }
    for (const [index, plan] of created.entries()) {
      const program = snapshot.operation.createdPrograms?.[index];
      if (program) this.#loaded.set(plan.key, { id: program.id, plan });
    }
  }
}

/** Half a megabyte of JSON is parsed in a few milliseconds; a page more costs little. */
const responsePageBytes = 512 * 1024;

function nothing(): {
  changed: Set<string>;
  created: Set<string>;
  deleted: Set<string>;
  reload: boolean;
  everything: boolean;
} {
  return { changed: new Set(), created: new Set(), deleted: new Set(), reload: false, everything: false };
}

/** Files that decide which project a file belongs to, and with what options. */
function decidesProjects(file: string): boolean {
  const name = basename(file);
  return (
    /^(?:tsconfig|jsconfig).*\.json$/.test(name) ||
    ['package.json', 'pnpm-workspace.yaml', 'lerna.json'].includes(name) ||
    file.includes('/tsconfig')
  );
}
