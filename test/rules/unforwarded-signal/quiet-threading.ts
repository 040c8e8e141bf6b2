// @options {"threading": false}
import { load } from './lib';

/** A function of the project's own below another one: for `threading` alone. */
export async function turn(id: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  return await compress(id);
}

async function compress(id: string): Promise<string> {
  return await load(id);
}
