import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline/promises';
import { Worker } from 'node:worker_threads';
import { Client } from 'pg';
import { openLog } from './lib.ts';

export async function log(path: string, line: string): Promise<void> {
  const file = await openLog(path);
//                   ^^^^^^^ unclosed-resource never
  await file.appendFile(line);
}

export async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
//                 ^^^^^^^^^^^^^^^ unclosed-resource never
  return await terminal.question(question);
}

export async function query(text: string): Promise<unknown> {
  const client = new Client();
//                   ^^^^^^ unclosed-resource missed
//                   related others.ts:26 "leaves here with it open"
  await client.connect();
  const answer = await client.query(text);
  await client.end();
  return answer;
}

export function compute(input: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker('./worker.js');
//                     ^^^^^^ unclosed-resource never
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.postMessage(input);
  });
}

export async function ping(port: number): Promise<void> {
  const socket = connect(port);
//               ^^^^^^^ unclosed-resource never
  socket.write('ping');
  await new Promise((resolve) => {
    socket.once('connect', resolve);
  });
}

export async function head(path: string, check: () => Promise<void>): Promise<void> {
  const stream = createReadStream(path);
//               ^^^^^^^^^^^^^^^^ unclosed-resource missed
//               related others.ts:54 "leaves here with it open"
  await check();
  stream.pipe(process.stdout);
}

export class Scratch {
  readonly path = '/var/tmp/scratch';
  [Symbol.dispose](): void {
    console.log('removed');
  }
}

export function scratch(): string {
  const folder = new Scratch();
//                   ^^^^^^^ unclosed-resource never
  return `${folder.path}/a`;
}

export async function computed(input: number): Promise<unknown> {
  const worker = new Worker('./worker.js');
//                   ^^^^^^ unclosed-resource never
  worker.postMessage(input);
  const [answer] = (await once(worker, 'message')) as unknown[];
  return answer;
}
