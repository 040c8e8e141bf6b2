import { measure } from './lib';
import { getCount, setCount } from './lib-state';

export async function countMeasured(): Promise<void> {
  const before = getCount();
  setCount(before + (await measure()));
//^^^^^^^^ stale-read lost
// related accessors.ts:5 "1 reads `count`"
// related accessors.ts:6 "2 waits here, and other tasks run"
// related accessors.ts:6 "3 another call writes `count`"
// related accessors.ts:6 "4 writes what it made of the old value"
}

/** Reads behind the wait. */
export async function countNow(): Promise<void> {
  const part = await measure();
  setCount(getCount() + part);
}
