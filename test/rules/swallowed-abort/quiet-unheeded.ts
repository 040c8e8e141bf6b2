interface Options {
  readonly id: string;
  readonly signal?: AbortSignal;
}

declare function read(id: string): Promise<string>;

// The options carry a signal, and nothing that is called looks at it.
async function readOf(options: Options): Promise<string> {
  return await read(options.id);
}

async function readTwice(options: Options): Promise<string> {
  return (await readOf(options)) + (await readOf({ ...options, id: 'b' }));
}

export async function unheeded(options: Options): Promise<string> {
  try {
    return await readTwice(options);
  } catch (error) {
    console.error(error);
    return '';
  }
}

class Reader {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async all(): Promise<string> {
    return await read(this.#options.id);
  }
}

async function readByObject(options: Options): Promise<string> {
  return await new Reader(options).all();
}

export async function unheededByObject(options: Options): Promise<string> {
  try {
    return await readByObject(options);
  } catch (error) {
    console.error(error);
    return '';
  }
}

// Whoever only asks and goes another way gives no error.
async function readUnless(id: string, signal: AbortSignal): Promise<string | undefined> {
  if (signal.aborted) return undefined;
  return await read(id);
}

export async function asked(id: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    return await readUnless(id, signal);
  } catch {
    return '';
  }
}

/**
 * Fetches from a peer.
 * Returns null on any error (peers that are gone are left out).
 */
export async function ofPeer(url: string, signal: AbortSignal): Promise<Response | null> {
  try {
    return await fetch(url, { signal });
  } catch {
    return null;
  }
}
