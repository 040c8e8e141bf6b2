import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import NodeSocket from 'ws';
import { load, log } from './lib.ts';

export async function run(command: string): Promise<void> {
  const child = spawn(command);
  child.on('error', log);
  const text = await load();
  // Too late: it may have failed to start.
  child.on('exit', () => log(text));
}

export async function waitFor(command: string): Promise<void> {
  const child = spawn(command);
  await load();
  await new Promise((resolve) => child.once('exit', resolve));
}

export async function talk(url: string): Promise<void> {
  const socket = new WebSocket(url);
  socket.addEventListener('error', log);
  const token = await load();
  socket.onopen = () => socket.send(token);
}

export async function listen(url: string): Promise<void> {
  const socket = new NodeSocket(url);
  socket.on('message', log);
  if (url === '') await load();
}

export async function lines(): Promise<void> {
  const input = createInterface({ input: process.stdin });
  const prefix = await load();
  input.on('line', (line) => log(prefix + line));
}

export async function eachLine(): Promise<void> {
  const input = createInterface({ input: process.stdin });
  await load();
  for await (const line of input) log(line);
}

export async function serve(): Promise<void> {
  const server = createServer();
  server.listen(0);
  server.on('error', log);
  await load();
}
