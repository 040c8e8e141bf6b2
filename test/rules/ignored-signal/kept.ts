interface UploadOptions {
  readonly size: number;
  readonly signal?: AbortSignal;
//         ^^^^^^ ignored-signal ignored
}

/** A type of its own, and nobody else's. */
export async function upload(
  data: Uint8Array,
  put: (chunk: Uint8Array) => Promise<void>,
  options: UploadOptions,
): Promise<void> {
  for (let at = 0; at < data.length; at += options.size) {
    await put(data.subarray(at, at + options.size));
  }
}

export class Worker {
  constructor(
    private readonly jobs: readonly (() => Promise<void>)[],
    private readonly signal: AbortSignal,
//                   ^^^^^^ ignored-signal kept
  ) {}

  async run(): Promise<void> {
    for (const job of this.jobs) await job();
  }
}

/** Options of which nothing is used at all. */
export async function extract(
  work: () => Promise<void>,
  options: {
    readonly signal?: AbortSignal;
//           ^^^^^^ ignored-signal ignored
  } = {},
): Promise<void> {
  await work();
}
