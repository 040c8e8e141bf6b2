interface Parts {
  /** Makes the generator and keeps it. */
  start(): AsyncGenerator<string, void, string>;
  current?: AsyncGenerator<string, void, string>;
}

export class Transaction {
  constructor(private readonly parts: Parts) {}

  async first(): Promise<string | void> {
    this.parts.start();
    return (await this.parts.current?.next(''))?.value;
  }
}
