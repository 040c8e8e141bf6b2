import { graphOf } from '../flow/graph-of.ts';
import { suspensionsOf } from '../flow/reach.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Related } from '../model/finding.ts';
import {
  type CallExpression,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  type NewExpression,
  type Node,
  spanOf,
} from '../typescript/ast.ts';
import type { Oracle } from '../typescript/oracle.ts';
import type { AsyncEntry } from './blocking/async-entry.ts';
import { BlockingFacts, type Step } from './blocking/blocking.ts';
import { CancellationFacts } from './cancellation/cancellation.ts';
import type { SignalAcceptance } from './cancellation/signals.ts';
import type { Doubt } from './inquiry.ts';
import { type Resource, resourceOf, returnedResource } from './lifetime/resources.ts';
import { IndependenceFacts } from './overlap/independence.ts';
import { type Consumption, ConsumptionFacts } from './promises/consumption.ts';
import { type Outcome, outcomeOfCall } from './promises/outcome.ts';
import { type Settling, settlingOf } from './promises/settling.ts';
import { PlainFailures } from './rejection/plain-failure.ts';
import { RejectionFacts } from './rejection/rejection.ts';
import { SharedState } from './shared/shared-state.ts';
import { type Touch, touchesOf } from './shared/touches.ts';
import { type SuspensionLength, SuspensionLengths } from './suspension-length.ts';

/** How a promise can come to reject. */
export interface Rejection {
  /** The first place that could not be shown to be harmless. */
  readonly place: Node;
  readonly how: Doubt['how'];
  /** The calls that lead there, outermost first. */
  readonly calls: readonly Node[];
}

/** Conclusions about functions, in whatever file they are. Answers are kept for the run of one file. */
export class Facts {
  /** Blocking calls and who waits for them. */
  readonly blocking: BlockingFacts;
  /** State that several tasks can see, and whether they can run at once. */
  readonly shared: SharedState;
  /** What calls do, and whether two of them may wait at the same time. */
  readonly independence: IndependenceFacts;
  /** Signals: who has one, who could take one, where an abort comes back up. */
  readonly cancellation: CancellationFacts;
  readonly #types: Oracle;
  readonly #knowledge: Knowledge;
  readonly #rejection: RejectionFacts;
  readonly #consumption: ConsumptionFacts;
  readonly #failures: PlainFailures;
  readonly #lengths: SuspensionLengths;
  readonly #doubts = new Map<Node, Promise<Doubt | undefined>>();

  constructor(types: Oracle, knowledge: Knowledge) {
    this.#types = types;
    this.#knowledge = knowledge;
    this.blocking = new BlockingFacts(types, knowledge);
    this.shared = new SharedState(types, knowledge);
    this.independence = new IndependenceFacts(types, knowledge.effects);
    this.cancellation = new CancellationFacts(types, knowledge);
    this.#rejection = new RejectionFacts(types, knowledge.promises);
    this.#consumption = new ConsumptionFacts(types, knowledge);
    this.#failures = new PlainFailures(types, knowledge.promises);
    this.#lengths = new SuspensionLengths(types, knowledge);
  }

  /** The project's own functions that a call may enter; empty where their source is unknown. */
  calledFunctions(call: CallExpression): Promise<readonly FunctionNode[]> {
    return this.#types.functionsOf(call.expression);
  }

  /** What a call gives back by the definitions found in the project, where its type says nothing. */
  outcomeOf(call: CallExpression): Promise<Outcome> {
    return outcomeOfCall(call, this.#types, this.#knowledge.promises);
  }

  /** Whether a promise-valued expression may reject: `never`, or the first place where it can. */
  async mayReject(expression: Node): Promise<'never' | Rejection> {
    const doubt = await this.#doubt(expression);
    return doubt ? { place: doubt.node, how: doubt.how, calls: doubt.calls } : 'never';
  }

  /** Where a run of a function's own code first lets other tasks run; undefined where it never does. */
  firstSuspension(fn: FunctionNode): Node | undefined {
    return suspensionsOf(graphOf(fn))[0]?.node;
  }

  /** The calls from a function down to a blocking one, itself last; undefined where it leads to none. */
  blocks(fn: FunctionNode): Promise<readonly Step[] | undefined> {
    return this.blocking.chainFrom(fn);
  }

  /** Whether the executor of a promise settles it. */
  settling(executor: FunctionNode): Promise<Settling> {
    return settlingOf(executor, this.#types);
  }

  /**
   * What a called function does with a promise that it is given: `dropped` where it only prints or compares it.
   * @param index the argument's position, from 0
   */
  consumesPromise(call: CallExpression | NewExpression, index: number): Promise<Consumption> {
    return this.#consumption.ofArgument(call, index);
  }

  /** What becomes of the value of a promise-valued expression in the place where it stands. */
  fateOf(expression: Node): Promise<Consumption> {
    return this.#consumption.ofExpression(expression);
  }

  /** Where a call can take a signal for cancelling that it is not given yet, by its callee's signature. */
  acceptsSignal(call: CallExpression | NewExpression): Promise<SignalAcceptance> {
    return this.cancellation.accepts(call);
  }

  /** The shared state that a function reads and writes, itself and through functions of the project that it calls. */
  touches(fn: FunctionNode): Promise<readonly Touch[]> {
    return touchesOf(fn, this.#types);
  }

  /** What a call, or a function, gives to its caller to be released. */
  owns(node: CallExpression | NewExpression | FunctionNode): Promise<Resource | undefined> {
    const { resources } = this.#knowledge;
    return isFunctionNode(node)
      ? returnedResource(node, this.#types, resources)
      : resourceOf(node, this.#types, resources);
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

  /** Why others wait while the function around a place runs; undefined where nobody does. */
  entryAt(node: Node): Promise<AsyncEntry | undefined> {
    return this.blocking.entryAt(node);
  }

  /** How long an `await` of this operand lets others run. In doubt `open`: until something else happens. */
  suspensionLength(awaited: Node): Promise<SuspensionLength> {
    return this.#lengths.of(awaited);
  }

  /** As `suspensionLength`, where names may speak too: what is said to compute, and of which nothing is known, hardly waits. */
  likelyLength(awaited: Node): Promise<SuspensionLength> {
    return this.#lengths.likely(awaited);
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
    // asynclint-disable-next-line cached-rejection -- Kept for the run of one file, which ends when a question fails.
    if (!known) this.#doubts.set(expression, (known = this.#rejection.promiseDoubt(expression)));
    return known;
  }
}
