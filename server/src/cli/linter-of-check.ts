import type { Linter, LinterOptions } from '../engine/linter.ts';

/** What `check` asks of the engine. */
export type LinterOfCheck = Pick<Linter, 'lint' | 'projectFiles' | 'setBuffer' | 'dispose'>;

export type CreateLinter = (options: LinterOptions) => LinterOfCheck;
