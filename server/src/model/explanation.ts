import type { Finding, Note, Severity } from './finding.ts';
import type { StepKind } from './interleaving.ts';
import type { Preset } from './rule.ts';
import type { Span } from './span.ts';
import type { Position } from './text-lines.ts';

/** A place that people can go to. Positions are zero-based. */
export interface Place {
  /** Absolute, with forward slashes. */
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
  /** The code there, on one line, cut where it is long. */
  readonly code: string;
}

/** What the engine knows of one line, as plain data: what stands there, what follows from it, and what the rules said. */
export interface Explanation {
  readonly file: string;
  /** The text that was looked at. */
  readonly text: string;
  /** Zero-based. */
  readonly line: number;
  /** Zero-based, in UTF-16 units, where one place of the line was asked about. */
  readonly character?: number;
  /** Where the statement of the line begins, if that is on another line. */
  readonly statement?: Place;
  readonly findings: readonly ExplainedFinding[];
  /** What a comment keeps from being reported. */
  readonly suppressed: readonly (ExplainedFinding & { readonly by: Place })[];
  readonly silences: readonly ExplainedSilence[];
  /** Rules that looked at something on the line and had nothing to say. */
  readonly quiet: readonly string[];
  readonly off: readonly RuleOff[];
  /** The calls and promises of the line, those that others rest on last. */
  readonly values: readonly ExplainedValue[];
  /** Calls of the line that give no promise and do not block. */
  readonly plainCalls: readonly string[];
  /** Whether the line holds more values than are told, so that it is better asked about by column. */
  readonly isCut: boolean;
  /** The function around the line; absent at the top of a module. */
  readonly around?: Surroundings;
  readonly preset: Preset;
  /** The config file that holds. */
  readonly config?: string;
  readonly tsconfig?: string;
  readonly notes: readonly Note[];
  /** Absolute paths of the files that the answer rests on; sorted. */
  readonly dependsOn: readonly string[];
}

export interface ExplainedFinding
  extends Pick<Finding, 'rule' | 'key' | 'message' | 'why' | 'help' | 'severity' | 'span'> {
  readonly place: Place;
  readonly related: readonly { readonly message: string; readonly place: Place }[];
  readonly interleaving?: ExplainedInterleaving;
}

/** An interleaving with the places of its steps, and with the turns in which they happen. */
export interface ExplainedInterleaving {
  readonly tasks: readonly [ExplainedTask, ExplainedTask];
  readonly steps: readonly ExplainedStep[];
  readonly outcome: string;
  readonly evidence: { readonly text: string; readonly place?: Place };
}

export interface ExplainedTask {
  readonly name: string;
  readonly place: Place;
}

export interface ExplainedStep {
  readonly task: 0 | 1;
  /** From 1. The steps of one turn have one number; nothing runs between them. */
  readonly turn: number;
  readonly kind: StepKind;
  readonly text: string;
  readonly note?: string;
  readonly place: Place;
}

export interface ExplainedSilence {
  readonly rule: string;
  readonly place: Place;
  /** Completes "Silent, because …". */
  readonly reason: string;
}

export interface RuleOff {
  readonly rule: string;
  /** `preset`: it belongs to a wider one. `config`: the config turns it off. */
  readonly by: 'preset' | 'config';
  /** What it would report on the line if it were on. */
  readonly findings: readonly { readonly message: string; readonly severity: Severity }[];
}

/** A call or a promise of the line. */
export interface ExplainedValue {
  readonly place: Place;
  /** As messages name it. */
  readonly name: string;
  /** `maybe` where only a part of a union can be awaited; `function` is one that gives a promise when it is called. */
  readonly is: 'promise' | 'maybe' | 'plain' | 'unknown' | 'function';
  /** The type as the compiler writes it; absent where it is unknown. */
  readonly type?: string;
  readonly facts: readonly Fact[];
}

/** One conclusion, with the places that show it. */
export interface Fact {
  readonly about:
    | 'type'
    | 'owner'
    | 'defined'
    | 'rejects'
    | 'handled'
    | 'settles'
    | 'suspends'
    | 'blocks'
    | 'signal'
    | 'shared';
  /** Completes the line: `at \`throw new Error()\``. */
  readonly text: string;
  readonly places: readonly Place[];
}

/** What is known of an `await`, or of a call that gives a promise. */
export interface ExplainedWait {
  readonly span: Span;
  /** Whether and how long it waits, as a sentence without its end. */
  readonly text: string;
  readonly facts: readonly Fact[];
}

/** The function around a line, and the turns in which the line may run. */
export interface Surroundings {
  /** `the async function \`load\``. */
  readonly name: string;
  readonly place: Place;
  /** Zero-based. */
  readonly lastLine: number;
  readonly isAsync: boolean;
  /** The suspension points of the function, in order; those that are far from the line are left out. */
  readonly suspensions: readonly SuspensionPoint[];
  /** How many there are in all. */
  readonly suspensionCount: number;
  /** The turn of the line: what it may follow, and what ends it. Absent where the line runs nothing. */
  readonly turn?: Turn;
}

export interface SuspensionPoint {
  /** From 1, in the order of the source. */
  readonly number: number;
  readonly place: Place;
  /** Whether it lies on the line. */
  readonly isHere: boolean;
}

export interface Turn {
  /** Numbers of suspension points after which the line may run without another in between; 0 is the function's start. */
  readonly after: readonly number[];
  /** Numbers of suspension points that may end the turn; 0 is the function's end. */
  readonly until: readonly number[];
  /** Whether no path leads to the line. */
  readonly isDead: boolean;
}

/** What was asked about: a line, or one place of it. Zero-based. */
export interface Asked {
  readonly line: number;
  readonly character?: number | undefined;
}
