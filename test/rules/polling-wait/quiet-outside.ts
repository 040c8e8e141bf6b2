import { existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { sleep } from './lib.ts';

// What happens outside of the process cannot say so.
export async function untilFile(path: string): Promise<void> {
  while (!existsSync(path)) await sleep(100);
}

export async function untilAccessible(path: string): Promise<void> {
  let found = false;
  while (!found) {
    found = await access(path).then(
      () => true,
      () => false,
    );
    await sleep(100);
  }
}

export async function untilAnswer(url: string): Promise<void> {
  for (;;) {
    const { ok } = await fetch(url);
    if (ok) return;
    await sleep(1000);
  }
}

export async function untilProcess(isAlive: (id: number) => boolean, id: number): Promise<void> {
  while (isAlive(id)) await sleep(100);
}

export async function untilLoaded(): Promise<void> {
  while (document.readyState !== 'complete') await sleep(10);
}

// A loop that does something each time is a schedule.
let isStopped = false;

export function stop(): void {
  isStopped = true;
}

export async function everySecond(report: () => void): Promise<void> {
  while (!isStopped) {
    report();
    await sleep(1000);
  }
}

// So is one that counts.
export async function threeTimes(): Promise<void> {
  for (let round = 0; round < 3; round++) await sleep(10);
}

// A pause until a time is no look at anything.
export async function until(end: number): Promise<void> {
  while (Date.now() < end) await sleep(10);
}
