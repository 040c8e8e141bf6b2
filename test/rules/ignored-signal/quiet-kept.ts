export interface SharedOptions {
  readonly size: number;
  readonly signal?: AbortSignal;
}

/** Options of many functions: not each of them has to look at all. */
export async function upload(put: (size: number) => Promise<void>, options: SharedOptions): Promise<void> {
  await put(options.size);
}

interface Passed {
  readonly size: number;
  readonly signal?: AbortSignal;
}

export async function passed(put: (options: Passed) => Promise<void>, options: Passed): Promise<void> {
  console.log(options.size);
  await put(options);
}

export class Worker {
  constructor(
    private readonly jobs: readonly (() => Promise<void>)[],
    private readonly signal: AbortSignal,
    protected readonly cancelSignal: AbortSignal,
  ) {}

  async run(): Promise<void> {
    for (const job of this.jobs) {
      this.signal.throwIfAborted();
      await job();
    }
  }
}
