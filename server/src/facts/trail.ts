import type { FunctionNode } from '../typescript/ast.ts';

/**
 * What is asked of a function: whether the promise that it gives may `reject`, whether it `throws` before it gives
 * anything, or either (`fails`).
 */
export type Question = 'rejects' | 'throws' | 'fails';

/** The way from the question to a function, so that recursion ends: a function on the trail is assumed to be harmless. */
export class Trail {
  readonly #steps: readonly Step[];
  readonly #budget: { left: number };
  /** Whether an answer below rests on the assumption about a function on the trail. */
  assumed = false;

  constructor(steps: readonly Step[] = [], budget = { left: questionsPerPromise }) {
    this.#steps = steps;
    this.#budget = budget;
  }

  get isStart(): boolean {
    return this.#steps.length === 0;
  }

  holds(question: Question, fn: FunctionNode): boolean {
    return this.#steps.some((step) => step.fn === fn && step.question === question);
  }

  enter(question: Question, fn: FunctionNode): Trail {
    return new Trail([...this.#steps, { question, fn }], this.#budget);
  }

  /** Counts one more question, and says whether it is one too many. */
  isSpent(): boolean {
    return this.#steps.length > deepest || --this.#budget.left < 0;
  }
}

const deepest = 8;
const questionsPerPromise = 200;

interface Step {
  readonly question: Question;
  readonly fn: FunctionNode;
}
