// Loops in which one round needs the one before, the order, one connection, or a pause.
import { readFile, writeFile, rename, mkdir, rm, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { Pool, type PoolClient } from 'pg';

const pool = new Pool();
pool.on('error', console.error);

export async function saveAtomically(path: string, text: string): Promise<void> {
  await mkdir('out', { recursive: true });
  await writeFile(`${path}.tmp`, text);
  await rename(`${path}.tmp`, path);
}

export async function transact<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

export async function insertAll(rows: { id: string; name: string }[]): Promise<void> {
  await transact(async (client) => {
    for (const row of rows) {
      await client.query('insert into t (id, name) values ($1, $2)', [row.id, row.name]);
    }
  });
}

export async function runMigrations(files: string[]): Promise<void> {
  for (const file of files.sort()) {
    const sql = await readFile(file, 'utf8');
    await pool.query(sql);
    console.log('applied', file);
  }
}

export async function firstThatWorks(urls: string[]): Promise<string | undefined> {
  for (const url of urls) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(1000) });
      if (response.ok) return url;
      await response.body?.cancel();
    } catch (error) {
      console.warn(url, error);
    }
  }
  return undefined;
}

export async function throttle(urls: string[]): Promise<void> {
  for (const url of urls) {
    const response = await fetch(url, { signal: AbortSignal.timeout(1000) });
    await response.body?.cancel();
    await sleep(200);
  }
}

export async function follow(url: string): Promise<string[]> {
  const seen: string[] = [];
  let next: string | null = url;
  while (next) {
    const response: Response = await fetch(next, { signal: AbortSignal.timeout(1000) });
    const page = (await response.json()) as { next: string | null; items: string[] };
    seen.push(...page.items);
    next = page.next;
  }
  return seen;
}

export async function countLines(path: string): Promise<number> {
  let count = 0;
  const lines = createInterface({ input: createReadStream(path).on('error', (error) => lines.emit('error', error)) });
  for await (const line of lines) if (line) count++;
  return count;
}

export async function retry<T>(work: (attempt: number) => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      if (attempt >= 5 || signal.aborted) throw error;
      await sleep(2 ** attempt * 100, undefined, { signal });
    }
  }
}

export async function waitUntilUp(url: string): Promise<void> {
  const end = Date.now() + 30_000;
  while (Date.now() < end) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(500) });
      if (response.ok) return;
    } catch {
      // Not up yet.
    }
    await sleep(250);
  }
  throw new Error(`${url} did not come up`);
}

export async function firstOf(child: import('node:child_process').ChildProcess, ms: number): Promise<number | null> {
  const controller = new AbortController();
  try {
    const [code] = await Promise.race([
      once(child, 'exit', { signal: controller.signal }),
      sleep(ms, [null], { signal: controller.signal }),
    ]);
    return code as number | null;
  } finally {
    controller.abort();
  }
}

export async function gzipAll(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createWriteStream(to));
}

export async function batch<T, R>(items: T[], work: (item: T) => Promise<R>, size = 10): Promise<R[]> {
  const out: R[] = [];
  for (let i = 0; i < items.length; i += size) {
    out.push(...(await Promise.all(items.slice(i, i + size).map(work))));
  }
  return out;
}

export async function cleanUp(paths: string[]): Promise<void> {
  await Promise.allSettled(paths.map((path) => rm(path, { force: true })));
}

export async function tail(path: string): Promise<string> {
  await using file = await open(path);
  const { size } = await file.stat();
  const { buffer } = await file.read({ position: Math.max(0, size - 100) });
  return buffer.toString();
}

export async function login(page: { goto(u: string): Promise<void>; fill(s: string, t: string): Promise<void>; click(s: string): Promise<void> }) {
  await page.goto('/login');
  await page.fill('#user', 'me');
  await page.fill('#password', 'secret');
  await page.click('#go');
}
