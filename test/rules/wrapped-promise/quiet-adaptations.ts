import { access, readFile, stat } from 'node:fs';
import { EventEmitter } from 'node:events';

declare function load(id: string): Promise<string>;
declare function onClick(listener: () => void): void;
declare const other: { then(callback: (value: string) => void): void; once(name: string, listener: () => void): void };

/** More than one way to end. */
export function first(id: string, ms: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('too late')), ms);
    load(id).then(resolve, reject);
    timer.unref();
  });
}

export function either(emitter: EventEmitter): Promise<string> {
  return new Promise((resolve) => {
    emitter.once('open', () => resolve('open'));
    emitter.once('close', () => resolve('closed'));
  });
}

/** An error that becomes an answer. */
export function exists(path: string): Promise<boolean> {
  return new Promise((resolve) => access(path, (error) => resolve(!error)));
}

export function size(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    stat(path, (error, stats) => (error ? reject(error) : resolve(stats.size)));
  });
}

export function text(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    readFile(path, 'utf8', (error, data) => {
      if (error) reject(new Error(`cannot read ${path}`, { cause: error }));
      else resolve(data);
    });
  });
}

/** No promise form. */
export const clicked = () => new Promise<void>((resolve) => onClick(resolve));
export const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
export const strange = () => new Promise((resolve) => other.then(resolve));
export const happened = () => new Promise<void>((resolve) => other.once('open', resolve));

/** Somebody else settles it. */
export let settle: (value: string) => void = () => {};
export const deferred = new Promise<string>((resolve) => {
  settle = resolve;
});
export const value = new Promise<number>((resolve) => resolve(1));

/** The timer can be stopped. */
export function stoppable(ms: number): { readonly done: Promise<void>; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const done = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return { done, stop: () => clearTimeout(timer) };
}

/** Kept for later: it never rejects, and what `events.once` gives could. */
export class Process {
  readonly ended: Promise<unknown>;

  constructor(child: EventEmitter) {
    this.ended = new Promise((resolve) => child.once('exit', resolve));
  }
}

/** The outcome is chosen. */
export function cancellable(id: string): { readonly done: Promise<string>; cancel(): void } {
  let isCancelled = false;
  const done = new Promise<string>((resolve, reject) => {
    load(id).then(
      (text) => isCancelled || resolve(text),
      (error) => isCancelled || reject(error),
    );
  });
  return { done, cancel: () => (isCancelled = true) };
}
