import { load, plain } from './lib';

export async function search(id: string, signal: AbortSignal): Promise<string> {
//                                       ^^^^^^ ignored-signal ignored
//                                       related alarms.ts:6 "could take it"
  return await load(id);
}

export async function several(ids: readonly string[], signal?: AbortSignal): Promise<string[]> {
//                                                    ^^^^^^ ignored-signal ignored
//                                                    related alarms.ts:13 "could take it"
//                                                    related alarms.ts:14 "could take it"
  const found = [await load(ids[0] ?? '')];
  found.push(await load(ids[1] ?? ''));
  return found;
}

export async function nothingTakesIt(id: string, signal: AbortSignal): Promise<string> {
//                                               ^^^^^^ ignored-signal ignored
  const text = await plain(id);
  return await plain(text);
}

export async function destructured({ id, signal }: { id: string; signal: AbortSignal }): Promise<string> {
//                                       ^^^^^^ ignored-signal ignored
//                                       related alarms.ts:27 "could take it"
  return await load(id);
}

export async function inOptions(id: string, options: { readonly depth: number; readonly signal?: AbortSignal }) {
//                                                                                      ^^^^^^ ignored-signal ignored
  const text = await plain(id);
  return text.slice(options.depth);
}

export class Client {
  async get(url: string, signal: AbortSignal): Promise<Response> {
//                       ^^^^^^ ignored-signal ignored
//                       related alarms.ts:40 "could take it"
    return await fetch(url);
  }
}

const local = async (id: string, signal: AbortSignal): Promise<string> => {
//                               ^^^^^^ ignored-signal ignored
//                               related alarms.ts:47 "could take it"
  return await load(id);
};

export async function caller(id: string, signal: AbortSignal): Promise<string> {
  return await local(id, signal);
}
