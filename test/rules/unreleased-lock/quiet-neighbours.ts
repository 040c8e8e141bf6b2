import { Sema } from 'async-sema';
import { Mutex, type Releaser, Semaphore } from 'async-mutex';
import { Pool, type PoolClient } from 'pg';
import { Gate, log, work } from './lib.ts';

const mutex = new Mutex();
const semaphore = new Semaphore(3);
const sema = new Sema(2);
const pool = new Pool();
const gate = new Gate();

export async function inFinally(text: string): Promise<string> {
  const release = await mutex.acquire();
  try {
    return await work(text);
  } finally {
    release();
  }
}

export async function pair(text: string): Promise<string> {
  const [, release] = await semaphore.acquire();
  try {
    return await work(text);
  } finally {
    release();
  }
}

export async function lockInFinally(text: string): Promise<void> {
  await sema.acquire();
  try {
    await work(text);
  } finally {
    sema.release();
  }
}

export async function mutexInFinally(text: string): Promise<void> {
  await mutex.acquire();
  try {
    await work(text);
  } finally {
    mutex.release();
  }
}

export function callback(text: string): Promise<string> {
  return mutex.runExclusive(() => work(text));
}

// The `catch` releases as well.
export async function bothWays(id: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(id);
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

// Others get it, and have to release it.
export async function handedOver(): Promise<PoolClient> {
  const client = await pool.connect();
  log('connected');
  return client;
}

export async function given(): Promise<void> {
  const client = await pool.connect();
  await useAndRelease(client);
}

async function useAndRelease(client: PoolClient): Promise<void> {
  try {
    await client.query('SELECT 1');
  } finally {
    client.release();
  }
}

export class Session {
  private release: Releaser | undefined;

  async begin(): Promise<void> {
    this.release = await mutex.acquire();
  }

  end(): void {
    this.release?.();
  }

  // The other half is another method.
  async enter(): Promise<void> {
    await gate.acquire();
    log('entered');
  }

  leave(): void {
    gate.release();
  }
}

// A timer releases it.
export async function later(text: string): Promise<void> {
  const release = await mutex.acquire();
  setTimeout(() => release(), 1000);
  await work(text);
}

export async function afterwards(text: string): Promise<void> {
  const release = await mutex.acquire();
  await work(text).finally(() => release());
}

// Nothing on the way can fail.
export async function plain(text: string): Promise<void> {
  const release = await mutex.acquire();
  log(text);
  release();
}

// Whoever reads a body to its end needs no release.
export async function body(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  let text = '';
  for (;;) {
    const read = await reader?.read();
    if (!read || read.done) return text;
    text += String(read.value);
  }
}

// A stream that fails has nothing left to lock.
export async function streamFails(stream: ReadableStream<string>): Promise<string | undefined> {
  const reader = stream.getReader();
  const { value } = await reader.read();
  reader.releaseLock();
  return value;
}

export async function notALock(registry: { acquire(): Promise<string>; release(): void }): Promise<string> {
  const name = await registry.acquire();
  await work(name);
  registry.release();
  return name;
}

export async function mayBeMissing(isWanted: boolean, text: string): Promise<void> {
  const release = isWanted ? await mutex.acquire() : undefined;
  try {
    await work(text);
  } finally {
    release?.();
  }
}

// The callback gets it.
export function withCallback(listen: (error: Error | undefined, client?: PoolClient) => void): void {
  pool.connect(listen);
}

// Another method gives back what a class of the project lends.
export class Connections {
  async acquireLine(name: string): Promise<{ send(text: string): void }> {
    await work(name);
    return { send: log };
  }

  releaseLine(name: string): void {
    log(name);
  }
}

export async function greet(connections: Connections): Promise<void> {
  const line = await connections.acquireLine('a');
  line.send('hello');
}

// Nobody else has the stream.
export async function own(response: Response): Promise<string> {
  const stream = response.clone().body as ReadableStream<string>;
  const reader = stream.getReader();
  const { value } = await reader.read();
  if (value === undefined) {
    void reader.cancel();
    return '';
  }
  await work(value);
  reader.releaseLock();
  return value;
}

interface Runner {
  run(text: string): Promise<void>;
  release(): Promise<void>;
}

declare function getRunner(): Runner;
declare function createRunnerSession(): Runner;

// Who asks for one may get what others use as well.
export async function shared(text: string): Promise<void> {
  await getRunner().run(text);
}

// A condition decides who has it.
export async function maybeOwn(text: string, given?: Runner): Promise<void> {
  const runner = given ?? createRunnerSession();
  try {
    await runner.run(text);
  } finally {
    if (runner !== given) await runner.release();
  }
}
