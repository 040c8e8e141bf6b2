import { load, sleep } from './lib';

export async function attempts(id: string, signal: AbortSignal): Promise<string> {
  let last: unknown;
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await load(id, { signal });
    } catch (error) {
      signal.throwIfAborted();
      last = error;
      await sleep(100 * attempt);
    }
  }
  throw last;
}

export async function forEver(id: string, signal: AbortSignal): Promise<string> {
  while (true) {
    try {
      return await load(id, { signal });
    } catch (error) {
      signal.throwIfAborted();
      console.error(error);
    }
  }
}
