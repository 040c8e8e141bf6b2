import { notify } from './lib';

export class Registry {
  readonly #listeners: string[] = [];
  readonly #fixed: string[] = ['a', 'b'];

  add(name: string): void {
    this.#listeners.push(name);
  }

  remove(name: string): void {
    this.#listeners.splice(this.#listeners.indexOf(name), 1);
  }

  /** A copy. */
  async copied(): Promise<void> {
    for (const listener of [...this.#listeners]) await notify(listener);
    for (const listener of this.#listeners.slice()) await notify(listener);
    for (const listener of Array.from(this.#listeners)) await notify(listener);
  }

  /** No wait in the body. */
  async together(): Promise<void> {
    const all: Promise<void>[] = [];
    for (const listener of this.#listeners) all.push(notify(listener));
    await Promise.all(all);
  }

  /** The first wait ends the loop. */
  async firstOnly(): Promise<void> {
    for (const listener of this.#listeners) {
      await notify(listener);
      break;
    }
  }

  /** Nothing changes it. */
  async unchanged(): Promise<void> {
    for (const name of this.#fixed) await notify(name);
  }

  /** Taken out one by one: every round looks at what is there. */
  async drained(): Promise<void> {
    for (let next = this.#listeners.shift(); next !== undefined; next = this.#listeners.shift()) await notify(next);
  }
}

/** A list of this call is nobody else's. */
export async function own(names: readonly string[]): Promise<void> {
  const list = names.filter((name) => name !== '');
  for (const name of list) {
    await notify(name);
    list.push(name);
  }
}

/** What iterates itself decides what comes next. */
export class Source implements AsyncIterable<string> {
  readonly #names: string[] = [];

  push(name: string): void {
    this.#names.push(name);
  }

  async shift(): Promise<string | undefined> {
    return this.#names.shift();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    for (let name = this.#names.shift(); name !== undefined; name = this.#names.shift()) yield name;
  }

  async all(): Promise<void> {
    for await (const name of this) {
      await notify(name);
      await this.shift();
    }
  }
}
