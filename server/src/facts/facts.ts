import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Related } from '../model/finding.ts';
import { type CallExpression, type FunctionNode, isWithin, type Node, spanOf } from '../typescript/ast.ts';
import type { Oracle } from '../typescript/oracle.ts';
import { BlockingFacts } from './blocking.ts';
import type { Doubt } from './inquiry.ts';
import { type Outcome, outcomeOfCall } from './outcome.ts';
import { PlainFailures } from './plain-failure.ts';
import { RejectionFacts } from './rejection.ts';

/** Conclusions about functions, in whatever file they are. Answers are kept for the run of one file. */
export class Facts {
  /** Blocking calls and who waits for them. */
  readonly blocking: BlockingFacts;
  readonly #types: Oracle;
  readonly #knowledge: Knowledge;
  readonly #rejection: RejectionFacts;
  readonly #failures: PlainFailures;
  readonly #doubts = new Map<Node, Promise<Doubt | undefined>>();

  constructor(types: Oracle, knowledge: Knowledge) {
    this.#types = types;
    this.#knowledge = knowledge;
    this.blocking = new BlockingFacts(types, knowledge);
    this.#rejection = new RejectionFacts(types, knowledge.promises);
    this.#failures = new PlainFailures(types, knowledge.promises);
  }

  /** The project's own functions that a call may enter; empty where their source is unknown. */
  calledFunctions(call: CallExpression): Promise<readonly FunctionNode[]> {
    return this.#types.functionsOf(call.expression);
  }

  /** What a call gives back by the definitions found in the project, where its type says nothing. */
  outcomeOf(call: CallExpression): Promise<Outcome> {
    return outcomeOfCall(call, this.#types, this.#knowledge.promises);
  }

  /** Whether a promise-valued expression provably never rejects. False where in doubt. */
  async neverRejects(expression: Node): Promise<boolean> {
    return (await this.#doubt(expression)) === undefined;
  }

  /**
   * Whether the code of a promise-valued expression shows how it may reject: a `throw`, or something from outside that is
   * waited for. Between this and `neverRejects` lies what nobody can tell.
   */
  plainlyMayReject(expression: Node): Promise<boolean> {
    return this.#failures.ofPromise(expression);
  }

  /** Whether none of the promises in a list ever rejects. False where in doubt. */
  async noneRejects(list: Node): Promise<boolean> {
    return (await this.#rejection.listDoubt(list)) === undefined;
  }

  /** Whether a function given as a callback provably neither throws nor returns a promise that rejects. False where in doubt. */
  async neverFails(fn: FunctionNode): Promise<boolean> {
    return (await this.#rejection.callbackDoubt(fn)) === undefined;
  }

  /** Whether a place runs only while the program starts: at module level, or in functions that only such places call. */
  runsAtStartUp(node: Node): Promise<boolean> {
    return this.blocking.isStartUp(node);
  }

  /** The place inside a called function of the project where a promise-valued expression can come to reject, if one is known. */
  async firstRejection(expression: Node): Promise<readonly Related[]> {
    const doubt = await this.#doubt(expression);
    if (!doubt || isWithin(doubt.node, expression)) return [];
    const file = doubt.node.getSourceFile().fileName;
    this.#types.consulted.add(file);
    return [{ file, span: spanOf(doubt.node), message: doubt.how === 'throws' ? 'can throw here' : 'can reject here' }];
  }

  #doubt(expression: Node): Promise<Doubt | undefined> {
    let known = this.#doubts.get(expression);
    if (!known) this.#doubts.set(expression, (known = this.#rejection.promiseDoubt(expression)));
    return known;
  }
}
