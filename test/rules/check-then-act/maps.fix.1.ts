import { load } from './lib';
import { Mutex } from 'async-mutex';

const cache = new Map<string, string>();

const cachedMutex = new Mutex();

export async function cached(key: string): Promise<string | undefined> {
  return cachedMutex.runExclusive(async () => {
    if (!cache.has(key)) {
      cache.set(key, await load(key));
    }
    return cache.get(key);
  });
}

const viaVariableMutex = new Mutex();

export async function viaVariable(key: string): Promise<string> {
  return viaVariableMutex.runExclusive(async () => {
    const known = cache.get(key);
    if (known !== undefined) return known;
    const value = await load(key);
    cache.set(key, value);
    return value;
  });
}

const byFallbackMutex = new Mutex();

export async function byFallback(key: string): Promise<string> {
  return byFallbackMutex.runExclusive(async () => {
    const value = cache.get(key) ?? (await load(key));
    cache.set(key, value);
    return value;
  });
}
