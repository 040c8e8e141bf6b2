import { sleep } from './lib';

// An abort should not have to wait for the rest of five seconds.
export async function longPolls(isFree: () => boolean, signal: AbortSignal): Promise<void> {
  while (!isFree()) {
    signal.throwIfAborted();
    await sleep(5000);
//        ^^^^^ unforwarded-signal unforwarded
//        related polls.ts:4 "the signal comes from here"
  }
}

// Nobody looks at the signal between the rounds.
export async function blindPolls(isFree: () => boolean, signal: AbortSignal): Promise<void> {
  while (!isFree()) {
    await sleep(20);
//        ^^^^^ unforwarded-signal unforwarded
//        related polls.ts:14 "the signal comes from here"
  }
  signal.throwIfAborted();
}
