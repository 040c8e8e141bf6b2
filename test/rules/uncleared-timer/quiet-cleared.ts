import { setTimeout as wait } from 'node:timers/promises';
import { load, quietSleep, sleep, sleepUntil, type User } from './lib.ts';

export async function cleared(id: string): Promise<User> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), 5000);
  });
  try {
    return await Promise.race([load(id), deadline]);
  } finally {
    clearTimeout(timer);
  }
}

export async function chained(id: string): Promise<User> {
  let timer: NodeJS.Timeout | undefined;
  return Promise.race([
    load(id),
    new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error('too late')), 5000))),
  ]).finally(() => clearTimeout(timer));
}

export async function unreferenced(id: string): Promise<User> {
  return Promise.race([
    load(id),
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error('too late')), 5000).unref()),
  ]);
}

export async function helpers(id: string, signal: AbortSignal): Promise<unknown> {
  await Promise.race([load(id), quietSleep(1000)]);
  await Promise.race([load(id), sleepUntil(1000, signal)]);
  await Promise.race([load(id), wait(1000, undefined, { signal })]);
  // Both are meant to be waits.
  return Promise.race([sleep(1000), sleep(2000)]);
}

// A blink is over before anybody notices.
export function soon(id: string): Promise<unknown> {
  return Promise.race([load(id), new Promise((resolve) => setTimeout(resolve, 10))]);
}

export function later(task: () => void): void {
  setTimeout(task, 1000);
  const keepAlive = setInterval(task, 1000);
  keepAlive.unref();
  setInterval(task, 1000).unref();
}

export function every(task: () => void): () => void {
  const timer = setInterval(task, 1000);
  return () => clearInterval(timer);
}

export function untilDone(isDone: () => boolean): void {
  const timer = setInterval(() => {
    if (isDone()) clearInterval(timer);
  }, 100);
}

export function handedOver(task: () => void): NodeJS.Timeout {
  return setInterval(task, 1000);
}

const timers: NodeJS.Timeout[] = [];
export function listed(task: () => void): void {
  timers.push(setInterval(task, 1000));
  const timer = setInterval(task, 1000);
  timers.push(timer);
}

export async function neverRejecting(task: () => void): Promise<void> {
  const timer = setTimeout(task, 1000);
  await nothing();
  clearTimeout(timer);
}
async function nothing(): Promise<void> {}

export async function clearedIfSet(id: string): Promise<User> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), 5000);
  });
  try {
    return await Promise.race([load(id), deadline]);
  } finally {
    if (timer) {
      clearTimeout(timer);
    }
  }
}

export async function clearedEachRound(next: () => Promise<User>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  for (;;) {
    try {
      await Promise.race([
        next(),
        new Promise<never>((_, reject) => {
          timer = setTimeout(() => reject(new Error('too late')), 5000);
        }),
      ]);
    } finally {
      if (timer !== undefined) {
        clearTimeout(timer);
        timer = undefined;
      }
    }
  }
}

export function clearedBehindCatch(id: string): Promise<unknown> {
  const timer = setTimeout(() => console.log('slow'), 5000);
  return load(id)
    .catch(() => undefined)
    .then(() => clearTimeout(timer));
}

export function unblocked(): Promise<void> {
  const waiting = Promise.withResolvers<void>();
  const timer = setTimeout(() => waiting.resolve(), 1000);
  void waiting.promise.then(() => clearTimeout(timer));
  return waiting.promise;
}

// The function that starts it ends the whole program.
export function dashboard(draw: () => void): void {
  process.once('SIGINT', () => process.exit(0));
  setInterval(() => draw(), 1000);
}

// None of the two can reject, so that the line behind the race is reached.
export async function waitForRepositories(onOpen: (listener: () => void) => void, time: number): Promise<void> {
  const opened = new Promise<void>((resolve) => onOpen(resolve));
  let timeout: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timeout = setTimeout(resolve, time);
  });
  await Promise.race([opened, late]);
  if (timeout) clearTimeout(timeout);
}
