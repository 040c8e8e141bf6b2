// Probes, clean-up, results and rethrown errors as people write them.
import { readFile, access, unlink, rm, stat } from 'node:fs/promises';
import { readFile as readFileCallback } from 'node:fs';

export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

export const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (info) => info.isFile(),
    () => false,
  );

export async function withTemp<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await unlink(path).catch(() => {});
    rm(`${path}.log`, { force: true }).catch(() => {});
  }
}

export async function each(items: string[], work: (item: string) => Promise<void>): Promise<string[]> {
  const failed: string[] = [];
  for (const item of items) {
    try {
      await work(item);
    } catch {
      failed.push(item);
    }
  }
  return failed;
}

export async function both(a: () => Promise<number>, b: () => Promise<number>): Promise<number> {
  const left = a();
  const right = b();
  const [x, y] = await Promise.all([left, right]);
  return x + y;
}

export async function prefetch(load: (n: number) => Promise<string>): Promise<string[]> {
  const next = load(2);
  next.catch(() => {}); // Seen below.
  const first = await load(1);
  return [first, await next];
}

export function legacy(path: string, callback: (error: Error | null, text?: string) => void): void {
  readFileCallback(path, 'utf8', (error, text) => {
    if (error) return callback(error);
    callback(null, text.trim());
  });
}

export class Deferred<T> {
  resolve!: (value: T) => void;
  reject!: (reason: unknown) => void;
  readonly promise = new Promise<T>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}

export async function toResult<T>(promise: Promise<T>): Promise<{ ok: true; value: T } | { ok: false; error: unknown }> {
  try {
    return { ok: true, value: await promise };
  } catch (error) {
    return { ok: false, error };
  }
}

export async function settle(tasks: Promise<number>[]): Promise<number> {
  const results = await Promise.allSettled(tasks);
  const bad = results.filter((result) => result.status === 'rejected');
  if (bad.length > 0) throw new AggregateError(bad.map((result) => result.reason));
  return results.reduce((sum, result) => sum + (result.status === 'fulfilled' ? result.value : 0), 0);
}

export async function maybe(flag: boolean, load: () => Promise<string>): Promise<string> {
  const pending = flag ? load() : undefined;
  if (!pending) return 'none';
  return await pending;
}

export async function race(load: () => Promise<string>, signal: AbortSignal): Promise<string> {
  const work = load();
  if (signal.aborted) {
    await work.catch(() => undefined);
    throw signal.reason;
  }
  return work;
}

export function validate(value: unknown): asserts value is string {
  if (typeof value !== 'string') throw new TypeError('not a string');
}

export async function checked(value: unknown): Promise<string> {
  validate(value);
  return Promise.resolve(value);
}
