import type { Node } from 'typescript/ast';
import { NodeNotes } from './node-notes.ts';

/**
 * An answer, or the promise of one that is still on its way. Almost every question about a type has been asked before,
 * and going on at once with the known answer costs a tenth of what a promise does.
 */
export type Soon<T> = T | Promise<T>;

/** Goes on with the answer: at once where it is there. */
export function after<T, U>(answer: Soon<T>, next: (answer: T) => Soon<U>): Soon<U> {
  return answer instanceof Promise ? answer.then(next) : next(answer);
}

/** All answers in their order: at once where all are there. */
export function allOf<T>(answers: readonly Soon<T>[]): Soon<readonly T[]> {
  return answers.some((answer) => answer instanceof Promise) ? Promise.all(answers) : (answers as readonly T[]);
}

/** Answers under the keys of their questions, each asked once. */
export class Answers {
  readonly #known = new Map<number | string, unknown>();

  /** The answer known under the key, or the one that `ask` gives. */
  about<T>(key: number | string, ask: () => Soon<T>): Soon<T> {
    const known = this.#known.get(key);
    if (known !== undefined) return (known === nothing ? undefined : known) as Soon<T>;
    const answer = ask();
    this.#keep(key, answer);
    if (answer instanceof Promise) {
      answer.then(
        (value) => this.#keep(key, value),
        // A question that failed stays failed for the snapshot; whoever asks gets the rejection.
        () => undefined,
      );
    }
    return answer;
  }

  #keep(key: number | string, answer: unknown): void {
    this.#known.set(key, answer === undefined ? nothing : answer);
  }
}

const nothing = Symbol('nothing');

/** Answers about nodes, each asked for once. */
export class SoonNotes<T> {
  readonly #known = new NodeNotes<Soon<T>>();

  /** The answer known about the node, or the one that `ask` gives. It may not be undefined. */
  about(node: Node, ask: () => Soon<T>): Soon<T> {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const answer = ask();
    this.#known.set(node, answer);
    if (answer instanceof Promise) {
      answer.then(
        (value) => this.#known.set(node, value),
        // A question that failed stays failed; whoever asks gets the rejection.
        () => undefined,
      );
    }
    return answer;
  }
}
