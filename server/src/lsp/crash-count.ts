const limit = 5;
const windowMilliseconds = 3 * 60 * 1000;

/** Counts the deaths of the compiler, and says when starting it again has no sense any more. */
export class CrashCount {
  readonly #now: () => number;
  #deaths: number[] = [];
  #total = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** All deaths so far. */
  get total(): number {
    return this.#total;
  }

  note(): void {
    const now = this.#now();
    this.#total++;
    this.#deaths = [...this.#deaths.filter((death) => now - death < windowMilliseconds), now];
  }

  /** Five deaths in three minutes. It stays so: only a restart of the server begins again. */
  get isTooMany(): boolean {
    return this.#deaths.length >= limit;
  }
}
