export class Client {
  #controller = new AbortController();
  private readonly handedOut = new AbortController();
  readonly open = new AbortController();

  async get(url: string): Promise<Response> {
    this.use(this.handedOut);
    await fetch(url, { signal: this.open.signal });
    return await fetch(url, { signal: this.#controller.signal });
  }

  close(): void {
    this.#controller.abort();
  }

  private use(controller: AbortController): void {
    controller.abort();
  }
}

/** It stands in for a signal that is not there. */
export async function orNone(url: string, given?: AbortSignal): Promise<Response> {
  return await fetch(url, { signal: given ?? new AbortController().signal });
}
