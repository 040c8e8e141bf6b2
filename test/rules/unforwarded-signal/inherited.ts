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
