import { load, plain } from './lib';

export async function search(id: string, signal: AbortSignal): Promise<string> {
  return await load(id, { signal });
}

export async function several(ids: readonly string[], signal?: AbortSignal): Promise<string[]> {
  const found = [await load(ids[0] ?? '', { signal })];
  found.push(await load(ids[1] ?? '', { signal }));
  return found;
}

export async function nothingTakesIt(id: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const text = await plain(id);
  return await plain(text);
}

export async function destructured({ id, signal }: { id: string; signal: AbortSignal }): Promise<string> {
  return await load(id, { signal });
}

export async function inOptions(id: string, options: { readonly depth: number; readonly signal?: AbortSignal }) {
  options.signal?.throwIfAborted();
  const text = await plain(id);
  return text.slice(options.depth);
}

export class Client {
  async get(url: string, signal: AbortSignal): Promise<Response> {
    return await fetch(url, { signal });
  }
}

const local = async (id: string, signal: AbortSignal): Promise<string> => {
  return await load(id, { signal });
};

export async function caller(id: string, signal: AbortSignal): Promise<string> {
  return await local(id, signal);
}
