import type { Linter, LinterOptions } from '../engine/linter.ts';

/** What `check` and `why` ask of the engine. */
export type LinterOfCheck = Pick<Linter, 'lint' | 'explain' | 'projectFiles' | 'setBuffer' | 'keep' | 'dispose'>;

export type CreateLinter = (options: LinterOptions) => LinterOfCheck;
