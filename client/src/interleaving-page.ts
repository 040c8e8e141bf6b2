/** One order of events in which two tasks break each other's work, as a text and as what a drawing needs. */
export interface InterleavingPage {
  /** `cache.ts:6 stale-read`. */
  readonly title: string;
  readonly text: string;
  readonly rule: string;
  readonly message: string;
  readonly tasks: readonly { readonly name: string; readonly at: Spot }[];
  /** In the order in which they happen. */
  readonly steps: readonly InterleavingStep[];
  readonly outcome: string;
  readonly evidence: { readonly text: string; readonly at?: Spot };
}

export interface InterleavingStep {
  /** Whose step it is: the index into `tasks`. */
  readonly task: number;
  /** From 1; steps of one turn have one number. */
  readonly turn: number;
  readonly kind: string;
  readonly text: string;
  readonly note?: string;
  readonly at: Spot;
}

/** A place, and how the text names it: `src/cache.ts:6`. Positions are zero-based. */
export interface Spot {
  readonly uri: string;
  readonly range: { readonly start: SpotPosition; readonly end: SpotPosition };
  readonly label: string;
  readonly code: string;
}

export interface SpotPosition {
  readonly line: number;
  readonly character: number;
}

/** Every place of an interleaving: its steps in their order, then its tasks, then the evidence. */
export function spotsOf({ steps, tasks, evidence }: InterleavingPage): readonly Spot[] {
  return [...steps, ...tasks, ...(evidence.at ? [{ at: evidence.at }] : [])].map(({ at }) => at);
}
