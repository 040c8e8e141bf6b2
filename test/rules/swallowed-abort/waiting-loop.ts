import { setTimeout as sleep } from 'node:timers/promises';

/** After an abort each wait ends at once, and the loop never does. */
export async function poll(check: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      await sleep(1000, undefined, { signal });
      if (await check()) return;
    } catch {
//    ^^^^^ swallowed-abort retried
//    related waiting-loop.ts:7 "rejects when it is aborted"
      console.log('once more');
    }
  }
}
