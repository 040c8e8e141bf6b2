async function load(id: string): Promise<string> {
  if (id === '') throw new Error('no id');
  await fetch(id);
  return id;
}

export async function neverCaught(id: string): Promise<string> {
  try {
    return await load(id);
  } catch (error) {
    console.error(error);
    return Promise.resolve('');
  }
}

export async function optionalModule(): Promise<unknown> {
  try {
    return await import('node:sqlite');
  } catch {
    return Promise.resolve(undefined);
  }
}

export async function chained(id: string): Promise<number> {
  try {
    return await load(id).then((text) => text.length);
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
export async function implemented(id: string, source: Source = new Files()): Promise<string> {
  try {
    return await source.read(id);
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

  async save(name: string): Promise<void> {
    try {
      return await this.#repository.save(name);
    } catch {
      this.#failed.push(name);
      return Promise.resolve();
    }
  }
}
