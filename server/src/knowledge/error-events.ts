import type { Origin } from '../typescript/oracle.ts';
import data from './error-events.json' with { type: 'json' };

interface Entry {
  readonly modules: readonly string[];
  /** The names that lead to the function or class; empty for the module itself. */
  readonly names: readonly string[];
}

/** What gives emitters whose `error` event ends the process where nobody listens for it. */
export interface ErrorEventKnowledge {
  /** Whether the function at one of these origins gives one. */
  gives(callee: readonly Origin[]): boolean;
  /** The names of such functions that a file may use, by the modules that its text names: a cheap test before questions. */
  namesIn(text: string): ReadonlySet<string>;
}

const emitters: readonly Entry[] = data.emitters;

const mentioned = new RegExp(
  `['"](?:node:)?(${[...new Set(emitters.flatMap(({ modules }) => modules))]
    .map((module) => module.replace(/^node:/, '').replace(/[/.]/g, '\\$&'))
    .join('|')})['"]`,
  'g',
);

export const errorEventKnowledge: ErrorEventKnowledge = {
  gives: (callee) =>
    callee.some(({ module, path }) => {
      const whole = path.join('.');
      return emitters.some(({ modules, names }) => modules.includes(module) && names.includes(whole));
    }),
  namesIn(text) {
    const modules = new Set([...text.matchAll(mentioned)].map(([, module]) => module));
    const used = emitters.filter((entry) => entry.modules.some((module) => modules.has(module.replace(/^node:/, ''))));
    return new Set(used.flatMap(({ names }) => names.map((name) => name.slice(name.lastIndexOf('.') + 1))));
  },
};
