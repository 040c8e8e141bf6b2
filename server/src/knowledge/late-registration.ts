import type { Origin } from '../typescript/oracle.ts';
import data from './late-registration.json' with { type: 'json' };

/** What has to be registered before something else happens. */
export interface RegistrationKnowledge {
  /** The framework in whose context a function has to be called: `Vue` for `onMounted`. */
  contextOf(callee: readonly Origin[]): string | undefined;
  /** Whether a function of this name may need such a context: a cheap test before questions. */
  mayNeedContext(name: string): boolean;
  /** The events that what a function, or a class, gives may have by itself as soon as it is made. */
  eventsOf(maker: readonly Origin[]): SourceEvents | undefined;
  /** Whether a method of this name registers a listener. */
  registers(method: string): boolean;
  /** Whether it is an event of the process that says that something has failed. */
  isProcessFailure(event: string): boolean;
  /** Whether an event of this name happens once, when something has become ready. */
  isReadiness(event: string): boolean;
  /** Whether a function waits for an event that an action brings about: `page.waitForResponse`. */
  waitsForEvent(callee: readonly Origin[]): boolean;
  mayWaitForEvent(name: string): boolean;
  /** Whether a method of this name is an action that brings events about. */
  isAction(method: string): boolean;
}

/** The events of something, and the method before which it has none. */
export interface SourceEvents {
  readonly events: ReadonlySet<string>;
  readonly after: string | undefined;
}

const contextNames = new Set(data.contexts.flatMap(({ names }) => names));
const registering = new Set(data.register);
const failures = new Set(data.process);
const readiness = new Set(data.ready);
const waitNames = new Set(
  data.waits.flatMap(({ names }) => names.map((name) => name.slice(name.lastIndexOf('.') + 1))),
);
const actions = new Set(data.actions);

export const registrationKnowledge: RegistrationKnowledge = {
  contextOf: (callee) => entryFor(data.contexts, callee)?.framework,
  mayNeedContext: (name) => contextNames.has(name),
  eventsOf(maker) {
    const entry = entryFor(data.sources, maker);
    return entry && { events: new Set(entry.events), after: (entry as { readonly after?: string }).after };
  },
  registers: (method) => registering.has(method),
  isProcessFailure: (event) => failures.has(event),
  isReadiness: (event) => readiness.has(event),
  waitsForEvent: (callee) => entryFor(data.waits, callee) !== undefined,
  mayWaitForEvent: (name) => waitNames.has(name),
  isAction: (method) => actions.has(method),
};

function entryFor<T extends { readonly modules: readonly string[]; readonly names: readonly string[] }>(
  entries: readonly T[],
  callee: readonly Origin[],
): T | undefined {
  for (const { module, path } of callee) {
    const whole = path.join('.');
    const found = entries.find(({ modules, names }) => modules.includes(module) && names.includes(whole));
    if (found) return found;
  }
  return undefined;
}
