import type { Origin } from '../typescript/oracle.ts';
import data from './connections.json' with { type: 'json' };

/** Clients, pools and connections that are made to be kept: making one costs a handshake, a login or a warm cache. */
export interface ConnectionKnowledge {
  /** Whether a class or function makes one. */
  makes(callee: readonly Origin[]): boolean;
  /** Whether a name may be that of one: a cheap test before questions. */
  mayMake(name: string): boolean;
  /** Whether a method of this name gives one up. */
  closes(method: string): boolean;
}

const closing = new Set(data.closing);
/** What a module exports as a whole may have any name; these are the usual ones. */
const names = new Set([
  ...data.made.flatMap((entry) => entry.names.map((name) => name.split('.').at(-1) ?? '')),
  ...data.aliases,
]);

export const connectionKnowledge: ConnectionKnowledge = {
  makes: (callee) =>
    callee.some(({ module, path }) =>
      data.made.some((entry) => entry.modules.includes(module) && entry.names.includes(path.join('.'))),
    ),
  mayMake: (name) => names.has(name),
  closes: (method) => closing.has(method),
};
