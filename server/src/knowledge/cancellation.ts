import type { Origin } from '../typescript/oracle.ts';
import { byName } from './by-name.ts';
import data from './cancellation.json' with { type: 'json' };

export type SignalType = 'AbortSignal' | 'CancellationToken';

/** Where a function that is known by name takes a signal. */
export interface KnownAcceptance {
  /** The argument that the signal is, or is a property of; -1 for one behind all others. */
  readonly index: number;
  /** Undefined where the argument itself is the signal. */
  readonly property: string | undefined;
  readonly type: SignalType;
  /** Whether it starts something that the signal ends, although its result cannot be awaited: a process, a stream. */
  readonly isStarted: boolean;
}

/** A type known by name whose values carry a signal. */
export interface KnownContext {
  /** The members that lead to it, such as `req.raw.signal`; empty where the value itself is one. */
  readonly path: string;
  readonly type: SignalType;
}

/** What no type tells of cancellation: who takes a signal where types are missing, and how code asks for an abort. */
export interface CancellationKnowledge {
  /** Whether a type of this name is a signal. */
  signalType(name: string): SignalType | undefined;
  acceptance(callee: readonly Origin[]): KnownAcceptance | undefined;
  /** Whether a function of this name may be one of those: a cheap test before questions. */
  mayAccept(name: string): boolean;
  context(type: readonly Origin[]): KnownContext | undefined;
  /** Whether a function of this name tells whether an error is an abort, or throws one. */
  asks(name: string): boolean;
  /** Whether an error of this name, class or code means that something was aborted. */
  isAbortError(name: string): boolean;
  /** Whether a function of this name keeps its callback for later. */
  registers(name: string): boolean;
  /** Whether a call of such a name only tells people or machines about something. */
  logs(callee: string): boolean;
}

const signalTypes = new Set(data.signalTypes);
const tokenTypes = new Set(data.tokenTypes);
const asks = new Set(data.asks.map((name) => name.toLowerCase()));
const abortErrors = new Set(data.abortErrors);
const registrations = new Set(data.registrations);
const logging = new Set(data.logging);
const accepting = new Set(
  data.accepts.flatMap(({ names }) => names.map((name) => name.slice(name.lastIndexOf('.') + 1))),
);

export const cancellationKnowledge: CancellationKnowledge = {
  signalType: (name) =>
    signalTypes.has(name) ? 'AbortSignal' : tokenTypes.has(name) ? 'CancellationToken' : undefined,
  acceptance(callee) {
    const found = matching(data.accepts as readonly AcceptanceEntry[], callee);
    return (
      found && {
        index: found.index,
        property: found.property,
        type: found.type ?? 'AbortSignal',
        isStarted: found.isStarted ?? false,
      }
    );
  },
  mayAccept: (name) => accepting.has(name),
  context(type) {
    const found = matching(data.contexts as readonly ContextEntry[], type);
    return found && { path: found.path, type: found.type ?? 'AbortSignal' };
  },
  asks: (name) => asks.has(name.toLowerCase()),
  isAbortError: (name) => abortErrors.has(name),
  registers: (name) => registrations.has(name),
  logs: byName((callee) => callee.split(/\??\./).some(isLog)),
};

/** `console`, `recordUsage`, `debugLogger`; `onError` tells somebody. */
function isLog(name: string): boolean {
  const words = wordsOf(name).filter((word) => word !== '');
  return logging.has(words[0] ?? '') || /^(?:log|logger|logs|logging)$/.test(words.at(-1) ?? '');
}

interface Entry {
  readonly modules: readonly string[];
  readonly names: readonly string[];
}

interface AcceptanceEntry extends Entry {
  readonly index: number;
  readonly property?: string;
  readonly type?: SignalType;
  readonly isStarted?: boolean;
}

interface ContextEntry extends Entry {
  readonly path: string;
  readonly type?: SignalType;
}

/** `*.send` is a member of that name of anything that comes from the module; `client-*` are all modules that begin so. */
function matching<T extends Entry>(entries: readonly T[], origins: readonly Origin[]): T | undefined {
  for (const { module, path } of origins) {
    const whole = path.join('.');
    const found = entries.find(
      ({ modules, names }) =>
        modules.some((one) => (one.endsWith('*') ? module.startsWith(one.slice(0, -1)) : one === module)) &&
        names.some((name) =>
          name.startsWith('*.') ? path.length > 1 && path.at(-1) === name.slice(2) : name === whole,
        ),
    );
    if (found) return found;
  }
  return undefined;
}

function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .map((word) => word.toLowerCase());
}
