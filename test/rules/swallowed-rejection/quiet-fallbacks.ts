import { rm } from 'node:fs/promises';
interface Cache { get(key: string): Promise<string | null>; warm(key: string): Promise<void> }
export async function find(cache: Cache, key: string, load: () => Promise<string>): Promise<string> {
  const hit = await cache.get(key).catch(() => null);
  return hit ?? load();
}
export async function clean(dir: string): Promise<void> {
  await rm(dir, { recursive: true }).catch(() => {});
}
export async function warm(cache: Cache, key: string): Promise<void> {
  try {
    await cache.warm(key);
  } catch {
    // A cold cache is only slower.
  }
}
export async function exists(read: (f: string) => Promise<string>, file: string): Promise<boolean> {
  try {
    await read(file);
    return true;
  } catch {
    return false;
  }
}
export async function settle(jobs: Array<Promise<number>>): Promise<number> {
  const results = await Promise.allSettled(jobs);
  return results.reduce((sum, r) => (r.status === 'fulfilled' ? sum + r.value : sum), 0);
}
