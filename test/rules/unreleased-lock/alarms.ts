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
//                            ^^^^^^^ unreleased-lock missed
//                            related alarms.ts:20 "leaves here without releasing it"
//                            related alarms.ts:21 "released here"
  const result = await work(text);
  release();
  return result;
}

export async function returnsEarly(text: string): Promise<void> {
  const release = await mutex.acquire();
//                            ^^^^^^^ unreleased-lock missed
//                            related alarms.ts:30 "leaves here without releasing it"
//                            related alarms.ts:32 "released here"
  if (text === '') return;
  log(text);
  release();
}

export async function throws(text: string): Promise<void> {
  const [count, release] = await semaphore.acquire();
//                                         ^^^^^^^ unreleased-lock missed
//                                         related alarms.ts:40 "leaves here without releasing it"
//                                         related alarms.ts:41 "released here"
  log(parse(`${text} ${count}`));
  release();
}

export async function byTheLockItself(text: string): Promise<void> {
  await sema.acquire();
//           ^^^^^^^ unreleased-lock missed
//           related alarms.ts:49 "leaves here without releasing it"
//           related alarms.ts:50 "released here"
  await work(text);
  sema.release();
}

export async function client(id: string): Promise<unknown> {
  const client = await pool.connect();
//                          ^^^^^^^ unreleased-lock missed
//                          related alarms.ts:58 "leaves here without releasing it"
//                          related alarms.ts:59 "released here"
  const { rows } = await client.query(id);
  client.release();
  return rows[0];
}

export async function catches(id: string): Promise<void> {
  const client = await pool.connect();
//                          ^^^^^^^ unreleased-lock missed
//                          related alarms.ts:69 "leaves here without releasing it"
//                          related alarms.ts:70 "released here"
  try {
    await client.query(id);
    client.release();
  } catch {
    log('failed');
  }
}

export async function neverReleased(id: string): Promise<unknown> {
  const client = await pool.connect();
//                          ^^^^^^^ unreleased-lock never
  const { rows } = await client.query(id);
  return rows[0];
}

export async function inline(id: string): Promise<unknown> {
  return (await pool.connect()).query(id);
//                   ^^^^^^^ unreleased-lock never
}

export async function queryRunner(source: DataSource): Promise<unknown> {
  const runner = source.createQueryRunner();
//                      ^^^^^^^^^^^^^^^^^ unreleased-lock missed
//                      related alarms.ts:93 "leaves here without releasing it"
//                      related alarms.ts:94 "released here"
  const result = await runner.query('SELECT 1');
  await runner.release();
  return result;
}

export async function file(path: string): Promise<void> {
  const unlock = await lock(path);
//                     ^^^^ unreleased-lock never
  await work(path);
}

// Locks of the project, known by what they have and give.
export async function own(text: string): Promise<void> {
  await gate.acquire();
//           ^^^^^^^ unreleased-lock missed
//           related alarms.ts:111 "leaves here without releasing it"
//           related alarms.ts:112 "released here"
  // The text takes its time.
  await work(text);
  gate.release();
  log('done');
}

export async function ownReleaser(text: string): Promise<void> {
  const leave = await turnstile.lock();
//                              ^^^^ unreleased-lock missed
//                              related alarms.ts:121 "leaves here without releasing it"
//                              related alarms.ts:122 "released here"
  await work(text);
  leave();
}

export async function reader(stream: ReadableStream<string>): Promise<void> {
  const reader = stream.getReader();
//                      ^^^^^^^^^ unreleased-lock missed
//                      related alarms.ts:131 "leaves here without releasing it"
//                      related alarms.ts:132 "released here"
  const { value } = await reader.read();
  await work(value ?? '');
  reader.releaseLock();
}

interface Line {
  send(text: string): Promise<string>;
  release(): Promise<void>;
}

declare function createConnection(name: string): Promise<Line>;

export async function lent(text: string): Promise<string> {
  const line = await createConnection('a');
//                   ^^^^^^^^^^^^^^^^ unreleased-lock missed
//                   related alarms.ts:147 "leaves here without releasing it"
//                   related alarms.ts:148 "released here"
  const answer = await line.send(text);
  await line.release();
  return answer;
}

export async function lentInline(text: string): Promise<string> {
  return (await createConnection('b')).send(text);
//              ^^^^^^^^^^^^^^^^ unreleased-lock never
}
