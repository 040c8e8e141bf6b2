import { AssertionError } from 'node:assert';
import { access, readFile, unlink } from 'node:fs';
import { EventEmitter } from 'node:events';

type Callback = (error: unknown, value?: string) => void;
declare function load(id: string): Promise<string>;
declare function show(text: string): void;
declare const errors: Error[];

/** Adapters. */
export function callbackified(id: string, callback: Callback): void {
  load(id).then(
    (value) => callback(null, value),
    (error: unknown) => callback(error),
  );
}

export function adapted(id: string, callback: Callback): void {
  load(id)
    .then((value) => callback(null, value))
    .catch(callback);
}

export const wrapped = (run: (next: Callback) => Promise<void>) => (next: Callback) => {
  run(next).catch(next);
};

/** Outside the promise. */
export function later(id: string, callback: Callback): void {
  console.log(id);
  load(id).then((value) => {
    setImmediate(() => callback(null, value));
  }, callback);
  load(id).then((value) => {
    const done = (): void => show(value);
    done();
  }, callback);
}

/** A little later. */
export function deferred(callback: () => void): void {
  console.log('later');
  Promise.resolve().then(() => callback());
}

/** Errors that are looked at, explained, or that are no errors of operations. */
export function print(path: string, emitter: EventEmitter): void {
  readFile(path, 'utf8', (error, text) => {
    if (error) throw error;
    show(text);
  });
  access(path, (_error) => show(path));
  unlink(path, (error) => show('gone'));
  readFile(path, (error) => {
    // The cache is only warmed.
  });
  emitter.on('error', (error: Error | null) => show('failed'));
  errors.forEach((error) => show('one'));
}

/** One style. */
export async function name(id: string): Promise<string> {
  const text = await load(id);
  const other = await load(id).catch(() => '');
  const both = await Promise.all([load(id).then((value) => value.trim())]);
  const safe = await load(id).then(
    (value) => value,
    () => '',
  );
  return text + other + safe + both.join('');
}

/** One export of a module. */
export const join = async () => await import('node:path').then((path) => path.join);

/** Failures that come one way. */
export async function get(id: string): Promise<string> {
  if (id === '') throw new Error('no id');
  return load(id);
}

export function checked(id: string): Promise<string> {
  if (id === '') throw new AssertionError({ message: 'no id' });
  return load(id);
}

export function caught(id: string): Promise<string> {
  try {
    if (id === '') throw new Error('no id');
    return load(id);
  } catch (error) {
    return Promise.reject(error);
  }
}

export function maybe(id: string): Promise<string> | string {
  if (id === '') throw new Error('no id');
  return id === 'cached' ? id : load(id);
}

export function missing(): Promise<string> {
  throw new Error('not implemented');
}
