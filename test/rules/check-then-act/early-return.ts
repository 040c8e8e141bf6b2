import { migrate } from './lib';

let isMigrated = false;
let isAnnounced = false;

/** Whoever waits for the second call takes it for done. */
export async function prepare(): Promise<void> {
  if (isMigrated) return;
  isMigrated = true;
//^^^^^^^^^^ check-then-act early
// related early-return.ts:8 "1 checks `isMigrated`"
// related early-return.ts:9 "2 sets `isMigrated`"
// related early-return.ts:15 "3 waits here, and other tasks run"
// related early-return.ts:8 "4 another call goes on here without having waited"
  await migrate();
}

/** Says nothing of the work being done. */
export async function announce(): Promise<void> {
  if (isAnnounced) return;
  isAnnounced = true;
  await migrate();
}
