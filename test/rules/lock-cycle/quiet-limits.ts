import pLimit from 'p-limit';
import { work } from './lib.ts';

const two = pLimit(2);
const one = pLimit(1);

// There is room for both.
export async function nested(): Promise<void> {
  await two(async () => {
    await two(() => work('inner'));
  });
}

// One after the other.
export async function inTurn(): Promise<void> {
  await one(() => work('first'));
  await one(() => work('second'));
}

// Only queued up, and waited for by nobody inside.
export async function queued(): Promise<void> {
  await one(async () => {
    void one(() => work('later'));
    await work('now');
  });
}

class SimpleMutex {
  lock(): Promise<void> {
    return Promise.resolve();
  }

  unlock(): void {}
}

// Nobody waits for the second one here.
export function started(): void {
  const mutex = new SimpleMutex();
  mutex.lock().catch(() => undefined);
  mutex.lock().catch(() => undefined);
  mutex.unlock();
}
