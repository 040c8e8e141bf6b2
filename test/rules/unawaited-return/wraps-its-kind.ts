/** A wrapper fails as what it wraps does, also where it is the only one of its kind that is seen. */
export interface Source {
  load(id: string): Promise<string>;
}

export class FallbackSource implements Source {
  readonly #main: Source;
  readonly #backup: Source;

  constructor(main: Source, backup: Source) {
    this.#main = main;
    this.#backup = backup;
  }

  async load(id: string): Promise<string> {
    try {
      return this.#main.load(id);
//           ^^^^^^^^^^^^^^^^^^^ unawaited-return uncaught
//           related wraps-its-kind.ts:20 "handles only what is thrown before the return"
    } catch (error) {
      console.warn(error);
      return this.#backup.load(id);
    }
  }
}
