interface Connection {
  readonly url: string;
}

async function connect(url: string): Promise<Connection> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`no connection: ${response.status}`);
  return { url: response.url };
}

export class Pool {
  #connection: Connection | undefined;

  // Two requests that come together both find nothing, and both connect.
  async open(url: string): Promise<Connection> {
    if (!this.#connection) {
      this.#connection = await connect(url);
    }
    return this.#connection;
  }
}

const pool = new Pool();

export async function warmUp(urls: readonly string[]): Promise<void> {
  await Promise.all(urls.map((url) => pool.open(url)));
}
