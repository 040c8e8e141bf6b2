interface Target {
  enabled(level: string): boolean;
  log(level: string, text: string): void;
}

export class Stopwatch {
  #logger: Target;
  #time = performance.now();
  #stopped = false;
  constructor(logger: Target) {
    this.#logger = logger;
  }
  [Symbol.dispose](): void {
    this.stop();
  }
  stop(): void {
    if (this.#stopped) return;
    this.#print();
    this.#time = performance.now();
    this.#stopped = true;
  }
  #print(): void {
    if (this.#logger.enabled('info')) this.#logger.log('info', `took ${performance.now() - this.#time} ms`);
  }
}

/** Nothing is left open where the line in the log is missing. */
export async function activate(logger: Target, work: () => Promise<void>): Promise<void> {
  const watch = new Stopwatch(logger);
  await work();
  watch.stop();
}

abstract class Base {
  dispose(): void {}
  [Symbol.dispose](): void {
    this.dispose();
  }
}

export class Provider extends Base {
  async models(): Promise<readonly string[]> {
    return ['small', 'large'];
  }
}

export class Owner {
  provider: Provider | undefined;
  async choose(): Promise<void> {
    const provider = new Provider();
    const models = await provider.models();
    if (models.length === 0) return;
    this.provider = provider;
  }
}
