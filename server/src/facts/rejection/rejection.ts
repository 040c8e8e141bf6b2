import type { PromiseKnowledge } from '../../knowledge/promises.ts';
import type { FunctionNode, Node } from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { type Doubt, Inquiry, Verdicts } from '../inquiry.ts';
import { RejectionProof } from './rejection-proof.ts';

/**
 * Shows that promises never reject, by following calls to their bodies in any file. Everything not understood is a
 * doubt. Reading a member is taken to be harmless unless it is a getter: what a type checker accepts does not throw there.
 */
export class RejectionFacts {
  readonly #types: Oracle;
  readonly #known: PromiseKnowledge;
  readonly #verdicts = new Verdicts();

  constructor(types: Oracle, known: PromiseKnowledge) {
    this.#types = types;
    this.#known = known;
  }

  /** Why a promise-valued expression may reject; undefined where it never does. */
  promiseDoubt(expression: Node): Promise<Doubt | undefined> {
    return this.#start().promise(expression);
  }

  /** Why one of the promises in a list may reject; undefined where none does. */
  listDoubt(expression: Node): Promise<Doubt | undefined> {
    return this.#start().list(expression);
  }

  /** Why a function may throw, or give back a promise that rejects; undefined where it does neither. */
  callbackDoubt(fn: FunctionNode): Promise<Doubt | undefined> {
    return this.#start().callback(fn);
  }

  /** Each question is a walk of its own; they share what they have found out for certain. */
  #start(): RejectionProof {
    return new RejectionProof(this.#types, this.#known, new Inquiry(this.#verdicts));
  }
}
