export class Client {
  readonly #controller = new AbortController();
//         ^^^^^^^^^^^ unreached-abort unreached
  private readonly unheard = new AbortController();
//                 ^^^^^^^ unreached-abort unheard

  async get(url: string): Promise<Response> {
    return await fetch(url, { signal: this.#controller.signal });
  }

  close(): void {
    this.unheard.abort();
  }
}

const { signal } = new AbortController();
//      ^^^^^^ unreached-abort unreached

export async function load(url: string): Promise<Response> {
  return await fetch(url, { signal });
}

export async function inPlace(url: string): Promise<Response> {
  return await fetch(url, { signal: new AbortController().signal });
//                                  ^^^^^^^^^^^^^^^^^^^^^ unreached-abort unreached
}
