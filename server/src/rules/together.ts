import type { Soon } from '../typescript/soon.ts';

/**
 * Waits for the work that there is; undefined where there is none.
 * Visitors of frequent nodes answer most of them at once, and a promise each would cost more than the answer.
 */
export function together(work: readonly (Soon<void> | undefined)[]): Promise<void> | undefined {
  const open = work.filter((part) => part instanceof Promise);
  if (open.length === 0) return undefined;
  return open.length === 1 ? open[0] : Promise.all(open).then(() => undefined);
}
