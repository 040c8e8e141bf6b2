import { setImmediate, setTimeout } from 'node:timers/promises';

let isDone = false;

export function finish(): void {
  isDone = true;
}

// Timers and I/O run in between.
export async function polite(): Promise<void> {
  while (!isDone) await setImmediate();
  while (!isDone) await setTimeout(10);
  while (!isDone) await new Promise((resolve) => globalThis.setTimeout(resolve, 1));
}

export async function real(read: () => Promise<string>): Promise<void> {
  while (true) {
    const line = await read();
    if (line === '') break;
    await Promise.resolve();
  }
}

export async function fetching(): Promise<void> {
  while (!isDone) {
    await Promise.resolve();
    await fetch('https://example.org');
  }
}

// These end by themselves.
export async function counted(): Promise<void> {
  for (let round = 0; round < 10; round++) await Promise.resolve();
  let left = 10;
  while (left > 0) {
    left--;
    await null;
  }
}

export async function drained(queue: string[]): Promise<void> {
  while (queue.length > 0) {
    queue.shift();
    await Promise.resolve();
  }
}

export async function iterated(iterator: Iterator<string>): Promise<void> {
  while (true) {
    const { done } = iterator.next();
    if (done) break;
    await Promise.resolve();
  }
}

// The call may be what sets the flag.
export async function stepped(step: () => void): Promise<void> {
  while (!isDone) {
    step();
    await Promise.resolve();
  }
}

// Whoever asks for the next value decides when the loop goes on.
export async function* endless(): AsyncGenerator<number> {
  let count = 0;
  while (true) {
    yield count++;
    await Promise.resolve();
  }
}

// These come to an end, or may.
export function countdown(left: number): void {
  if (left === 0) return;
  process.nextTick(() => countdown(left - 1));
}

// The work before the next look may be what sets the flag.
export function again(step: () => void): void {
  step();
  if (!isDone) queueMicrotask(() => again(step));
}

// What a predicate does besides looking may bring the end about.
export async function advanced(cursor: { advance(): boolean }): Promise<void> {
  while (!cursor.advance()) await null;
}

export async function retried(left: number): Promise<boolean> {
  if (isDone || left === 0) return isDone;
  await null;
  return retried(left - 1);
}

// The list that is emptied is the end.
export async function emptied(tasks: (() => void)[]): Promise<void> {
  while (tasks.length > 0) {
    tasks.shift()?.();
    await Promise.resolve();
  }
}

export function later(): void {
  globalThis.setImmediate(later);
}

export async function outside(save: () => Promise<void>): Promise<void> {
  await save();
  process.nextTick(outside, save);
}
