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
    this.restart();
    this.#stopped = true;
  }
  restart(): void {
    this.#print();
    this.#time = performance.now();
  }
  #print(): void {
    if (!this.#logger.enabled('info')) return;
    const took = performance.now() - this.#time;
    this.#logger.log('info', `took ${took} ms`);
  }
}

/** It measures on, whoever has it. */
export function measured(logger: Target): () => void {
  using watch = new Stopwatch(logger);
  return () => watch.restart();
}

interface ScopedLogger {
  trace(text: string): void;
}
declare function startScopedLogger(name: string): (ScopedLogger & Disposable) | undefined;

/** The scope ends, and what it gives writes on. */
export function view(name: string): { readonly show: () => Promise<void> } {
  using scope = startScopedLogger(name);
  return {
    show: async () => {
      scope?.trace('shown');
    },
  };
}

export class Provider {
  readonly name = 'provider';
  dispose(): void {}
  [Symbol.dispose](): void {
    this.dispose();
  }
}

export function provider(): Provider {
  using made = new Provider();
  return made;
}

declare class Debouncer implements Disposable {
  run(work: () => void): void;
  cancel(): void;
  [Symbol.dispose](): void;
}

interface Context {
  debouncer?: Debouncer;
}

/** Each run sets its own, for the steps that it goes through itself. */
export async function* steps(context: Context, pages: readonly (() => Promise<string>)[]): AsyncGenerator<string> {
  using debouncer = new Debouncer();
  context.debouncer = debouncer;
  for (const page of pages) {
    context.debouncer.cancel();
    yield await page();
  }
}
