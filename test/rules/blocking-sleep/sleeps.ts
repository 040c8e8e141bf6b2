import { execSync, spawnSync } from 'node:child_process';
import sleep from 'sleep';
import deasync from 'deasync';

export async function pause(ms: number): Promise<void> {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
//        ^^^^ blocking-sleep sleep
}

export async function shell(): Promise<void> {
  execSync('sleep 1.5');
//^^^^^^^^ blocking-sleep sleep
  spawnSync('sleep', ['2']);
//^^^^^^^^^ blocking-sleep sleep
}

export async function packages(seconds: number): Promise<void> {
  sleep.sleep(seconds);
//      ^^^^^ blocking-sleep sleep
  sleep.msleep(20);
//      ^^^^^^ blocking-sleep sleep
  deasync.loopWhile(() => true);
//        ^^^^^^^^^ blocking-sleep sleep
}

function sleepFor(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

export async function retry(work: () => boolean): Promise<void> {
  while (!work()) sleepFor(100);
//                ^^^^^^^^ blocking-sleep helper
//                related sleeps.ts:27 "`sleepFor` calls `Atomics.wait` here"
}
