import { setTimeout as sleep } from 'node:timers/promises';

/** The loop asks. */
export async function poll(check: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await sleep(1000, undefined, { signal });
      if (await check()) return;
    } catch {
      console.log('once more');
    }
  }
}

/** A wait that is cut short by nothing else. */
export async function waited(signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(1000, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
