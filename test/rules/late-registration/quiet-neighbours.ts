import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { Page } from '@playwright/test';
import { onMounted } from 'vue';
import { Client, load, log } from './lib.ts';

// In the same turn as it was made.
export async function run(command: string): Promise<void> {
  const child = spawn(command);
  child.on('error', log);
  child.on('exit', log);
  await load();
}

// Made after the wait.
export async function runLater(): Promise<void> {
  const command = await load();
  const child = spawn(command);
  child.on('exit', log);
}

// The wait is for the very thing.
export async function spawned(command: string): Promise<void> {
  const child = spawn(command);
  await once(child, 'spawn');
  child.on('exit', log);
}

// Somebody has listened in time.
export async function twice(command: string): Promise<void> {
  const child = spawn(command);
  child.on('exit', log);
  await load();
  child.on('exit', () => log('again'));
}

// What a stream has to say waits for its listener.
export async function output(command: string): Promise<void> {
  const child = spawn(command);
  child.on('error', log);
  const prefix = await load();
  child.stdout.on('data', (text) => log(prefix + String(text)));
}

// An emitter of one's own says nothing before it is told to.
export async function own(): Promise<void> {
  const emitter = new EventEmitter();
  await load();
  emitter.on('done', log);
  emitter.emit('done');
}

// A server gets its first request after it listens.
export async function serve(): Promise<void> {
  const server = createServer();
  await load();
  server.on('request', log);
  server.listen(0);
  await once(server, 'listening');
}

// The end of everything.
export async function untilClosed(client: Client): Promise<void> {
  await client.connect();
  await once(client, 'close');
}

export async function press(page: Page): Promise<void> {
  const answer = page.waitForResponse('/save');
  await page.click('#save');
  await answer;
  await load();
  await page.waitForEvent('close');
}

export const component = {
  async setup(): Promise<string> {
    onMounted(() => log('mounted'));
    return load();
  },
};

// A name like another one's.
export async function inject(text: string): Promise<void> {
  log(text);
}

export async function useInject(): Promise<void> {
  await load();
  await inject('a');
}

process.on('unhandledRejection', log);

export async function interrupted(): Promise<void> {
  await load();
  process.on('SIGINT', () => log('interrupted'));
}

// The executor makes it.
export async function inExecutor(): Promise<void> {
  const command = await load();
  await new Promise((resolve, reject) => {
    const child = spawn(command);
    child.on('close', resolve);
    child.on('error', reject);
  });
}

// A look at it says whether it has happened already.
export async function lookedAt(command: string): Promise<void> {
  const child = spawn(command);
  child.on('error', log);
  await load();
  await new Promise<void>((resolve) => {
    if (child.exitCode !== null) resolve();
    else child.on('close', () => resolve());
  });
}

const events = new EventEmitter();
let rooms = 0;

export async function leave(): Promise<void> {
  rooms--;
  await load();
  if (rooms === 0) events.emit('empty');
}

// Both outcomes of the look have their way, in the turn in which somebody listens.
export async function drained(): Promise<void> {
  await load();
  await new Promise<void>((resolve) => {
    if (rooms <= 0) {
      resolve();
    } else {
      events.once('empty', () => resolve());
    }
  });
}

export async function drainedLater(resolve: () => void): Promise<void> {
  await load();
  if (rooms <= 0) resolve();
  else events.once('empty', resolve);
}
