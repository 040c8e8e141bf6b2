/** Browsers have no promise form of timers. */
export const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
