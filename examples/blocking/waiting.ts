import { execSync } from 'node:child_process';

// Every other request waits for these two seconds.
export async function retry(send: () => Promise<boolean>) {
  while (!(await send())) {
    execSync('sleep 2');
  }
}

// The clock is watched at full speed, and no timer can run meanwhile.
export function waitUntil(time: number) {
  while (Date.now() < time) {
    // Nothing to do.
  }
}

let isReady = false;

export function setReady() {
  isReady = true;
}

// It awaits something, and yet no timer, socket or file gets its turn to call setReady.
export async function ready() {
  while (!isReady) await Promise.resolve();
}
