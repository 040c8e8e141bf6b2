import { exec } from 'node:child_process';
import { scrypt } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdir, readFile } from 'node:fs';
import { pipeline, Readable, Writable } from 'node:stream';

export function read(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
//       ^^^^^^^^^^^ wrapped-promise callback
    readFile(path, 'utf8', (error, text) => {
      if (error) {
        reject(error);
        return;
      }
      resolve(text);
    });
  });
}

export async function make(path: string): Promise<void> {
  await new Promise<void>((resolve, reject) => mkdir(path, (error) => (error ? reject(error) : resolve())));
//      ^^^^^^^^^^^ wrapped-promise callback
}

export function run(command: string): Promise<string> {
  return new Promise((resolve, reject) => {
//       ^^^^^^^^^^^ wrapped-promise callback
    exec(command, (error, stdout) => {
      if (error) reject(error);
      else resolve(stdout);
    });
  });
}

export function derive(password: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
//       ^^^^^^^^^^^ wrapped-promise callback
    scrypt(password, salt, 64, (error, key) => {
      if (error) return reject(error);
      resolve(key);
    });
  });
}

export function copy(from: Readable, to: Writable): Promise<void> {
  return new Promise<void>((resolve, reject) => {
//       ^^^^^^^^^^^ wrapped-promise callback
    pipeline(from, to, (error) => (error ? reject(error) : resolve()));
  });
}

export async function opened(emitter: EventEmitter): Promise<void> {
  await new Promise((resolve, reject) => {
//      ^^^^^^^^^^^ wrapped-promise callback
    emitter.once('open', resolve);
    emitter.once('error', reject);
  });
  await new Promise((resolve) => emitter.once('drain', resolve));
//      ^^^^^^^^^^^ wrapped-promise callback
}

/** What makes the value on the spot can stand behind the promise form too. */
export const trimmed = (file: string): Promise<string> =>
  new Promise((resolve, reject) => {
//^^^^^^^^^^^ wrapped-promise callback
    readFile(file, 'utf8', (error, text) => {
      if (error) reject(error);
      else resolve(text.trim());
    });
  });
