import type { AnalysisOptions } from './analysed.ts';
import { pause } from './deferred.ts';

/** Keeping results costs a moment of work, which nobody shall wait for. */
const quietMilliseconds = 1000;

/**
 * What is done when nothing changes and nothing is to be linted: the compiler is made ready, where kept results have
 * sufficed until now, and results are kept for the next start.
 */
export class Quiet {
  readonly #options: Pick<AnalysisOptions, 'linter' | 'documents'>;
  #ending = new AbortController();
  #using: Promise<void> | undefined;

  constructor(options: Pick<AnalysisOptions, 'linter' | 'documents'>) {
    this.#options = options;
  }

  /** Something changed. */
  end(): void {
    this.#ending.abort();
    this.#ending = new AbortController();
  }

  /** Never rejects. @param isShown whether a document is open and was linted */
  use(isShown: (path: string) => boolean): Promise<void> {
    this.#using ??= this.#work(isShown, this.#ending.signal).finally(() => {
      this.#using = undefined;
    });
    return this.#using;
  }

  async #work(isShown: (path: string) => boolean, signal: AbortSignal): Promise<void> {
    const { linter, documents } = this.#options;
    const open = documents.all().flatMap(({ path }) => (isShown(path) ? [path] : []));
    const isWarm = open.length === 0 || linter.compilerPid !== undefined;
    if (isWarm && !linter.hasToKeep) return;
    await pause(quietMilliseconds, signal);
    if (signal.aborted) return;
    try {
      if (!isWarm) await linter.warmUp(open, signal);
      if (linter.hasToKeep) await linter.keep(signal);
    } catch {
      // Whoever needs the compiler next learns why it is not there; what was not kept will be computed again.
    }
  }
}
