async function load(id: string): Promise<string> {
  if (id === '') throw new Error('no id');
  await fetch(id);
  return id;
}

export function neverCaught(id: string): Promise<string> {
  try {
    return load(id);
//         ^^^^^^^^ unawaited-return neverCaught
//         related synchronous.ts:12 "handles only what is thrown before the return"
  } catch (error) {
    console.error(error);
    return Promise.resolve('');
  }
}

export function optionalModule(): Promise<unknown> {
  try {
    return import('node:sqlite');
//         ^^^^^^^^^^^^^^^^^^^^^ unawaited-return neverCaught
//         related synchronous.ts:23 "handles only what is thrown before the return"
  } catch {
    return Promise.resolve(undefined);
  }
}

export function chained(id: string): Promise<number> {
  try {
    return load(id).then((text) => text.length);
//         ^^^^^^^^ unawaited-return neverCaught
//         related synchronous.ts:33 "handles only what is thrown before the return"
  } catch {
    return Promise.resolve(0);
  }
}

interface Source {
  read(id: string): Promise<string>;
}

class Files implements Source {
  async read(id: string): Promise<string> {
    return load(id);
  }
}

/** All that implements the member is asynchronous. */
export function implemented(id: string, source: Source = new Files()): Promise<string> {
  try {
    return source.read(id);
//         ^^^^^^^^^^^^^^^ unawaited-return neverCaught
//         related synchronous.ts:54 "handles only what is thrown before the return"
  } catch {
    return Promise.resolve('');
  }
}

interface Repository {
  save(name: string): Promise<void>;
}

export class Names {
  readonly #failed: string[] = [];
  readonly #repository: Repository;

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  save(name: string): Promise<void> {
    try {
      return this.#repository.save(name);
//           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ unawaited-return neverCaught
//           related synchronous.ts:76 "handles only what is thrown before the return"
    } catch {
      this.#failed.push(name);
      return Promise.resolve();
    }
  }
}
