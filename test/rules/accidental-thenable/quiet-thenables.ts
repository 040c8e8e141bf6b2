export class Lazy<T> implements PromiseLike<T> {
  readonly #make: () => Promise<T>;

  constructor(make: () => Promise<T>) {
    this.#make = make;
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): PromiseLike<A | B> {
    return this.#make().then(onFulfilled, onRejected);
  }
}

/** Not declared as such, and yet it does what awaiting needs. */
export const thenable = {
  then(resolve: (value: number) => void) {
    resolve(1);
  },
};

export class Builder {
  async run(): Promise<string[]> {
    return [await Promise.resolve('row')];
  }

  then(done: (rows: string[]) => unknown): Promise<unknown> {
    return this.run().then(done);
  }
}

export class Later extends Promise<number> {
  override then(): Promise<never> {
    return new Promise(() => {});
  }
}

export const typed: PromiseLike<number> = {
  then: () => Promise.reject(new Error('never')),
};

export class Statics {
  static then(): void {}
}
