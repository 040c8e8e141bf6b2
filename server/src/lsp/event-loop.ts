const tickMilliseconds = 10;
/** How long it is watched after the last sign of work. A server that idles shall not wake the machine. */
const watchMilliseconds = 3000;

/** A time during which the server did not answer. */
export interface Stall {
  readonly milliseconds: number;
  /** How much of it the process computed; the rest it waited for the machine, which others may be using. */
  readonly computing: number;
}

/** Measures how long the server keeps others waiting, while it works. */
export class EventLoopWatch {
  readonly #now: () => number;
  readonly #computed: () => number;
  #timer: NodeJS.Timeout | undefined;
  #until = 0;
  #longest: Stall = { milliseconds: 0, computing: 0 };

  /** @param computed milliseconds of processor time that the process has used so far */
  constructor(now: () => number, computed: () => number) {
    this.#now = now;
    this.#computed = computed;
  }

  /** The longest stall since the last `forget`, by what the process computed in it. */
  get longest(): Stall {
    return this.#longest;
  }

  /** Something begins. */
  watch(): void {
    this.#until = this.#now() + watchMilliseconds;
    if (this.#timer) return;
    let before = this.#now();
    let computedBefore = this.#computed();
    this.#timer = setInterval(() => {
      const now = this.#now();
      const computed = this.#computed();
      const milliseconds = Math.max(0, now - before - tickMilliseconds);
      const computing = Math.min(milliseconds, computed - computedBefore);
      before = now;
      computedBefore = computed;
      if (computing > this.#longest.computing) this.#longest = { milliseconds, computing };
      if (now > this.#until) this.dispose();
    }, tickMilliseconds);
    this.#timer.unref();
  }

  /** Measures anew from now on: what this turn has computed so far counts no more. */
  forget(): void {
    this.#longest = { milliseconds: 0, computing: 0 };
    if (!this.#timer) return;
    this.dispose();
    this.watch();
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
