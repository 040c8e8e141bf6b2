// A promise that others settle stands for one outcome, whatever that is.
export class Outcome<T> {
  #promise: Promise<T> | undefined;
  #status: { readonly error: unknown } | undefined;
  #resolve: ((value: T) => void) | undefined;
  #reject: ((error: unknown) => void) | undefined;

  get promise(): Promise<T> {
    if (this.#promise) return this.#promise;
    this.#promise = new Promise<T>((resolve, reject) => {
      if (this.#status) reject(this.#status.error);
      this.#resolve = resolve;
      this.#reject = reject;
    });
    return this.#promise;
  }

  end(value: T): void {
    this.#resolve?.(value);
  }

  fail(error: unknown): void {
    this.#status = { error };
    this.#reject?.(error);
  }
}

// What is handed over is a plain value, or nothing, and no promise.
interface Channels {
  readonly publish: (text: string) => void;
}

let channels: Promise<Channels | undefined> | undefined;

function builtin<T>(id: string): T | undefined {
  const { getBuiltinModule } = globalThis.process as { getBuiltinModule?: (id: string) => unknown };
  try {
    return getBuiltinModule?.(id) as T | undefined;
  } catch {
    return undefined;
  }
}

export async function channelsOnce(): Promise<Channels | undefined> {
  if (channels == null) channels = Promise.resolve(builtin<Channels>('node:diagnostics_channel'));
  return channels;
}

// Modules that could not be loaded stay so, several of them as one.
let both: Promise<readonly unknown[]> | undefined;

export function bothModules(): Promise<readonly unknown[]> {
  both ??= Promise.all([import('./lib.ts'), import('./lib.ts').then((module) => module.settings)]);
  return both;
}

const families = new Map<string, Promise<unknown>>();

export function family(name: string): Promise<unknown> {
  const known = families.get(name);
  if (known) return known;
  const made = (async () => {
    switch (name) {
      case 'plain': {
        const module = await import('./lib.ts');
        return module.connect;
      }
      default:
        throw new Error(`No family of that name: ${name}`);
    }
  })();
  families.set(name, made);
  return made;
}
