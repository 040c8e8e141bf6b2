import type { Knowledge } from '../knowledge/knowledge.ts';
import type { CallExpression, FunctionNode, NewExpression, Node } from '../typescript/ast.ts';
import type { Oracle } from '../typescript/oracle.ts';
import { remember } from '../typescript/remember.ts';
import { type ScopedSignal, SignalScopes } from './signal-scope.ts';
import { acceptedSignal, type SignalAcceptance, type SignalTools } from './signals.ts';

/** Signals: who has one, who could take one, and where an abort comes back up. */
export class CancellationFacts {
  readonly #tools: SignalTools;
  readonly #scopes: SignalScopes;
  readonly #accepted = new WeakMap<Node, Promise<SignalAcceptance>>();

  constructor(types: Oracle, { cancellation }: Knowledge) {
    this.#tools = { types, known: cancellation };
    this.#scopes = new SignalScopes(this.#tools);
  }

  /** Where a call can take a signal that it is not given yet, by its callee's signature or by name. */
  accepts(call: CallExpression | NewExpression): Promise<SignalAcceptance> {
    return remember(this.#accepted, call, () => acceptedSignal(call, this.#tools));
  }

  /** The signals that code at a place can use, the most fitting first. */
  signalsAt(place: Node): Promise<readonly ScopedSignal[]> {
    return this.#scopes.at(place);
  }

  /** The signals that a function is given, or makes of those that it is given. */
  signalsOf(fn: FunctionNode): Promise<readonly ScopedSignal[]> {
    return this.#scopes.ofFunction(fn);
  }
}
