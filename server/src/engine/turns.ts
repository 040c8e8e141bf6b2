/** Lets other work run: resolves in a later turn of the event loop, after pending I/O. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** How long a turn may last before long work gives way, in milliseconds. */
const turnMilliseconds = 8;

/** Says when synchronous work has lasted long enough. Reads the clock only now and then, because it is asked often. */
export class TurnBudget {
  readonly #now: () => number;
  #started: number;
  #asked = 0;

  constructor(now: () => number) {
    this.#now = now;
    this.#started = now();
  }

  /** Whether it is time to `await pause()`. */
  get spent(): boolean {
    this.#asked = (this.#asked + 1) & 7;
    return this.#asked === 0 && this.#now() - this.#started > turnMilliseconds;
  }

  async pause(): Promise<void> {
    await nextTurn();
    this.#started = this.#now();
  }
}
