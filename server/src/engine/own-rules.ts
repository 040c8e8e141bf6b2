import type { Severity } from '../model/finding.ts';

/** A check of the engine itself: it has an id that config and directives may name, but no visitor. */
export interface OwnRule {
  readonly id: string;
  readonly severity: Severity;
  readonly summary: string;
}

export const unusedDirective: OwnRule = {
  id: 'unused-directive',
  severity: 'information',
  summary: 'A directive suppresses nothing, or names a rule that does not exist',
};

export const ownRules: readonly OwnRule[] = [unusedDirective];
