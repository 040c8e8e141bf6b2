import { Sema } from 'async-sema';
import { Mutex, Semaphore } from 'async-mutex';
import { Pool } from 'pg';
import { lock } from 'proper-lockfile';
import type { DataSource } from 'typeorm';
import { Gate, log, parse, Turnstile, work } from './lib.ts';

const mutex = new Mutex();
const semaphore = new Semaphore(3);
const sema = new Sema(2);
const pool = new Pool();
const gate = new Gate();
const turnstile = new Turnstile();

export async function rejects(text: string): Promise<string> {
  const release = await mutex.acquire();
  try {
    const result = await work(text);
    return result;
  } finally {
    release();
  }
}

export async function returnsEarly(text: string): Promise<void> {
  const release = await mutex.acquire();
  try {
    if (text === '') return;
    log(text);
  } finally {
    release();
  }
}

export async function throws(text: string): Promise<void> {
  const [count, release] = await semaphore.acquire();
  try {
    log(parse(`${text} ${count}`));
  } finally {
    release();
  }
}

export async function byTheLockItself(text: string): Promise<void> {
  await sema.acquire();
  try {
    await work(text);
  } finally {
    sema.release();
  }
}

export async function client(id: string): Promise<unknown> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query(id);
    return rows[0];
  } finally {
    client.release();
  }
}

export async function catches(id: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(id);
  } catch {
    log('failed');
  } finally {
    client.release();
  }
}

export async function neverReleased(id: string): Promise<unknown> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query(id);
    return rows[0];
  } finally {
    client.release();
  }
}

export async function inline(id: string): Promise<unknown> {
  return (await pool.connect()).query(id);
}

export async function queryRunner(source: DataSource): Promise<unknown> {
  const runner = source.createQueryRunner();
  try {
    const result = await runner.query('SELECT 1');
    return result;
  } finally {
    await runner.release();
  }
}

export async function file(path: string): Promise<void> {
  const unlock = await lock(path);
  try {
    await work(path);
  } finally {
    await unlock();
  }
}

// Locks of the project, known by what they have and give.
export async function own(text: string): Promise<void> {
  await gate.acquire();
  // The text takes its time.
  try {
    await work(text);
  } finally {
    gate.release();
  }
  log('done');
}

export async function ownReleaser(text: string): Promise<void> {
  const leave = await turnstile.lock();
  try {
    await work(text);
  } finally {
    leave();
  }
}

export async function reader(stream: ReadableStream<string>): Promise<void> {
  const reader = stream.getReader();
  try {
    const { value } = await reader.read();
    await work(value ?? '');
  } finally {
    reader.releaseLock();
  }
}

interface Line {
  send(text: string): Promise<string>;
  release(): Promise<void>;
}

declare function createConnection(name: string): Promise<Line>;

export async function lent(text: string): Promise<string> {
  const line = await createConnection('a');
  try {
    const answer = await line.send(text);
    return answer;
  } finally {
    await line.release();
  }
}

export async function lentInline(text: string): Promise<string> {
  return (await createConnection('b')).send(text);
}
