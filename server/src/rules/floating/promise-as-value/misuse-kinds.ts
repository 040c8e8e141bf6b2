import type { Severity } from '../../../model/finding.ts';

/** How a promise is mistaken for its value; each is a message of the rule. */
export type MisuseKey =
  | 'condition'
  | 'maybe'
  | 'comparison'
  | 'arithmetic'
  | 'text'
  | 'spread'
  | 'value'
  | 'serialised'
  | 'printed'
  | 'mismatch'
  | 'stored'
  | 'asserted';

export interface Misuse {
  readonly key: MisuseKey;
  readonly data?: Readonly<Record<string, string>>;
  readonly severity?: Severity;
}

/** One line for a message. */
export function shortened(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ');
  return line.length > 30 ? `${line.slice(0, 29)}…` : line;
}
