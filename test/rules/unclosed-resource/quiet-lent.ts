interface QueryRunner extends AsyncDisposable {
  query(text: string): Promise<unknown>;
  release(): Promise<void>;
}

export class Driver {
  createQueryRunner(): QueryRunner {
    return { query: async () => 1, release: async () => undefined, [Symbol.asyncDispose]: async () => undefined };
  }

  // It is given back, or not, by `release`: that is `unreleased-lock`'s.
  async version(): Promise<unknown> {
    const runner = this.createQueryRunner();
    const found = await runner.query('select version()');
    await runner.release();
    return found;
  }
}
