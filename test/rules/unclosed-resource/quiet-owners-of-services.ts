// Handles, servers, workers and timers that have an owner who ends them.
import { EventEmitter, once, on } from 'node:events';
import { createServer, type Server } from 'node:http';
import { open, type FileHandle } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';

export class LogFile {
  #file: FileHandle | undefined;
  async open(path: string): Promise<void> {
    this.#file = await open(path, 'a');
  }
  async close(): Promise<void> {
    await this.#file?.close();
  }
}

export async function openPair(a: string, b: string): Promise<[FileHandle, FileHandle]> {
  const first = await open(a);
  try {
    return [first, await open(b)];
  } catch (error) {
    await first.close();
    throw error;
  }
}

export class Heartbeat {
  #timer: NodeJS.Timeout | undefined;
  start(send: () => void): void {
    this.stop();
    this.#timer = setInterval(send, 1000);
  }
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

export function debounce(fn: () => void, ms: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(fn, ms);
  };
}

export function timeout(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export async function withServer<T>(use: (server: Server) => Promise<T>): Promise<T> {
  const server = createServer((_, response) => response.end());
  server.on('error', console.error);
  server.listen(0);
  await once(server, 'listening');
  try {
    return await use(server);
  } finally {
    server.close();
  }
}

export class WorkerPool {
  readonly #workers: Worker[] = [];
  constructor(size: number) {
    for (let i = 0; i < size; i++) {
      const worker = new Worker('./job.js');
      worker.on('error', (error) => console.error(error));
      this.#workers.push(worker);
    }
  }
  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

export function run(command: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', resolve);
  });
}

export async function firstMessage(emitter: EventEmitter, signal: AbortSignal): Promise<unknown> {
  for await (const [message] of on(emitter, 'message', { signal })) return message;
  return undefined;
}

export class Subscriptions {
  readonly #emitter: EventEmitter;
  readonly #off: (() => void)[] = [];
  constructor(emitter: EventEmitter) {
    this.#emitter = emitter;
  }
  listen(event: string, handler: (...values: unknown[]) => void): void {
    this.#emitter.on(event, handler);
    this.#off.push(() => this.#emitter.off(event, handler));
  }
  dispose(): void {
    for (const off of this.#off.splice(0)) off();
  }
}

export function copyFile(from: string, to: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const source = createReadStream(from).on('error', reject);
    const target = createWriteStream(to).on('error', reject).on('finish', () => resolve());
    source.pipe(target);
  });
}

export async function* numbered(path: string): AsyncGenerator<[number, string]> {
  const file = await open(path);
  try {
    let n = 0;
    for await (const line of file.readLines()) yield [++n, line];
  } finally {
    await file.close();
  }
}

export class Ticker implements Disposable {
  readonly #timer = setInterval(() => this.#tick(), 1000);
  #n = 0;
  #tick(): void {
    this.#n += 1;
  }
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

export function once1(target: EventTarget, type: string): Promise<Event> {
  return new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
}

const shutdown = new AbortController();
process.once('SIGINT', () => shutdown.abort());
process.on('exit', () => console.log('bye'));
setInterval(() => console.log(process.memoryUsage().rss), 60_000).unref();
