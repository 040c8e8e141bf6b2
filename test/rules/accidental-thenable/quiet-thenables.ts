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

export class Deferred<T> {
  readonly #promise: Promise<T>;

  constructor(promise: Promise<T>) {
    this.#promise = promise;
  }

  get then(): Promise<T>['then'] {
    return this.#promise.then.bind(this.#promise);
  }
}

export class Given {
  get then(): (done: (value: number) => void) => void {
    return (done) => done(1);
  }
}

class Patched {}

Object.defineProperty(Patched.prototype, 'then', {
  value(done: (value: number) => void) {
    done(1);
  },
});
Object.defineProperty(Patched.prototype, 'next', { value() {} });
export { Patched };

type Step = () => void;

/** Made before there were promises, and meant as one. */
export function makeDeferred(steps: Step[]) {
  const deferred = {
    done(step: Step) {
      steps.push(step);
      return deferred;
    },
    fail: (step: Step) => steps.push(step),
    always: (step: Step) => steps.push(step),
    then() {
      return makeDeferred(steps);
    },
  };
  return deferred;
}

export class Later {
  readonly steps: Step[] = [];

  then(step: Step): this {
    this.steps.push(step);
    return this;
  }

  catch(step: Step): this {
    this.steps.push(step);
    return this;
  }
}

/** It gives a value, which is what awaiting asks for, whatever it returns. */
export const settled = {
  then(resolve: (value: number) => void) {
    resolve(1);
    return this;
  },
};
