import pLimit from 'p-limit';
import { knowledgeOf } from '../knowledge/knowledge.ts';
import type { Asked, Explanation } from '../model/explanation.ts';
import type { Finding, Fix, Note } from '../model/finding.ts';
import type { Host } from '../model/host.ts';
import type { FileResult } from '../model/result.ts';
import type { Preset } from '../model/rule.ts';
import type { Rule } from '../rules/define.ts';
import { commentsMatching, lineStartOf } from '../typescript/comments.ts';
import { remember } from '../typescript/remember.ts';
import { CompilerGone, type FileChanges, type Lease, Session } from '../typescript/session.ts';
import { applyDirectives } from './apply-directives.ts';
import { ConfigStore, type ResolvedConfig } from './config.ts';
import { directivePattern } from './directives.ts';
import { explainIn, isAsyncAt } from './explain.ts';
import { type EnabledRule, lintFile } from './lint-file.ts';
import { unusedDirective } from './own-rules.ts';
import { type Suppression, suppressInFile, suppressOnLine } from './suppress.ts';

export interface LinterOptions {
  readonly host: Host;
  readonly rules: readonly Rule[];
  /** The native compiler; found by itself where it is not given. */
  readonly native?: string | undefined;
  /** Absolute, with forward slashes. */
  readonly cwd: string;
  /** Called when the native compiler ends without having been asked to. The next `lint` starts another. */
  readonly onCompilerDeath?: () => void;
}

export interface LintOptions {
  readonly signal: AbortSignal;
  /** Wins over the preset of every config. */
  readonly preset?: Preset | undefined;
  /** Uses this config file for every file. */
  readonly configFile?: string | undefined;
  /** Uses this tsconfig's project for the files that it includes. */
  readonly tsconfig?: string | undefined;
  /** Computes the fixes of every finding too, or of those that are named: `FileResult.fixes`. */
  readonly withFixes?: boolean | ((finding: Finding) => boolean);
  /** Called as soon as a file is done, in the order of completion. */
  readonly onResult?: (result: FileResult, done: number, total: number) => void;
}

export type ExplainOptions = Omit<LintOptions, 'withFixes' | 'onResult'>;

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
  readonly #knowledge = knowledgeOf();

  private constructor(options: LinterOptions) {
    this.host = rememberingLists(options.host, this.#lists);
    this.#host = this.host;
    this.#rules = options.rules;
    this.#configs = ConfigStore.create(this.host, options.rules);
    this.#session = new Session({
      host: this.host,
      native: options.native,
      cwd: options.cwd,
      ...(options.onCompilerDeath && { onDeath: options.onCompilerDeath }),
    });
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
    this.#configs.invalidate(file);
  }

  /** Says what changed on disk. */
  filesChanged(changes: FileChanges): void {
    for (const file of [...(changes.changed ?? []), ...(changes.created ?? []), ...(changes.deleted ?? [])])
      this.#configs.invalidate(file);
    this.#lists.clear();
    this.#session.filesChanged(changes);
  }

  /** The config that holds for a file. */
  config(file: string, options: Pick<LintOptions, 'preset' | 'configFile'> = {}): Promise<ResolvedConfig> {
    return this.#configs.forFile(file, options);
  }

  /** The files of a tsconfig and of the projects that it references. Rejects with ConfigError where it cannot be read. */
  projectFiles(tsconfig: string): Promise<readonly string[]> {
    return this.#session.projectFiles(tsconfig);
  }

  /**
   * Lints files. Rejects with the signal's reason when aborted, and with CompilerGone when the compiler dies.
   * @param files absolute paths
   * @returns one result a file, in the order given
   */
  async lint(files: readonly string[], options: LintOptions): Promise<readonly FileResult[]> {
    const results: FileResult[] = [];
    let done = 0;
    for (let from = 0; from < files.length; from += filesPerLease) {
      const part = files.slice(from, from + filesPerLease);
      await using lease = await this.#session.lease(part, options.signal, options.tsconfig);
      const limit = pLimit(filesInFlight);
      const lint = async (file: string): Promise<FileResult> => {
        const result = await this.#lintOne(lease, file, options, files.length > filesInFlight);
        done++;
        options.onResult?.(result, done, files.length);
        return result;
      };
      results.push(...(await allOrFirstFailure(part.map((file) => limit(lint, file)))));
    }
    return results;
  }

  /**
   * The fixes of a finding, computed afresh from the current text.
   * Empty where the finding is no longer there.
   */
  async fixes(finding: Finding, options: Omit<LintOptions, 'withFixes' | 'onResult'>): Promise<readonly Fix[]> {
    const [result] = await this.lint([finding.file], { ...options, withFixes: true });
    const same = result?.findings.find(
      (other) =>
        other.rule === finding.rule &&
        other.key === finding.key &&
        other.span.start === finding.span.start &&
        other.span.end === finding.span.end,
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
   * Explains a line of a file; undefined where the file cannot be read. Rejects with the signal's reason when aborted,
   * and with CompilerGone when the compiler dies.
   */
  async explain(file: string, asked: Asked, options: ExplainOptions): Promise<Explanation | undefined> {
    await using lease = await this.#session.lease([file], options.signal, options.tsconfig);
    const config = await this.#configs.forFile(file, options);
    const enabled = this.#enabled(config);
    const { signal } = options;
    const tools = { rules: this.#rules, knowledge: this.#knowledge, host: this.#host };
    return explainIn(lease, { file, asked, config, enabled, signal, ...tools });
  }

  /** Whether anything on a line is a promise, gives one, or waits. Rejects with the signal's reason when aborted. */
  async isAsyncAt(file: string, asked: Asked, signal: AbortSignal): Promise<boolean> {
    await using lease = await this.#session.lease([file], signal);
    return isAsyncAt(lease, file, asked, this.#knowledge);
  }

  /** Ends the compiler. */
  dispose(): Promise<void> {
    return this.#session.close();
  }

  async #lintOne(lease: Lease, file: string, options: LintOptions, isBatch: boolean): Promise<FileResult> {
    options.signal.throwIfAborted();
    const started = this.#host.now();
    const config = await this.#configs.forFile(file, options);
    const program = lease.program(file);
    const tsconfig = lease.tsconfig(file);
    const view = await program.view(file);
    const about = { file, ...(tsconfig !== undefined && { tsconfig }) };
    if (!view) {
      const note: Note = { level: 'error', file, text: `${file} cannot be read` };
      return { ...about, text: '', findings: [], suppressed: [], dependsOn: [file], notes: [note], milliseconds: 0 };
    }
    const enabled = this.#enabled(config);
    const run = await lintFile(program, view, enabled, this.#knowledge, () => this.#host.now(), options.signal);
    // A dead compiler fails every rule at once; that is the run's fault and not theirs.
    if (lease.isDead()) throw new CompilerGone('The TypeScript compiler ended while it was being asked.');
    const outcome = applyDirectives({
      file,
      text: view.text,
      comments: commentsMatching(view.sourceFile, directivePattern),
      findings: run.findings,
      rules: this.#rules,
      ran: new Set(enabled.map(({ rule }) => rule.id).filter((id) => run.failures.every(({ rule }) => rule !== id))),
      unusedSeverity: config.rules.get(unusedDirective.id)?.severity,
    });
    const fixes = options.withFixes ? new Map<Finding, readonly Fix[]>(outcome.fixes) : undefined;
    if (fixes) {
      const { withFixes } = options;
      const isAsked = typeof withFixes === 'function' ? withFixes : () => true;
      const asked = run.findings.filter(
        (finding) => finding.fixable && outcome.findings.includes(finding) && isAsked(finding),
      );
      await Promise.all(asked.map(async (finding) => void fixes.set(finding, await run.fixes(finding))));
    }
    // In a long run nobody comes back to a tree; a few files are an editor's, which soon asks again.
    if (isBatch) program.forget(view);
    return {
      ...about,
      text: view.text,
      findings: outcome.findings,
      suppressed: outcome.suppressed,
      ...(fixes && { fixes }),
      dependsOn: [...new Set([...run.dependsOn, ...config.dependsOn])],
      notes: [...lease.notes(file), ...run.failures.map(({ rule, error }) => failureNote(file, rule, error))],
      milliseconds: this.#host.now() - started,
    };
  }

  #enabled(config: ResolvedConfig): readonly EnabledRule[] {
    const enabled: EnabledRule[] = [];
    for (const rule of this.#rules) {
      const settings = config.rules.get(rule.id);
      if (!settings) continue;
      // A severity that is the rule's own was not chosen by anybody, and gives way to that of a single report.
      enabled.push({
        rule,
        severity: settings.severity === rule.severity ? undefined : settings.severity,
        options: settings.options,
      });
    }
    return enabled;
  }
}

/** Finding files, configs and tsconfigs each look through the same folders; one look serves all. */
function rememberingLists(host: Host, lists: Map<string, ReturnType<Host['list']>>): Host {
  return { ...host, list: (path) => remember(lists, path, () => host.list(path)) };
}

/** Licences stand in comments too, and file directives go after them. */
const anyComment = /\/[/*]/;

function failureNote(file: string, rule: string, error: Error): Note {
  return {
    level: 'error',
    file,
    rule,
    text: `${rule} failed on this file and was left out: ${error.message}\n${error.stack ?? ''}`,
  };
}

/** Waits until all have ended, then passes on the first failure: nothing may go on after the lease is released. */
async function allOrFirstFailure<T>(work: readonly Promise<T>[]): Promise<readonly T[]> {
  const outcomes = await Promise.allSettled(work);
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}
