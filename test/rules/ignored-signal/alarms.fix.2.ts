import { load, plain } from './lib';

export async function search(id: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  return await load(id);
}

export async function several(ids: readonly string[], signal?: AbortSignal): Promise<string[]> {
  signal?.throwIfAborted();
  const found = [await load(ids[0] ?? '')];
  found.push(await load(ids[1] ?? ''));
  return found;
}

export async function nothingTakesIt(id: string, signal: AbortSignal): Promise<string> {
  const text = await plain(id);
  return await plain(text);
}

export async function destructured({ id, signal }: { id: string; signal: AbortSignal }): Promise<string> {
  signal.throwIfAborted();
  return await load(id);
}

export async function inOptions(id: string, options: { readonly depth: number; readonly signal?: AbortSignal }) {
  const text = await plain(id);
  return text.slice(options.depth);
}

export class Client {
  async get(url: string, signal: AbortSignal): Promise<Response> {
    signal.throwIfAborted();
    return await fetch(url);
  }
}

const local = async (id: string, signal: AbortSignal): Promise<string> => {
  signal.throwIfAborted();
  return await load(id);
};

export async function caller(id: string, signal: AbortSignal): Promise<string> {
  return await local(id, signal);
}
