import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import NodeSocket from 'ws';
import { load, log } from './lib.ts';

export async function run(command: string): Promise<void> {
  const child = spawn(command);
  const text = await load();
  // Too late: it may have failed to start.
  child.on('error', log);
//      ^^ late-registration missed
//      related sources.ts:8 "waits here"
  child.on('exit', () => log(text));
//      ^^ late-registration missed
//      related sources.ts:8 "waits here"
}

export async function waitFor(command: string): Promise<void> {
  const child = spawn(command);
  await load();
  await new Promise((resolve) => child.once('exit', resolve));
//                                     ^^^^ late-registration missed
//                                     related sources.ts:20 "waits here"
}

export async function talk(url: string): Promise<void> {
  const socket = new WebSocket(url);
  const token = await load();
  socket.onopen = () => socket.send(token);
//       ^^^^^^ late-registration missed
//       related sources.ts:28 "waits here"
  socket.addEventListener('error', log);
//       ^^^^^^^^^^^^^^^^ late-registration missed
//       related sources.ts:28 "waits here"
}

export async function listen(url: string): Promise<void> {
  const socket = new NodeSocket(url);
  if (url === '') await load();
  socket.on('message', log);
//       ^^ late-registration missed
//       related sources.ts:39 "waits here"
}

export async function lines(): Promise<void> {
  const input = createInterface({ input: process.stdin });
  const prefix = await load();
  input.on('line', (line) => log(prefix + line));
//      ^^ late-registration missed
//      related sources.ts:47 "waits here"
}
