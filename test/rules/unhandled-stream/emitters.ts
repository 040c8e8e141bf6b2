import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { get } from 'node:https';
import { connect, type Socket } from 'node:net';
import { Pool } from 'pg';

export function open(url: string): void {
  spawn('xdg-open', [url], { detached: true }).unref();
//^^^^^ unhandled-stream emitter
}

export function build(command: string): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(command, ['build']);
//                ^^^^^ unhandled-stream emitter
    child.on('exit', resolve);
  });
}

export function download(url: string): Promise<string> {
  return new Promise((resolve) => {
    get(url, (response) => {
//  ^^^ unhandled-stream emitter
      response.on('data', (chunk) => resolve(String(chunk)));
    });
  });
}

export class Client {
  readonly #socket: Socket;
  constructor(port: number) {
    this.#socket = connect(port);
//                 ^^^^^^^ unhandled-stream emitter
    this.#socket.on('data', (chunk) => console.log(chunk));
  }
  close(): void {
    this.#socket.end();
  }
}

export function log(path: string, lines: readonly string[]): void {
  const file = createWriteStream(path);
//             ^^^^^^^^^^^^^^^^^ unhandled-stream emitter
  for (const line of lines) file.write(line);
  file.end();
}

const pool = new Pool();
//               ^^^^ unhandled-stream emitter
export async function query(text: string): Promise<unknown> {
  return await pool.query(text);
}
