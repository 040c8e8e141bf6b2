/**
 * Lets one request for a thing be under way at a time. The client keeps the trees that have arrived, yet asks for one again
 * as long as it is on its way: many questions about one large file would bring it over as often.
 */
export class OneAtATime {
  readonly #open = new Map<string, Promise<unknown>>();

  /** Runs `fetch` after the request for the same key that is under way, if there is one; it then finds what that brought. */
  run<T>(key: string, fetch: () => Promise<T>): Promise<T> {
    const open = this.#open.get(key);
    if (open) return open.then(fetch, fetch);
    const own = fetch();
    const done = (): void => void this.#open.delete(key);
    this.#open.set(key, own);
    own.then(done, done);
    return own;
  }
}
