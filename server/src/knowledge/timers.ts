import type { Origin } from '../typescript/oracle.ts';
import data from './timers.json' with { type: 'json' };

/** Functions that wait for time to pass. */
export interface TimerKnowledge {
  /** Whether the promise of a function is fulfilled when a time is over, and says nothing else. */
  sleeps(origins: readonly Origin[]): boolean;
}

const sleeping = new Set<string>(data.sleeps);

export const timerKnowledge: TimerKnowledge = {
  sleeps: (origins) =>
    origins.some(({ module, path }) => sleeping.has(path.length > 0 ? `${module}#${path.join('.')}` : module)),
};
