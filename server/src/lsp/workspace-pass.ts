import type { WorkDoneProgressServerReporter } from 'vscode-languageserver/node';
import { filesToLint } from '../engine/file-set.ts';
import { compareText } from '../model/finding.ts';
import { isLinted } from './documents.ts';
import type { ServerContext } from './server-context.ts';

/** Few enough that a document that is edited meanwhile does not wait long. */
const filesAtATime = 12;

/**
 * Lints the files of the workspace that are not open, a few at a time. It does nothing while the scope is `open`,
 * unless somebody asked for the whole workspace by command.
 */
export class WorkspacePass {
  readonly #context: ServerContext;
  readonly #closing = new AbortController();
  readonly #onChange: () => void;
  #files: ReadonlySet<string> = new Set();
  readonly #exports = new Map<string, string>();
  #isListed = false;
  #isListing = false;
  #isAskedFor = false;
  #pass: Pass | undefined;
  /** Cancelled by the user: nothing more until something changes. */
  #isPaused = false;

  /** @param onChange called when a pass ends and when files leave the set */
  constructor(context: ServerContext, onChange: () => void) {
    this.#context = context;
    this.#onChange = onChange;
  }

  /** Whether files count that are not open. */
  get isOn(): boolean {
    return this.#isAskedFor || this.#context.settings.current.scope === 'workspace';
  }

  /** Whether everything that is to be linted has been. */
  get isDone(): boolean {
    return !this.isOn || this.#isPaused || (this.#isListed && !this.#isListing && this.#next().length === 0);
  }

  includes(path: string): boolean {
    return this.isOn && this.#files.has(path);
  }

  /** Lints the whole workspace once and keeps its findings current, whatever the scope, until the setting changes. */
  ask(): void {
    this.#isAskedFor = true;
    this.#isListed = false;
    this.#isPaused = false;
  }

  /** The setting changed: what a person asked for by command ends with it. */
  settingChanged(): void {
    this.#isAskedFor = false;
    this.#isPaused = false;
    this.filesChanged();
    if (!this.isOn) {
      this.#files = new Set();
      this.#endPass();
      this.#onChange();
    }
  }

  /** Files came or went, or a config changed which of them count. */
  filesChanged(): void {
    this.#isListed = false;
    this.#isPaused = false;
  }

  /** Remembers what a document exports, to see later whether that changed. */
  opened(path: string, text: string): void {
    this.#exports.set(path, exportsOf(text));
  }

  closed(path: string): void {
    this.#exports.delete(path);
  }

  /**
   * What depends on a file is linted again whenever it is edited. But a name that it did not export until now may let
   * any file's imports resolve that did not depend on it.
   */
  saved(path: string, text: string): void {
    const now = exportsOf(text);
    const before = this.#exports.get(path);
    this.#exports.set(path, now);
    if (this.isOn && before !== now) this.#context.analysis.everythingChanged();
  }

  /** Does a little. Returns false when there is nothing to do. */
  async step(): Promise<boolean> {
    if (!this.isOn || this.#isPaused || this.#closing.signal.aborted) return false;
    if (!this.#isListed) {
      this.#isListed = true;
      this.#isListing = true;
      try {
        await this.#list();
      } finally {
        this.#isListing = false;
      }
      // Where there is nothing to lint nobody shall wait for the end of a pass.
      if (this.isDone) this.#onChange();
      return true;
    }
    const next = this.#next();
    if (next.length === 0) {
      if (this.#pass) {
        this.#endPass();
        this.#onChange();
      }
      return false;
    }
    this.#pass ??= await Pass.begin(this.#context, this.#files.size, () => {
      this.#isPaused = true;
      this.#onChange();
    });
    await this.#context.analysis.start(next.slice(0, filesAtATime));
    this.#pass?.report(this.#files.size - this.#next().length, this.#files.size);
    return true;
  }

  close(): void {
    this.#closing.abort(new Error('The server is shutting down.'));
    this.#endPass();
  }

  #next(): readonly string[] {
    const { documents, analysis } = this.#context;
    return [...this.#files].filter((file) => !documents.byPath(file) && !analysis.isFresh(file));
  }

  async #list(): Promise<void> {
    const { host, linter, settings, analysis } = this.#context;
    const found = new Set<string>();
    for (const folder of settings.folders) {
      const { files } = await filesToLint({
        host,
        cwd: folder.path,
        paths: ['.'],
        configOf: (path) => linter.config(path, { configFile: settings.configFileFor(path) }),
        signal: this.#closing.signal,
      });
      for (const file of files) if (isLinted(file)) found.add(file);
    }
    const left = [...this.#files].filter((file) => !found.has(file));
    this.#files = new Set([...found].sort(compareText));
    for (const file of left) if (!this.#context.documents.byPath(file)) analysis.forget(file);
    if (left.length > 0) this.#onChange();
  }

  #endPass(): void {
    this.#pass?.end();
    this.#pass = undefined;
  }
}

/** The beginnings of a file's exports, as text: equal texts export equal names. */
function exportsOf(text: string): string {
  return (text.match(/^[^\S\n]*(?:export\b|module\.exports|exports\.)[^=({;]*/gm) ?? []).join('\n');
}

/** The progress of one pass, where the client shows such. */
class Pass {
  readonly #progress: WorkDoneProgressServerReporter | undefined;
  #ended = false;

  private constructor(progress: WorkDoneProgressServerReporter | undefined) {
    this.#progress = progress;
  }

  static async begin(context: ServerContext, total: number, onCancel: () => void): Promise<Pass> {
    if (!context.abilities.workDoneProgress) return new Pass(undefined);
    const progress = await context.connection.window.createWorkDoneProgress().catch(() => undefined);
    if (!progress) return new Pass(undefined);
    progress.begin('asynclint: linting the workspace', 0, `${total} files`, true);
    const pass = new Pass(progress);
    progress.token.onCancellationRequested(() => {
      onCancel();
      pass.end();
    });
    return pass;
  }

  report(done: number, total: number): void {
    if (!this.#ended)
      this.#progress?.report(Math.round((100 * done) / Math.max(1, total)), `${done} of ${total} files`);
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#progress?.done();
  }
}
