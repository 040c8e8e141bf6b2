import pLimit from 'p-limit';
import type { CacheHost } from '../model/cache-host.ts';
import type { Asked, Explanation } from '../model/explanation.ts';
import { type Finding, type Fix, spanKey } from '../model/finding.ts';
import type { Host } from '../model/host.ts';
import type { FileResult } from '../model/result.ts';
import type { Rule } from '../rules/define.ts';
import { commentsMatching, lineStartOf } from '../typescript/comments.ts';
import { remember } from '../typescript/remember.ts';
import { type FileChanges, type Lease, Session } from '../typescript/session.ts';
import { allOrFirstFailure } from './all-or-first-failure.ts';
import type { AskedFile } from './asked-file.ts';
import { KeptResults, type Made } from './cache/kept-results.ts';
import { type ConfigOverrides, ConfigStore, type ResolvedConfig } from './config.ts';
import { directivePattern } from './directives.ts';
import { enabledBy, settingsOf } from './enabled-rules.ts';
import { explainIn, isAsyncAt } from './explain.ts';
import { type FileKnowledge, KnowledgeStore } from './knowledge-store.ts';
import { makeResult } from './make-result.ts';
import { unusedDirective } from './own-rules.ts';
import { type Suppression, suppressInFile, suppressOnLine } from './suppress.ts';

export interface LinterOptions {
  readonly host: Host;
  readonly rules: readonly Rule[];
  /** The native compiler; found by itself where it is not given. */
  readonly native?: string | undefined;
  /** Absolute, with forward slashes. */
  readonly cwd: string;
  /** Remembers results between runs; without it each is computed anew. */
  readonly cache?: { readonly tools: CacheHost; readonly version: string } | undefined;
  /** Called when the native compiler ends without having been asked to. The next `lint` starts another. */
  readonly onCompilerDeath?: () => void;
}

export interface LintOptions extends ConfigOverrides {
  readonly signal: AbortSignal;
  /** Uses this tsconfig's project for the files that it includes. */
  readonly tsconfig?: string | undefined;
  /** Computes the fixes of every finding too, or of those that are named: `FileResult.fixes`. */
  readonly withFixes?: boolean | ((finding: Finding) => boolean);
  /** Of which files kept results will do; of all where it is not given. */
  readonly recalls?: (file: string) => boolean;
  /** For fixes that will be applied: they are computed now, whatever was kept. */
  readonly freshFixes?: boolean;
  /** Called as soon as a file is done, in the order of completion. */
  readonly onResult?: (result: FileResult, done: number, total: number) => void;
}

export type AskOptions = Omit<LintOptions, 'withFixes' | 'onResult'>;

/** About thirty files in flight keep the compiler busy without holding many trees in memory. */
const filesInFlight = 32;
/** Programs are loaded for so many files at a time, so that a first result comes early. */
const filesPerLease = 4000;

/**
 * The engine's front door: one resident compiler, the configs and the rules. Command line and language server
 * both go through it, so that they agree.
 */
export class Linter {
  /** The host given, which remembers the folders it has listed until files come or go. */
  readonly host: Host;
  readonly #host: Host;
  readonly #lists = new Map<string, ReturnType<Host['list']>>();
  readonly #rules: readonly Rule[];
  readonly #session: Session;
  readonly #configs: ConfigStore;
  readonly #knowledge: KnowledgeStore;
  readonly #kept: KeptResults | undefined;

  private constructor(options: LinterOptions) {
    this.host = rememberingLists(options.host, this.#lists);
    this.#host = this.host;
    this.#rules = options.rules;
    this.#configs = ConfigStore.create(this.host, options.rules);
    this.#knowledge = new KnowledgeStore(this.host);
    this.#session = new Session({
      host: this.host,
      native: options.native,
      cwd: options.cwd,
      ...(options.onCompilerDeath && { onDeath: options.onCompilerDeath }),
    });
    this.#kept = options.cache && new KeptResults({ ...options.cache, host: this.host, cwd: options.cwd });
  }

  static create(options: LinterOptions): Linter {
    return new Linter(options);
  }

  /** The process id of the native compiler, while it runs. */
  get compilerPid(): number | undefined {
    return this.#session.pid;
  }

  /** Lays an unsaved text over a file; undefined takes it away. The host must answer `readFile` with the same text. */
  setBuffer(file: string, text: string | undefined): void {
    this.#session.setBuffer(file, text);
    this.#kept?.buffered(file, text);
    this.#configs.invalidate(file);
    this.#knowledge.invalidate(file);
  }

  /** Says what changed on disk. */
  filesChanged(changes: FileChanges): void {
    for (const file of [...(changes.changed ?? []), ...(changes.created ?? []), ...(changes.deleted ?? [])]) {
      this.#configs.invalidate(file);
      this.#knowledge.invalidate(file);
    }
    if (changes.everything) this.#knowledge.forget();
    this.#lists.clear();
    this.#session.filesChanged(changes);
    this.#kept?.filesChanged(changes);
  }

  /** The config that holds for a file. */
  config(file: string, options: ConfigOverrides = {}): Promise<ResolvedConfig> {
    return this.#configs.forFile(file, options);
  }

  /** The files of a tsconfig and of the projects that it references. Rejects with ConfigError where it cannot be read. */
  async projectFiles(tsconfig: string, signal: AbortSignal): Promise<readonly string[]> {
    const known = await this.#kept?.projectFiles(tsconfig, signal);
    if (known) return known;
    const files = await this.#session.projectFiles(tsconfig);
    this.#kept?.rememberProjectFiles(tsconfig, files);
    return files;
  }

  /** Whether a new text of one file may change the result of another, which was linted before. False is certain. */
  mayMatter(changed: string, text: string, file: string): boolean {
    return this.#kept?.mayMatter(changed, text, file) ?? true;
  }

  /** Starts the compiler and loads the projects of files, so that the next run need not wait for that. */
  async warmUp(files: readonly string[], signal: AbortSignal): Promise<void> {
    await using _lease = await this.#session.lease(files, signal);
  }

  /** Whether there are results that `keep` would keep. */
  get hasToKeep(): boolean {
    return this.#kept?.hasNew ?? false;
  }

  /** Keeps the results so far for later runs. Rejects with the signal's reason when aborted. */
  async keep(signal: AbortSignal): Promise<void> {
    await this.#kept?.keep(this.#session, signal);
  }

  /**
   * Lints files. Rejects with the signal's reason when aborted, and with CompilerGone when the compiler dies.
   * @param files absolute paths
   * @returns one result a file, in the order given
   */
  async lint(files: readonly string[], options: LintOptions): Promise<readonly FileResult[]> {
    const known = await this.#recall(files, options);
    const results = new Map(known);
    let done = 0;
    for (const result of known.values()) options.onResult?.(result, ++done, files.length);
    const unknown = files.filter((file) => !known.has(file));
    for (let from = 0; from < unknown.length; from += filesPerLease) {
      const part = unknown.slice(from, from + filesPerLease);
      const generation = this.#kept?.generation ?? 0;
      await using lease = await this.#session.lease(part, options.signal, options.tsconfig);
      const limit = pLimit(filesInFlight);
      const lint = async (file: string): Promise<void> => {
        const made = await this.#lintOne(lease, file, options, unknown.length > filesInFlight);
        await this.#kept?.made(made, { generation, tsconfig: options.tsconfig, withFixes: options.withFixes });
        results.set(file, made.result);
        options.onResult?.(made.result, ++done, files.length);
      };
      await allOrFirstFailure(part.map((file) => limit(lint, file)));
    }
    return files.flatMap((file) => results.get(file) ?? []);
  }

  /**
   * The fixes of a finding, computed afresh from the current text.
   * Empty where the finding is no longer there.
   */
  async fixes(finding: Finding, options: AskOptions): Promise<readonly Fix[]> {
    const [result] = await this.lint([finding.file], { ...options, withFixes: true });
    const same = result?.findings.find(
      ({ rule, key, span }) => rule === finding.rule && key === finding.key && spanKey(span) === spanKey(finding.span),
    );
    return (same && result?.fixes?.get(same)) ?? [];
  }

  /**
   * The edit that suppresses a finding's rule on its line or in its file, and where the cursor goes.
   * Undefined where the file cannot be read. Rejects with the signal's reason when aborted.
   */
  async suppression(
    finding: Pick<Finding, 'file' | 'span' | 'rule'>,
    scope: 'line' | 'file',
    signal: AbortSignal,
  ): Promise<Suppression | undefined> {
    const { file, span, rule } = finding;
    await using lease = await this.#session.lease([file], signal);
    const view = await lease.program(file).view(file);
    if (!view) return undefined;
    const { text, sourceFile } = view;
    const comments = commentsMatching(sourceFile, scope === 'line' ? directivePattern : anyComment);
    if (scope === 'file') return suppressInFile({ file, text, comments, rule });
    return suppressOnLine({ file, text, comments, span, rule }, lineStartOf(sourceFile, span.start));
  }

  /**
   * Runs work on a file and on what holds for it, while its snapshot lives. Rejects with the signal's reason when
   * aborted, and with CompilerGone when the compiler dies.
   */
  async ask<T>(file: string, options: AskOptions, work: (asked: AskedFile) => Promise<T>): Promise<T> {
    await using lease = await this.#session.lease([file], options.signal, options.tsconfig);
    const config = await this.#configs.forFile(file, options);
    const { knowledge } = await this.#knowledge.forFile(file, config);
    const tools = { rules: this.#rules, enabled: enabledBy(config, this.#rules), knowledge, host: this.#host };
    return await work({ lease, file, config, ...tools, signal: options.signal });
  }

  /** Explains a line of a file; undefined where the file cannot be read. Rejects as `ask` does. */
  explain(file: string, asked: Asked, options: AskOptions): Promise<Explanation | undefined> {
    return this.ask(file, options, (about) => explainIn({ ...about, asked }));
  }

  /** Whether anything on a line is a promise, gives one, or waits. Rejects as `ask` does. */
  isAsyncAt(file: string, asked: Asked, signal: AbortSignal): Promise<boolean> {
    return this.ask(file, { signal }, (about) => isAsyncAt(about, asked));
  }

  /** Ends the compiler. */
  dispose(): Promise<void> {
    return this.#session.close();
  }

  /** The results that were kept and hold, unless fixes are wanted that were not. */
  async #recall(files: readonly string[], options: LintOptions): Promise<ReadonlyMap<string, FileResult>> {
    const { recalls = () => true } = options;
    const wanted = typeof options.withFixes === 'function' ? [] : files.filter(recalls);
    if (!this.#kept || wanted.length === 0) return new Map();
    return this.#kept.recall(wanted, options, async (file) => {
      const config = await this.#configs.forFile(file, options);
      const known = await this.#knowledge.forFile(file, config);
      return { settings: this.#settingsText(config, known), dependsOn: [...config.dependsOn, ...known.dependsOn] };
    });
  }

  /** Everything that the config and the program say of a file's rules, as text. */
  #settingsText(config: ResolvedConfig, { identity }: FileKnowledge): string {
    const rules = settingsOf(enabledBy(config, this.#rules));
    return [rules, config.rules.get(unusedDirective.id)?.severity, identity].join('\n');
  }

  async #lintOne(lease: Lease, file: string, options: LintOptions, isBatch: boolean): Promise<Made> {
    options.signal.throwIfAborted();
    const config = await this.#configs.forFile(file, options);
    const known = await this.#knowledge.forFile(file, config);
    const made = await makeResult({
      ...{ lease, file, config, isBatch },
      ...{ signal: options.signal, withFixes: options.withFixes ?? false },
      rules: this.#rules,
      enabled: enabledBy(config, this.#rules),
      known,
      now: () => this.#host.now(),
    });
    return { ...made, settings: this.#settingsText(config, known) };
  }
}

/** Finding files, configs and tsconfigs each look through the same folders; one look serves all. */
function rememberingLists(host: Host, lists: Map<string, ReturnType<Host['list']>>): Host {
  return { ...host, list: (path) => remember(lists, path, () => host.list(path)) };
}

/** Licences stand in comments too, and file directives go after them. */
const anyComment = /\/[/*]/;
