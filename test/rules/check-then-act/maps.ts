import { load } from './lib';

const cache = new Map<string, string>();

export async function cached(key: string): Promise<string | undefined> {
  if (!cache.has(key)) {
    cache.set(key, await load(key));
//  ^^^^^^^^^ check-then-act entry
//  related maps.ts:6 "1 checks `cache.has(key)`"
//  related maps.ts:7 "2 waits here, and other tasks run"
//  related maps.ts:6 "3 another call checks, and finds the same"
//  related maps.ts:7 "4 both put the entry into `cache`"
  }
  return cache.get(key);
}

export async function viaVariable(key: string): Promise<string> {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const value = await load(key);
  cache.set(key, value);
//^^^^^^^^^ check-then-act entry
// related maps.ts:18 "1 checks `cache.get(key)`"
// related maps.ts:20 "2 waits here, and other tasks run"
// related maps.ts:18 "3 another call checks, and finds the same"
// related maps.ts:21 "4 both put the entry into `cache`"
  return value;
}

export async function byFallback(key: string): Promise<string> {
  const value = cache.get(key) ?? (await load(key));
  cache.set(key, value);
//^^^^^^^^^ check-then-act entry
// related maps.ts:31 "1 checks `cache.get(key)`"
// related maps.ts:31 "2 waits here, and other tasks run"
// related maps.ts:31 "3 another call checks, and finds the same"
// related maps.ts:32 "4 both put the entry into `cache`"
  return value;
}
