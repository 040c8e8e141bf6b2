import type { Linter, LinterOptions } from '../engine/linter.ts';

/** What `check` and `why` ask of the engine. */
export type LinterOfCheck = Pick<Linter, 'lint' | 'explain' | 'projectFiles' | 'setBuffer' | 'keep' | 'dispose'>;

export type CreateLinter = (options: LinterOptions) => LinterOfCheck;

/**
 * Ends the compiler as soon as the user stops the program: it may be busy for long, and whoever waits for its answer
 * goes on at once. Undone by `using`.
 */
export function endedBySignal(linter: Pick<LinterOfCheck, 'dispose'>, signal: AbortSignal): Disposable {
  // The command itself waits for the end of the linter, and hears there whether that went wrong.
  const end = (): void => void linter.dispose().catch(() => undefined);
  signal.addEventListener('abort', end, { once: true });
  return { [Symbol.dispose]: () => signal.removeEventListener('abort', end) };
}
