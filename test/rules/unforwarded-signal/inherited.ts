export abstract class Task {
  protected constructor(protected readonly signal: AbortSignal) {}
  abstract run(): Promise<void>;
}

export class Reading extends Task {
  text = '';

  constructor(
    private readonly url: string,
    signal: AbortSignal,
  ) {
    super(signal);
  }

  override async run(): Promise<void> {
    const response = await fetch(this.url);
//                         ^^^^^ unforwarded-signal unforwarded
//                         related inherited.ts:2 "the signal comes from here"
    this.text = await response.text();
  }
}

export class Agent {
  constructor(private readonly options: { readonly signal: AbortSignal; readonly url: string }) {}

  async step(): Promise<string> {
    this.options.signal.throwIfAborted();
    const response = await fetch(this.options.url);
//                         ^^^^^ unforwarded-signal unforwarded
//                         related inherited.ts:25 "the signal comes from here"
    return await response.text();
  }
}
