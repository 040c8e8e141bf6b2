import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

/** Measures how long the server keeps others waiting. */
export class EventLoopWatch {
  readonly #histogram: IntervalHistogram;

  constructor() {
    this.#histogram = monitorEventLoopDelay({ resolution: resolutionMilliseconds });
    this.#histogram.enable();
  }

  /** The longest time that the event loop has stood still since the last `forget`, in milliseconds. */
  get longestStall(): number {
    return Math.max(0, this.#histogram.max / 1e6 - resolutionMilliseconds);
  }

  /** Of a thousand turns, all but one were shorter than this. */
  get usualStall(): number {
    return Math.max(0, this.#histogram.percentile(99.9) / 1e6 - resolutionMilliseconds);
  }

  forget(): void {
    this.#histogram.reset();
  }

  dispose(): void {
    this.#histogram.disable();
  }
}

/** The monitor is a timer: this much of each delay is the timer's own. */
const resolutionMilliseconds = 5;
