/** A thenable whose methods give the thenable itself: no new promise is made. */
class Upload implements PromiseLike<number> {
  #aborted = false;
  readonly #work: Promise<number>;

  constructor(work: (isAborted: () => boolean) => Promise<number>) {
    this.#work = work(() => this.#aborted);
  }

  // biome-ignore lint/suspicious/noThenProperty: a thenable.
  then<A, B>(done?: ((value: number) => A) | null, failed?: ((error: unknown) => B) | null): Promise<number | A | B> {
    return this.#work.then(done, failed) as Promise<number | A | B>;
  }

  abort(): this {
    this.#aborted = true;
    return this;
  }
}

export function stopLater(upload: Upload): void {
  setTimeout(() => {
    upload.abort();
  }, 100);
}

export async function send(work: () => Promise<number>): Promise<number> {
  const upload = new Upload(work);
  if (process.exitCode === 1) upload.abort();
  return await upload;
}
