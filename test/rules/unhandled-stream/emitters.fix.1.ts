import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { get } from 'node:https';
import { connect, type Socket } from 'node:net';
import { Pool } from 'pg';

export function open(url: string): void {
  spawn('xdg-open', [url], { detached: true }).unref();
}

export function build(command: string): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(command, ['build']);
    child.on('error', (error: unknown) => {
      console.error(error);
    });
    child.on('exit', resolve);
  });
}

export function download(url: string): Promise<string> {
  return new Promise((resolve) => {
    get(url, (response) => {
      response.on('data', (chunk) => resolve(String(chunk)));
    });
  });
}

export class Client {
  readonly #socket: Socket;
  constructor(port: number) {
    this.#socket = connect(port);
    this.#socket.on('data', (chunk) => console.log(chunk));
  }
  close(): void {
    this.#socket.end();
  }
}

export function log(path: string, lines: readonly string[]): void {
  const file = createWriteStream(path);
  file.on('error', (error: unknown) => {
    console.error(error);
  });
  for (const line of lines) file.write(line);
  file.end();
}

const pool = new Pool();
pool.on('error', (error: unknown) => {
  console.error(error);
});
export async function query(text: string): Promise<unknown> {
  return await pool.query(text);
}
