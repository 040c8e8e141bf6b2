import type { Linter, LintOptions } from '../engine/linter.ts';
import type { Finding, Fix } from '../model/finding.ts';
import type { FileResult } from '../model/result.ts';
import { CompilerGone, type FileChanges } from '../typescript/session.ts';
import { type Analysed, type AnalysisOptions, leftOut, nothingIn } from './analysed.ts';
import { type Deferred, deferred, pause, untilAborted } from './deferred.ts';
import { diagnosticsOf } from './diagnostics.ts';
import { isLinted } from './documents.ts';
import { FixCache } from './fix-cache.ts';
import { Gate } from './gate.ts';
import { Quiet } from './quiet.ts';
import { type TryText, tryTexts } from './try-texts.ts';

interface State {
  readonly analysed: Analysed;
  readonly generation: number;
}

interface Run {
  readonly controller: AbortController;
  readonly generation: number;
  /** Settles when nothing of the run goes on; undefined while it waits for its turn. */
  working: Promise<unknown> | undefined;
}

/** How long the text must have been left alone before a run begins: the letters of one word then cost one run. */
const quietMilliseconds = 25;

/** A compiler that is gone each time, though nobody saw it end, is a fault that trying again does not mend. */
const mostDeathsInARow = 8;

/**
 * Lints files for whoever asks and remembers the results.
 * Invariant: what is handed out was computed from the current texts; any change abandons the runs in flight.
 */
export class Analysis {
  readonly #options: AnalysisOptions;
  readonly #states = new Map<string, State>();
  readonly #inFlight = new Map<string, Promise<void>>();
  readonly #runs = new Set<Run>();
  readonly #fixes = new FixCache((file, isAsked) => this.#lintWithFixes(file, isAsked));
  readonly #gate = new Gate();
  readonly #closing = new AbortController();
  /** Files that are not open and whose results rest on something that changed. */
  readonly #stale = new Set<string>();
  readonly #quiet: Quiet;
  #generation = 0;
  #lastChange = Number.NEGATIVE_INFINITY;
  #lastResultId = 0;
  #deathsInARow = 0;

  constructor(options: AnalysisOptions) {
    this.#options = options;
    this.#quiet = new Quiet(options);
  }

  /** Lays the text of an open document over its file, or takes it away. */
  bufferChanged(path: string, text: string | undefined): void {
    const { linter, documents } = this.#options;
    const others = text === undefined ? [] : documents.all().filter((other) => other.path !== path);
    const unaffected = others.flatMap((other) => {
      const state = this.#states.get(other.path);
      const isFresh = state?.generation === this.#generation;
      return isFresh && !linter.mayMatter(path, text ?? '', other.path) ? [[other.path, state] as const] : [];
    });
    linter.setBuffer(path, text);
    this.#changed([path]);
    for (const [other, state] of unaffected) this.#states.set(other, { ...state, generation: this.#generation });
  }

  /** Says what changed on disk. */
  filesChanged(changes: FileChanges): void {
    this.#options.linter.filesChanged(changes);
    const { changed = [], created = [], deleted = [] } = changes;
    for (const path of deleted) this.forget(path);
    if (created.length + deleted.length > 0 || !changed.every(isLinted)) this.everythingChanged();
    else this.#changed(changed);
  }

  /** For changes of which nobody knows how far they reach: configs, settings, the set of files. */
  everythingChanged(): void {
    for (const path of this.#states.keys()) this.#stale.add(path);
    this.#changed([]);
  }

  /** Drops what is known of a file. */
  forget(path: string): void {
    this.#states.delete(path);
    this.#stale.delete(path);
  }

  /** Everything that is known, whether or not it is still current. */
  known(): ReadonlyMap<string, Analysed> {
    return new Map([...this.#states].map(([path, { analysed }]) => [path, analysed]));
  }

  /** The last result of a file, whether or not it is still current. */
  last(path: string): Analysed | undefined {
    return this.#states.get(path)?.analysed;
  }

  isFresh(path: string): boolean {
    return this.#fresh(path) !== undefined;
  }

  /** Whether the compiler died too often, so that nothing is linted any more. */
  get hasStopped(): boolean {
    return this.#options.crashes.isTooMany;
  }

  /**
   * The result for the current text of a file. Waits through later changes until a run was left in peace.
   * Rejects with the signal's reason. Undefined where the server has stopped.
   */
  async current(path: string, signal: AbortSignal): Promise<Analysed | undefined> {
    const either = AbortSignal.any([signal, this.#closing.signal]);
    for (;;) {
      either.throwIfAborted();
      const known = this.#fresh(path);
      if (known) return known;
      if (this.hasStopped) return undefined;
      await untilAborted(this.#inFlight.get(path) ?? this.start([path]), either);
    }
  }

  /** Lints files together, unless something changes meanwhile. Never rejects: results are kept, failures reported. */
  start(paths: readonly string[]): Promise<void> {
    const run: Run = { controller: new AbortController(), generation: this.#generation, working: undefined };
    this.#runs.add(run);
    const arrivals = new Map(paths.map((path) => [path, deferred<void>()]));
    for (const [path, arrival] of arrivals) this.#inFlight.set(path, arrival.promise);
    const done = this.#whenAllowed(run, paths, arrivals).finally(() => {
      this.#runs.delete(run);
      for (const [path, arrival] of arrivals) this.#arrived(path, arrival);
    });
    return done;
  }

  /** The fixes of findings of a result that is still current; empty where it is not. Computed once. */
  fixes(
    analysed: Analysed,
    findings: readonly Finding[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<Finding, readonly Fix[]>> {
    return this.#fixes.of(analysed, findings, signal);
  }

  /**
   * Runs work that tries other texts of files, laid over the real ones with `tryText` until it ends. Nothing else is
   * linted meanwhile.
   */
  exclusively<T>(work: (linter: Linter, tryText: TryText) => Promise<T>): Promise<T> {
    return this.#gate.behind(async () => {
      for (const run of this.#runs) run.controller.abort();
      await Promise.all([...this.#runs].map((run) => run.working));
      return tryTexts(this.#options, work);
    });
  }

  /** Does what makes later runs faster, when nothing else is to be done. Never rejects; a change ends it. */
  useTheQuiet(): Promise<void> {
    if (this.hasStopped) return Promise.resolve();
    return this.#quiet.use((path) => isLinted(path) && this.#states.has(path));
  }

  /** The options under which a file is linted. */
  lintOptions(path: string, signal: AbortSignal): LintOptions {
    return { signal, configFile: this.#options.settings.configFileFor(path) };
  }

  /** Abandons everything and ends the compiler. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('The server is shutting down.'));
    this.#quiet.end();
    for (const run of this.#runs) run.controller.abort();
    await this.#options.linter.dispose();
  }

  /** Lets those go on who wait for a file. */
  #arrived(path: string, arrival: Deferred<void> | undefined): void {
    if (arrival && this.#inFlight.get(path) === arrival.promise) this.#inFlight.delete(path);
    arrival?.resolve();
  }

  #changed(paths: readonly string[]): void {
    this.#generation++;
    this.#quiet.end();
    this.#lastChange = this.#options.now();
    for (const run of this.#runs) run.controller.abort();
    // Nobody shall wait for a run that is abandoned: those who ask from now on start another.
    this.#inFlight.clear();
    for (const path of paths) {
      for (const [other, { analysed }] of this.#states) {
        if (other === path || analysed.result.dependsOn.includes(path)) this.#stale.add(other);
      }
    }
  }

  #fresh(path: string): Analysed | undefined {
    const state = this.#states.get(path);
    if (!state) return undefined;
    // An open file is looked at again after every change: also after one that lets a name resolve that did not before.
    const isFresh = this.#options.documents.byPath(path)
      ? state.generation === this.#generation
      : !this.#stale.has(path);
    return isFresh ? state.analysed : undefined;
  }

  async #whenAllowed(run: Run, paths: readonly string[], arrivals: ReadonlyMap<string, Deferred<void>>): Promise<void> {
    await this.#options.ready;
    await pause(this.#lastChange + quietMilliseconds - this.#options.now(), run.controller.signal);
    await this.#gate.open();
    if (run.controller.signal.aborted) return;
    const work = this.#execute(run, paths, arrivals);
    run.working = work;
    await work;
  }

  async #execute(run: Run, paths: readonly string[], arrivals: ReadonlyMap<string, Deferred<void>>): Promise<void> {
    const { linter, crashes, now, onActivity } = this.#options;
    const { signal } = run.controller;
    const deaths = crashes.total;
    let last: FileResult | undefined;
    const storing: Promise<void>[] = [];
    try {
      const started = now();
      onActivity({ kind: 'begin', files: paths });
      const store = async (result: FileResult): Promise<void> => {
        last = result;
        if (await this.#store(run, result)) this.#arrived(result.file, arrivals.get(result.file));
      };
      for (const [configFile, files] of this.#options.settings.byConfigFile(paths)) {
        const wanted: string[] = [];
        for (const file of files) {
          signal.throwIfAborted();
          const left = await leftOut(this.#options, file, configFile);
          if (left) await store(left);
          else wanted.push(file);
        }
        if (wanted.length === 0) continue;
        await linter.lint(wanted, {
          ...{ signal, configFile },
          // What was linted here before is asked for again because it may be another now.
          recalls: (file) => !this.#states.has(file),
          onResult: (result) => void storing.push(store(result)),
        });
      }
      await Promise.all(storing);
      onActivity({ kind: 'end', milliseconds: now() - started, last });
    } catch (error) {
      await Promise.allSettled(storing);
      if (signal.aborted) return onActivity({ kind: 'abandoned' });
      // The pipe may break a moment before the process is known to have ended.
      await pause(50, this.#closing.signal);
      const isDeath = error instanceof CompilerGone || crashes.total !== deaths;
      if (isDeath && ++this.#deathsInARow < mostDeathsInARow) return onActivity({ kind: 'abandoned' });
      onActivity({ kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
      for (const path of paths)
        if (!signal.aborted) await this.#store(run, nothingIn(path, this.#options.documents.buffers.get(path) ?? ''));
    }
  }

  /** Keeps a result, unless it is no longer current. Returns whether it was kept. */
  async #store(run: Run, result: FileResult): Promise<boolean> {
    const { documents, context, onAnalysed } = this.#options;
    const path = result.file;
    const document = documents.byPath(path);
    const version = document?.text.version ?? null;
    const isSameText = !document || documents.buffers.get(path) === result.text;
    // Positions of another text are worse than none. This cannot happen unless the compiler decodes a text as we do not.
    const usable = isSameText ? result : nothingIn(path, documents.buffers.get(path) ?? '');
    const diagnostics = await diagnosticsOf(usable, version, context);
    // Nobody asks for the text of a closed file, and a workspace has many.
    const kept = document ? usable : { ...usable, text: '' };
    if (run.controller.signal.aborted) return false;
    const before = this.#states.get(path)?.analysed;
    const isSame = before && JSON.stringify(before.diagnostics) === JSON.stringify(diagnostics);
    const analysed: Analysed = {
      result: kept,
      diagnostics,
      version,
      resultId: isSame ? before.resultId : String(++this.#lastResultId),
    };
    this.#states.set(path, { analysed, generation: run.generation });
    this.#stale.delete(path);
    this.#deathsInARow = 0;
    onAnalysed(path, analysed);
    return true;
  }

  async #lintWithFixes(file: string, withFixes: (finding: Finding) => boolean): Promise<FileResult | undefined> {
    await this.#gate.open();
    const generation = this.#generation;
    const options = { ...this.lintOptions(file, this.#closing.signal), withFixes };
    const [result] = await this.#options.linter.lint([file], options);
    const isCurrent = generation === this.#generation && result?.text === this.#options.documents.buffers.get(file);
    return isCurrent ? result : undefined;
  }
}
