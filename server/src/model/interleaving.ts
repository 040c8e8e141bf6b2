import type { Location } from './span.ts';

/**
 * One order of events in which two tasks break each other's work: an example, but one that can happen.
 * A step is told in the present tense and without its subject: "reads `this.total`", "waits for `load(key)`".
 */
export interface Interleaving {
  /** What runs, as people name it: "request A", "another call of `refresh`". The first one's work is what breaks. */
  readonly tasks: readonly [InterleavedTask, InterleavedTask];
  /** In the order in which they happen. The steps of one turn follow each other. */
  readonly steps: readonly InterleavingStep[];
  /** What is wrong in the end, in a few words: "the second write is lost". */
  readonly outcome: string;
  /** Why both tasks can run at once, in one sentence, and where that is to be seen. */
  readonly evidence: InterleavingEvidence;
}

export interface InterleavedTask extends Location {
  readonly name: string;
}

/** `suspends` and `resumes` are the ends of an `await`; between them the other task may run. */
export type StepKind = 'calls' | 'reads' | 'checks' | 'suspends' | 'resumes' | 'writes' | 'acquires' | 'releases';

export interface InterleavingStep extends Location {
  /** Whose step it is: the index into `tasks`. */
  readonly task: 0 | 1;
  readonly kind: StepKind;
  /** What happens, with the user's own names: "reads `this.total` → 5" or "waits for `load(key)`". */
  readonly text: string;
  /** A remark on the step where the harm shows: "overwrites what request B wrote". */
  readonly note?: string;
}

export interface InterleavingEvidence {
  /** "two requests can run `handle` at once". */
  readonly text: string;
  /** Absent where the evidence is the function itself, such as an exported one. */
  readonly at?: Location;
}

/**
 * The turns in which the steps happen, numbered from 1, one number a step. A turn ends where the other task goes on and
 * where its own task waits.
 */
export function turnsOf(steps: readonly Pick<InterleavingStep, 'task' | 'kind'>[]): readonly number[] {
  let turn = 0;
  return steps.map(({ task }, index) => {
    const before = steps[index - 1];
    if (!before || before.task !== task || before.kind === 'suspends') turn += 1;
    return turn;
  });
}

/** Every place that an interleaving names. */
export function locationsOf({ tasks, steps, evidence }: Interleaving): readonly Location[] {
  return [...tasks, ...steps, ...(evidence.at ? [evidence.at] : [])];
}
