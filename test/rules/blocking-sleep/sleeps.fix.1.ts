import { execSync, spawnSync } from 'node:child_process';
import sleep from 'sleep';
import deasync from 'deasync';
import { setTimeout } from 'node:timers/promises';

export async function pause(ms: number): Promise<void> {
  await setTimeout(ms);
}

export async function shell(): Promise<void> {
  await setTimeout(1500);
  await setTimeout(2000);
}

export async function packages(seconds: number): Promise<void> {
  await setTimeout(seconds * 1000);
  await setTimeout(20);
  deasync.loopWhile(() => true);
}

function sleepFor(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

export async function retry(work: () => boolean): Promise<void> {
  while (!work()) sleepFor(100);
}
