/** Decides whether a server that died is worth starting again. */
export interface CrashGuard {
  /** Notes one death and answers what to do about it. */
  crashed(): 'restart' | 'stop';
  /** Forgets all deaths, because a person asked for a fresh start. */
  reset(): void;
}

/**
 * A server that keeps dying is left alone, so that it does not cost the machine a core and the user a flickering status.
 * `limit` deaths within `windowMilliseconds` mean stop; `now` is a clock in milliseconds.
 */
export function createCrashGuard(limit: number, windowMilliseconds: number, now: () => number): CrashGuard {
  let deaths: number[] = [];
  return {
    crashed() {
      const time = now();
      deaths = [...deaths.filter((death) => time - death < windowMilliseconds), time];
      return deaths.length >= limit ? 'stop' : 'restart';
    },
    reset() {
      deaths = [];
    },
  };
}
