import type { Origin } from '../typescript/oracle.ts';
import data from './best-effort.json' with { type: 'json' };
import { byName } from './by-name.ts';

/**
 * What kind of work a function's name promises, as far as its failure is concerned:
 * - `cleanup`: it gives something up, and a failure leaves nothing to do;
 * - `probe`: its failure is the answer;
 * - `wait`: it only waits, and fails when it is told to stop;
 * - `state`: it names a state of work that was started elsewhere, such as `done` or `fetching`;
 * - `courtesy`: telemetry and the like, without which the program goes on as well;
 * - `read`: it reads a file or the like, which may not be there;
 * - `change`: it changes something that others rely on.
 */
export type WorkKind = 'cleanup' | 'probe' | 'wait' | 'courtesy' | 'state' | 'read' | 'change';

const kinds = new Map<string, WorkKind>([
  ...data.reads.map((word) => [word, 'read'] as const),
  ...data.changes.map((word) => [word, 'change'] as const),
  ...data.courtesies.map((word) => [word, 'courtesy'] as const),
  ...data.waits.map((word) => [word, 'wait'] as const),
  ...data.probes.map((word) => [word, 'probe'] as const),
  ...data.cleanup.map((word) => [word, 'cleanup'] as const),
]);
const waitNames = new Set(data.waitNames);
const prefixes = new Set(data.prefixes);
const states = new Set(data.states);
const shutdownWords = new Set(data.shutdown);
const shutdownAnywhere = new Set(data.shutdownAnywhere);
const noops = new Set(data.noops);

/** The kind of work that a name such as `closeAll` or `tryUnlink` promises; undefined where it promises none of them. */
export const workKind = byName((name): WorkKind | undefined => {
  if (waitNames.has(name)) return 'wait';
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (states.has(last) || (words.length === 1 && /[^aeiou]ing$/.test(last) && last.length > 5)) return 'state';
  const verb = words.find((word) => !prefixes.has(word));
  return verb === undefined ? undefined : kinds.get(verb);
});

/** Whether a function of this name ends something, so that what fails in it has nobody left who cares. */
export function isShutdown(name: string): boolean {
  const words = wordsOf(name.replace(/^on(?=[A-Z])/, '')).filter((word) => !prefixes.has(word));
  return shutdownWords.has(words[0] ?? '') || words.some((word) => shutdownAnywhere.has(word));
}

/** Whether a function of a package does nothing. */
export function isNoop(origins: readonly Origin[]): boolean {
  return origins.some(({ module, path }) => noops.has(path.length > 0 ? `${module}#${path.join('.')}` : module));
}

/** `closeAll` → close, all; `_rmSync` → rm, sync. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}
