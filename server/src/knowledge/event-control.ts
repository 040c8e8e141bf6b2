import type { DeclaredIn } from '../typescript/oracle.ts';
import data from './event-control.json' with { type: 'json' };

/** What has an effect on an event, or can be read from it, only while it is being dispatched. */
export interface EventControlKnowledge {
  /** The names of such members: a cheap look at a file's names. */
  readonly members: readonly string[];
  /** Whether one is a property: reading it late gives `null`. */
  isProperty(member: string): boolean;
  /** Whether things of a type are events that this member has to do with; of a class, or of one that it extends. */
  isEvent(heritage: readonly DeclaredIn[], member: string): boolean;
  /** Whether a parameter of this name is taken for an event where no type tells. */
  isEventName(name: string): boolean;
  /** Whether a function of this name listens for events of the DOM. */
  takesListener(name: string): boolean;
  /** Whether a function of this name calls what it is given in a later turn. */
  runsLater(name: string): boolean;
}

const members = [...data.methods, ...data.properties];
const properties = new Set(data.properties);
const names = new Set(data.names);
const handlers = new Set(data.handlers);
const later = new Set(data.later);

export const eventControlKnowledge: EventControlKnowledge = {
  members,
  isProperty: (member) => properties.has(member),
  isEvent: (heritage, member) =>
    heritage.some((declared) =>
      data.types.some(
        ({ from, names: typeNames, without }) =>
          isFrom(declared, from) &&
          typeNames.includes(declared.name) &&
          !(without as readonly string[]).includes(member),
      ),
    ),
  isEventName: (name) => names.has(name),
  takesListener: (name) => handlers.has(name),
  runsLater: (name) => later.has(name),
};

function isFrom({ name, from, packageName }: DeclaredIn, source: string): boolean {
  if (from === 'lib') return source === 'lib';
  // A package that is not installed may be declared in the project; every project may have an `Event` of its own.
  if (packageName === undefined) return name !== 'Event';
  // Node's own `Event` is that of the DOM.
  return packageName === '@types/node' ? source === 'lib' : packageName.replace(/^@types\//, '') === source;
}
