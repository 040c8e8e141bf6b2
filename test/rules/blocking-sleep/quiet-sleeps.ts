import { execSync } from 'node:child_process';

// Nobody waits: the program starts.
execSync('sleep 1');

export function sleepSync(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

// Work, and not only sleep, is no sleep.
export function restart(): void {
  execSync('sleep 1 && systemctl restart app');
}

const sleep = { sleep: (seconds: number) => Promise.resolve(seconds) };

export async function asleep(): Promise<void> {
  await sleep.sleep(1);
}
