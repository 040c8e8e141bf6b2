import type { Origin } from '../typescript/oracle.ts';
import data from './network-calls.json' with { type: 'json' };

/** A call that waits for another computer, for as long as that takes. */
export interface NetworkCall {
  readonly modules: readonly string[];
  /** The names that lead to it; empty for the module itself. */
  readonly names: readonly string[];
  /** Which argument holds its options: by its position from 0, or whichever is an object. */
  readonly options: number | 'any';
  /** What in its options bounds it. */
  readonly keys: readonly string[];
  /** Methods, and events, of what it gives that bound it afterwards. */
  readonly later?: readonly string[];
}

/** Network calls without a deadline of their own. Libraries that have one by default, such as ky, are not among them. */
export interface NetworkKnowledge {
  call(callee: readonly Origin[]): NetworkCall | undefined;
  /** Whether a function of this name may be one: a cheap test before questions. */
  mayCall(name: string): boolean;
}

const calls = data.calls as readonly NetworkCall[];
const names = new Set(
  calls.flatMap((entry) => entry.names.flatMap((name) => (name === '' ? entry.modules : [lastOf(name)]))),
);

export const networkKnowledge: NetworkKnowledge = {
  call(callee) {
    for (const { module, path } of callee) {
      const whole = path.join('.');
      const found = calls.find((entry) => entry.modules.includes(module) && entry.names.includes(whole));
      if (found) return found;
    }
    return undefined;
  },
  mayCall: (name) => names.has(name),
};

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
