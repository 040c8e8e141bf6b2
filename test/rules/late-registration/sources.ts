import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import NodeSocket from 'ws';
import { load, log } from './lib.ts';

export async function run(command: string): Promise<void> {
  const child = spawn(command);
  const text = await load();
  // Too late: it may have failed to start.
  child.on('error', log);
//      ^^ late-registration missed
//      related sources.ts:9 "waits here"
  child.on('exit', () => log(text));
//      ^^ late-registration missed
//      related sources.ts:9 "waits here"
}

export async function waitFor(command: string): Promise<void> {
  const child = spawn(command);
  await load();
  await new Promise((resolve) => child.once('exit', resolve));
//                                     ^^^^ late-registration missed
//                                     related sources.ts:21 "waits here"
}

export async function talk(url: string): Promise<void> {
  const socket = new WebSocket(url);
  const token = await load();
  socket.onopen = () => socket.send(token);
//       ^^^^^^ late-registration missed
//       related sources.ts:29 "waits here"
  socket.addEventListener('error', log);
//       ^^^^^^^^^^^^^^^^ late-registration missed
//       related sources.ts:29 "waits here"
}

export async function listen(url: string): Promise<void> {
  const socket = new NodeSocket(url);
  if (url === '') await load();
  socket.on('message', log);
//       ^^ late-registration missed
//       related sources.ts:40 "waits here"
}

export async function lines(): Promise<void> {
  const input = createInterface({ input: process.stdin });
  const prefix = await load();
  input.on('line', (line) => log(prefix + line));
//      ^^ late-registration missed
//      related sources.ts:48 "waits here"
}

export async function eachLine(): Promise<void> {
  const input = createInterface({ input: process.stdin });
  await load();
  for await (const line of input) log(line);
//                         ^^^^^ late-registration missed
//                         related sources.ts:56 "waits here"
}

export async function serve(): Promise<void> {
  const server = createServer();
  server.listen(0);
  await load();
  server.on('error', log);
//       ^^ late-registration missed
//       related sources.ts:65 "waits here"
}
