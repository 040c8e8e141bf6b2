import type { Origin } from '../typescript/oracle.ts';
import data from './computations.json' with { type: 'json' };

/**
 * Synchronous work whose length follows the size of what it is given: `parsing` a text, `digesting` bytes, and
 * `wholeValue` for what goes through a whole value. `reading` gives all of a file.
 */
export type Computation = keyof typeof data;

export interface ComputationKnowledge {
  /** Whether a function does work of this kind. */
  is(kind: Computation, origins: readonly Origin[]): boolean;
  /** Whether some function of this kind has this as the last of its names: a cheap test before questions. */
  mayBe(kind: Computation, name: string): boolean;
}

const names = new Map(Object.entries(data).map(([kind, all]) => [kind, new Set<string>(all)]));
const lastNames = new Map(
  Object.entries(data).map(([kind, all]) => [kind, new Set(all.map((name) => name.slice(name.search(/[^.#/]*$/))))]),
);

export const computationKnowledge: ComputationKnowledge = {
  is: (kind, origins) =>
    origins.some(({ module, path }) => {
      const whole = path.filter((part, index) => !(part === 'default' && index === 0)).join('.');
      return names.get(kind)?.has(whole === '' ? module : `${module}#${whole}`) ?? false;
    }),
  mayBe: (kind, name) => lastNames.get(kind)?.has(name) ?? false,
};
