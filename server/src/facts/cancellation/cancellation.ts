import type { Knowledge } from '../../knowledge/knowledge.ts';
import type { CallExpression, CatchClause, FunctionNode, NewExpression, Node } from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { remember } from '../../typescript/remember.ts';
import type { Soon } from '../../typescript/soon.ts';
import { FunctionUses } from '../uses.ts';
import { type AbortFate, fateInClause, fateInHandler } from './abort-handling.ts';
import { callersAsk } from './callers.ts';
import { cancellableCall, isCancellable } from './cancellable-work.ts';
import { type ScopedSignal, SignalScopes } from './signal-scope.ts';
import { acceptedSignal, type SignalAcceptance, type SignalTools } from './signals.ts';

/** Signals: who has one, who could take one, and where an abort comes back up. */
export class CancellationFacts {
  readonly #tools: SignalTools;
  readonly #scopes: SignalScopes;
  readonly #uses: FunctionUses;
  readonly #accepted = new WeakMap<Node, Promise<SignalAcceptance>>();

  constructor(types: Oracle, { cancellation }: Knowledge) {
    this.#tools = { types, known: cancellation };
    this.#scopes = new SignalScopes(this.#tools);
    this.#uses = new FunctionUses(types);
  }

  /** Where a call can take a signal that it is not given yet, by its callee's signature or by name. */
  accepts(call: CallExpression | NewExpression): Promise<SignalAcceptance> {
    return remember(this.#accepted, call, () => acceptedSignal(call, this.#tools));
  }

  /** The signals that code at a place can use, the most fitting first. */
  signalsAt(place: Node): Soon<readonly ScopedSignal[]> {
    return this.#scopes.at(place);
  }

  /** The signals that a function is given, or makes of those that it is given. */
  signalsOf(fn: FunctionNode): Soon<readonly ScopedSignal[]> {
    return this.#scopes.ofFunction(fn);
  }

  /**
   * The first call in a block that an abort makes fail, where the block waits for something.
   * @param signals those that can be used around the block
   */
  cancellableCall(block: Node, signals: readonly ScopedSignal[]): Promise<CallExpression | NewExpression | undefined> {
    return cancellableCall(block, signals, this.#tools);
  }

  /** Whether an abort makes a call fail: it is given a signal, or uses that of its object. */
  isCancellable(call: CallExpression | NewExpression, signals: readonly ScopedSignal[]): Promise<boolean> {
    return isCancellable(call, signals, this.#tools);
  }

  /** Whether all who call the function of a signal give it none, or ask theirs behind the call. A search: only for what is rare. */
  callersAsk(signal: ScopedSignal): Promise<boolean> {
    return callersAsk(signal, this.#uses);
  }

  /** What becomes of an abort that a `catch` sees. */
  fateInClause(clause: CatchClause): AbortFate {
    return fateInClause(clause, this.#tools.known);
  }

  /** What becomes of an abort that a rejection handler is given. */
  fateInHandler(handler: FunctionNode): AbortFate {
    return fateInHandler(handler, this.#tools.known);
  }
}
