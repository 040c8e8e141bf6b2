import type { Interleaving } from './interleaving.ts';
import type { Location, Span } from './span.ts';

/** `error` is certain loss, `warning` the default, `information` advice. */
export type Severity = 'error' | 'warning' | 'information';

/** A second place that a finding speaks of, with a short text such as "can reject here". */
export interface Related extends Location {
  readonly message: string;
}

/** Replaces `span` of `file` by `newText`. An empty span inserts. */
export interface TextEdit extends Location {
  readonly newText: string;
}

/**
 * One way to mend a finding. A `safe` fix keeps timing, order and error flow and may run unattended;
 * any other fix is a choice that a person makes.
 */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly TextEdit[];
}

/** What a rule found, as plain data. Fixes are computed separately, when somebody asks. */
export interface Finding extends Location {
  /** The rule's id, or one of the engine's own ids (`unused-directive`). */
  readonly rule: string;
  /** Which of the rule's messages this is. */
  readonly key: string;
  /** One line, at most 90 characters before names are filled in. */
  readonly message: string;
  /** The consequence, for hovers and details. */
  readonly why: string;
  /** The next step. */
  readonly help: string;
  readonly severity: Severity;
  readonly related: readonly Related[];
  /** For a race: one order of events in which it breaks. */
  readonly interleaving?: Interleaving;
  /** Whether `fixes` may have something to offer. */
  readonly fixable: boolean;
  /** Absolute paths of every file that this conclusion rests on, its own included; sorted. */
  readonly dependsOn: readonly string[];
}

/** Something about the run that the user should know once, and that is no finding: "option X was removed". */
export interface Note {
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
  /** The file that the note is about, such as a tsconfig. */
  readonly file?: string;
  /** The rule that failed, if that is what the note is about. */
  readonly rule?: string;
}

/** The total order in which findings are shown and printed. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.file, b.file) ||
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    compareText(a.rule, b.rule) ||
    compareText(a.key, b.key)
  );
}

/** Code-unit order, which does not depend on the machine's locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Identifies a span in messages and maps. */
export function spanKey(span: Span): string {
  return `${span.start}-${span.end}`;
}
