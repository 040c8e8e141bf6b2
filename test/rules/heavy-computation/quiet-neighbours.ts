import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

// The code says which file it is.
export async function manifest(folder: string): Promise<unknown> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
}

export async function settings(folder: string): Promise<unknown> {
  const path = `${folder}/settings.json`;
  return JSON.parse(await readFile(path, 'utf8'));
}

export async function own(): Promise<unknown> {
  return JSON.parse(await readFile(new URL('./own.json', import.meta.url), 'utf8'));
}

// The program itself says which file it is.
export class Settings {
  readonly #path: string;

  constructor(folder: string) {
    this.#path = join(folder, 'settings.json');
  }

  async load(): Promise<unknown> {
    return JSON.parse(await readFile(this.#path, 'utf8'));
  }
}

async function cached(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}

export async function lastRun(folder: string): Promise<unknown> {
  return cached(`${folder}/last-run.json`);
}

// A stream takes it piece by piece.
export async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

// What is parsed is no file.
export function parsed(text: string): unknown {
  return JSON.parse(text);
}

export async function short(name: string): Promise<string> {
  return createHash('sha256').update(name).digest('hex');
}

// Nobody waits behind a function that only the start calls.
async function load(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}

export const table = await load(process.argv[2] ?? '');

const kinds = ['a', 'b'];

createServer(async (request, response) => {
  const lines = String(request.headers['x-lines']).split(',');
  // One loop is as long as the request.
  for (const line of lines) JSON.stringify(line);
  // The inner list is the program's own.
  for (const line of lines) for (const kind of kinds) JSON.stringify([line, kind]);
  // Others run in between.
  for (const line of lines) {
    for (const other of lines) {
      JSON.stringify([line, other]);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  response.end();
}).listen(0);

// The program itself has it parsed.
export async function parseState(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}

export const state = parseState;
