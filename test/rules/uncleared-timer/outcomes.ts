import type { EventEmitter } from 'node:events';

export function ready(emitter: EventEmitter): Promise<void> {
  return new Promise((resolve, reject) => {
    emitter.once('ready', resolve);
    setTimeout(() => reject(new Error('not ready in time')), 10_000);
//  ^^^^^^^^^^ uncleared-timer outcome
  });
}

export function readyCleared(emitter: EventEmitter): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('not ready in time')), 10_000);
    emitter.once('ready', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

// A pause has one outcome only.
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    setTimeout(resolve, ms);
  });
}

export function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('too late')), ms);
//                ^^^^^^^^^^ uncleared-timer outcome
    console.log(typeof timer);
    work.then(resolve, reject);
  });
}
