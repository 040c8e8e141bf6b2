import { isPromise, type Issue } from '@acme/not-installed';

/** Types that do not resolve are `any`, and guards that do not resolve tell nothing. */
type CacheResult<T> = Promise<T | undefined> | T | undefined;

interface Cached<T> {
  value: CacheResult<T>;
  expiresAt?: number;
}

interface Cache {
  get(key: string, make: () => Cached<Issue>): Promise<Issue>;
}

async function load(key: string): Promise<Issue> {
  const answer = await fetch(`https://example.com/${key}`);
  return await answer.json();
}

export function find(cache: Cache, key: string): Promise<Issue> {
  return cache.get(key, () => ({
    value: (async () => {
      try {
        return await load(key);
      } catch {
        return undefined;
      }
    })(),
  }));
}

export async function supports(has: (feature: string) => boolean | Promise<boolean>): Promise<string[]> {
  const found = has('ignore-revs');
  const isSupported = isPromise(found) ? await found : found;
  return isSupported ? ['--ignore-revs-file'] : [];
}
