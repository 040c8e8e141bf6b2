import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { get, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Pool } from 'pg';
import { shared } from './lib.ts';

shared.on('error', (error) => console.error(error));

export async function compress(path: string): Promise<void> {
  await pipeline(createReadStream(path), createGzip(), createWriteStream(`${path}.gz`));
}

export function send(path: string, response: ServerResponse): void {
  const file = createReadStream(path);
  file.on('error', (error) => response.destroy(error));
  file.pipe(response);
}

export function chained(path: string, response: ServerResponse): void {
  createReadStream(path).on('error', console.error).pipe(response);
}

// Whoever made these looks after them.
export function forward(request: IncomingMessage, response: ServerResponse): void {
  request.pipe(response);
}

export async function read(path: string): Promise<string> {
  let text = '';
  for await (const chunk of createReadStream(path)) text += String(chunk);
  for await (const line of createInterface({ input: createReadStream(path) })) text += line;
  const stream = createReadStream(path);
  for await (const chunk of stream) text += String(chunk);
  return text;
}

export async function run(command: string): Promise<void> {
  const child = spawn(command);
  await once(child, 'exit');
  spawn(process.execPath, ['-v']);
  spawn('ls | wc', { shell: true });
}

export function fetched(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, (response) => resolve(String(response.statusCode))).on('error', reject);
  });
}

export function connected(port: number): Socket {
  const socket = connect(port);
  socket.setNoDelay();
  return socket;
}

export class Client {
  readonly #socket = connect(80);
  constructor() {
    this.#socket.once('error', (error) => console.error(error));
  }
  listen(handlers: Record<string, () => void>): Socket {
    const socket = connect(81);
    for (const [event, handler] of Object.entries(handlers)) socket.on(event, handler);
    return this.#socket;
  }
}

export function saved(path: string): Promise<void> {
  const file = createWriteStream(path);
  return new Promise((resolve, reject) => {
    file.on('close', () => resolve()).on('error', reject);
  });
}

export async function isReachable(url: string): Promise<boolean> {
  const pool = new Pool(url);
  try {
    await pool.query('SELECT 1');
    return true;
  } finally {
    await pool.end();
  }
}
