import type { Origin } from '../typescript/oracle.ts';
import data from './value-sinks.json' with { type: 'json' };

/** What a function does with an argument, where only the value of a promise makes sense. */
export type ValueUse = 'printed' | 'serialised' | 'converted' | 'asserted' | 'compared';

interface Entry {
  readonly modules: readonly string[];
  readonly names: readonly string[];
  /** The first position that is meant, and the last; without `to`, all that follow. */
  readonly from: number;
  readonly to?: number;
  readonly use: ValueUse;
}

const byModule = new Map<string, Entry[]>();
for (const entry of data.entries as readonly Entry[]) {
  for (const module of entry.modules) byModule.set(module, [...(byModule.get(module) ?? []), entry]);
}

export interface ValueKnowledge {
  /**
   * What the function at one of these origins does with its argument at `index`, of which only the value makes sense;
   * undefined where it may take a promise.
   */
  use(callee: readonly Origin[], index: number): ValueUse | undefined;
  /** What becomes of a value that is given to a member: the `body` of an answer is sent. */
  memberUse(member: readonly Origin[]): ValueUse | undefined;
  /** Whether a member of this name may be one of those: a cheap test before questions. */
  mayBeMember(name: string): boolean;
}

export const valueKnowledge: ValueKnowledge = {
  use: valueUse,
  memberUse(member) {
    const found = members.find(({ modules, names }) =>
      member.some(({ module, path }) => modules.includes(module) && names.includes(path.at(-1) ?? '')),
    );
    return found?.use;
  },
  mayBeMember: (name) => members.some(({ names }) => names.includes(name)),
};

const members = data.members as readonly Pick<Entry, 'modules' | 'names' | 'use'>[];

function valueUse(callee: readonly Origin[], index: number): ValueUse | undefined {
  for (const { module, path } of callee) {
    for (const { names, from, to, use } of byModule.get(module) ?? []) {
      if (index < from || (to !== undefined && to < index)) continue;
      const whole = path.filter((part) => part !== '()').join('.');
      if (names.some((name) => whole === name || (name !== '' && whole.endsWith(`.${name}`)))) return use;
    }
  }
  return undefined;
}
