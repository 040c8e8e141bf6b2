import { createReadStream, createWriteStream, watch } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import { Client } from 'pg';

// Handed to the caller.
export async function opened(path: string): Promise<FileHandle> {
  const handle = await open(path);
  await handle.sync();
  return handle;
}

// Handed to the object.
export class Log {
  #file: FileHandle | undefined;
  async start(path: string): Promise<void> {
    this.#file = await open(path);
  }
  async write(line: string): Promise<void> {
    const file = this.#file ?? (await open('default'));
    this.#file = file;
    await file.appendFile(line);
  }
  async close(): Promise<void> {
    await this.#file?.close();
  }
}

export async function onceOpened(path: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path);
    await handle.sync();
  } finally {
    await handle?.close();
  }
}

export async function chained(path: string): Promise<string> {
  return open(path).then(async (handle) => {
    const text = await handle.readFile('utf8');
    await handle.close();
    return text;
  });
}

export function closedLater(path: string, socket: Socket): void {
  void open(path).then((handle) => socket.once('close', () => void handle.close()));
}

export async function copies(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createWriteStream(to));
  const source = createReadStream(from);
  for await (const line of createInterface({ input: source })) console.log(line);
  createReadStream(from).pipe(process.stdout);
}

// These are meant to last.
export function serve(port: number): void {
  const server = createServer();
  server.listen(port);
  const watcher = watch('config');
  watcher.on('change', () => server.closeAllConnections());
}

// A worker that only runs its script ends with it.
export function run(script: string): Promise<void> {
  return new Promise((resolve) => {
    const worker = new Worker(script);
    worker.once('message', () => resolve());
  });
}

export function request(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port);
    socket.on('data', (chunk) => (text += String(chunk)));
    socket.once('error', reject);
    socket.once('end', () => resolve(text));
  });
}

export async function answered(text: string): Promise<unknown> {
  const client = new Client();
  // What could not be opened need not be closed.
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

const opening = new Map<string, FileHandle>();
export async function cached(path: string): Promise<string> {
  const handle = await open(path);
  opening.set(path, handle);
  return handle.readFile('utf8');
}

export async function main(): Promise<void> {
  const client = new Client();
  await client.connect();
  console.log(await client.query('SELECT 1'));
}
void main();

export function attached(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, () => resolve(socket));
    socket.on('error', reject);
  });
}

// What WebAssembly holds goes with the object.
class Settings {
  algorithm = '';
  free(): void {}
  [Symbol.dispose](): void {
    this.free();
  }
}
export function algorithm(): string {
  const settings = new Settings();
  return settings.algorithm;
}

export async function destroyedByHelper(port: number, check: () => Promise<boolean>): Promise<boolean> {
  let socket: Socket | undefined;
  const destroy = (): void => {
    socket?.destroy();
  };
  socket = connect(port);
  if (!(await check())) {
    destroy();
    return false;
  }
  socket.destroy();
  return true;
}

class Numbers {
  [Symbol.asyncIterator](): this {
    return this;
  }
  async next(): Promise<IteratorResult<number>> {
    return { done: true, value: undefined };
  }
  async [Symbol.asyncDispose](): Promise<void> {}
}
export async function first(): Promise<unknown> {
  const numbers = new Numbers();
  return numbers.next();
}
