import { exec } from 'node:child_process';
import { scrypt } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { readFile } from 'node:fs';
import { Readable, Writable } from 'node:stream';
import { mkdir as mkdir2, readFile as readFile2 } from 'node:fs/promises';
import { promisify } from 'node:util';
import { pipeline as pipeline2 } from 'node:stream/promises';

export function read(path: string): Promise<string> {
  return readFile2(path, 'utf8');
}

export async function make(path: string): Promise<void> {
  await mkdir2(path);
}

export function run(command: string): Promise<string> {
  return promisify(exec)(command).then(({ stdout }) => stdout);
}

export function derive(password: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, 64, (error, key) => {
      if (error) return reject(error);
      resolve(key);
    });
  });
}

export function copy(from: Readable, to: Writable): Promise<void> {
  return pipeline2(from, to);
}

export async function opened(emitter: EventEmitter): Promise<void> {
  await once(emitter, 'open');
  await once(emitter, 'drain');
}

/** What makes the value on the spot can stand behind the promise form too. */
export const trimmed = (file: string): Promise<string> =>
  new Promise((resolve, reject) => {
    readFile(file, 'utf8', (error, text) => {
      if (error) reject(error);
      else resolve(text.trim());
    });
  });
