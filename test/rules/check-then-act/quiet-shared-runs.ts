import { connect, type Connection, load } from './lib';

/** One run serves all who call meanwhile. */
function together<This extends object>(method: (this: This) => Promise<void>, context: { readonly name: string | symbol }) {
  const running = new WeakMap<This, Promise<void>>();
  return function (this: This): Promise<void> {
    const work = running.get(this) ?? method.call(this).finally(() => running.delete(this));
    running.set(this, work);
    void context.name;
    return work;
  };
}

declare function gate(): (method: unknown, context: { readonly name: string | symbol }) => void;

export class Shared {
  #connection: Connection | undefined;
  #other: Connection | undefined;

  @gate()
  async byName(): Promise<void> {
    if (!this.#connection) this.#connection = await connect();
  }

  @together
  async byItsCode(): Promise<void> {
    if (!this.#other) this.#other = await connect();
  }

  async throughIt(): Promise<void> {
    if (!this.#connection) await this.byName();
  }
}

/** The helper keeps what is under way, and all who come wait for that. */
export class Anchors {
  readonly #anchors = new Map<string, string>();
  readonly #running = new Map<string, Promise<string>>();

  async show(key: string): Promise<string | undefined> {
    if (this.#anchors.has(key)) return this.#anchors.get(key);
    return (await this.#fetch(key)).trim();
  }

  async #fetch(key: string): Promise<string> {
    let work = this.#running.get(key);
    if (work === undefined) {
      work = load(key).finally(() => this.#running.delete(key));
      this.#running.set(key, work);
    }
    const anchor = await work;
    this.#anchors.set(key, anchor);
    return anchor;
  }
}
