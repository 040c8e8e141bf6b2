import type { PromiseKnowledge } from '../knowledge/promises.ts';
import {
  type CallExpression,
  type FunctionNode,
  isArrayLiteralExpression,
  isAsyncFunction,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isFunctionNode,
  isGenerator,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  lastName,
  type NewExpression,
  type Node,
  SyntaxKind,
  unwrap,
} from '../typescript/ast.ts';
import type { Oracle } from '../typescript/oracle.ts';
import { bodiesOf, constantValue, isPlain, mayBePromise } from './definitions.ts';
import { returnedExpressions } from './outcome.ts';
import { type Risk, risksOf } from './risks.ts';
import { type Question, Trail } from './trail.ts';

/** Why a promise may reject: the first place that could not be shown to be harmless. */
export interface Doubt {
  readonly node: Node;
  readonly how: 'rejects' | 'throws';
}

/**
 * Shows that promises never reject, by following calls to their bodies in any file. Everything not understood is a
 * doubt. Reading a member is taken to be harmless: what a type checker accepts does not throw there.
 */
export class RejectionFacts {
  readonly #types: Oracle;
  readonly #known: PromiseKnowledge;
  /** Settled verdicts about functions. Those that rest on the assumption that cuts a cycle are not kept. */
  readonly #settled = new Map<string, Map<FunctionNode, Doubt | undefined>>();

  constructor(types: Oracle, known: PromiseKnowledge) {
    this.#types = types;
    this.#known = known;
  }

  /** Why a promise-valued expression may reject; undefined where it never does. */
  promiseDoubt(expression: Node): Promise<Doubt | undefined> {
    return this.#ofPromise(expression, new Trail());
  }

  /** Why one of the promises in a list may reject; undefined where none does. */
  listDoubt(expression: Node): Promise<Doubt | undefined> {
    return this.#ofList(expression, new Trail());
  }

  /** Why a function may throw, or give back a promise that rejects; undefined where it does neither. */
  callbackDoubt(fn: FunctionNode): Promise<Doubt | undefined> {
    return this.#ofFunction('fails', fn, new Trail());
  }

  async #ofPromise(expression: Node, trail: Trail): Promise<Doubt | undefined> {
    const value = unwrap(expression);
    if (trail.isSpent()) return { node: value, how: 'rejects' };
    if (isConditionalExpression(value))
      return (await this.#ofPromise(value.whenTrue, trail)) ?? this.#ofPromise(value.whenFalse, trail);
    if (isBinaryExpression(value)) {
      const last = await this.#ofPromise(value.right, trail);
      return (
        last ?? (value.operatorToken.kind === SyntaxKind.CommaToken ? undefined : this.#ofPromise(value.left, trail))
      );
    }
    if (isCallExpression(value)) return this.#ofPromiseCall(value, trail);
    if (isNewExpression(value)) return this.#ofNewPromise(value, trail);
    if ((await this.#types.thenability(value)).extent === 'none') return undefined;
    if (isIdentifier(value)) {
      const initial = await constantValue(value, this.#types);
      if (initial) return this.#ofPromise(initial, trail);
    }
    return { node: value, how: 'rejects' };
  }

  async #ofPromiseCall(call: CallExpression, trail: Trail): Promise<Doubt | undefined> {
    const doubt: Doubt = { node: call, how: 'rejects' };
    const callee = unwrap(call.expression);
    if (isPropertyAccessExpression(callee)) {
      const receiver = unwrap(callee.expression);
      const [first, second] = call.arguments;
      if (isIdentifier(receiver) && receiver.text === 'Promise')
        return this.#ofCombination(call, callee.name.text, trail);
      switch (callee.name.text) {
        case 'catch':
          return first ? this.#unlessHandled(receiver, first, trail) : this.#ofPromise(receiver, trail);
        case 'then': {
          const after = first && (await this.#ofCallback(first, trail));
          return after ?? (second ? this.#unlessHandled(receiver, second, trail) : this.#ofPromise(receiver, trail));
        }
        case 'finally': {
          const after = first && (await this.#ofCallback(first, trail));
          return after ?? this.#ofPromise(receiver, trail);
        }
      }
    }
    const functions = await bodiesOf(callee, this.#types);
    if (functions.length > 0) {
      for (const fn of functions) {
        const found = await this.#ofFunction('rejects', fn, trail);
        if (found) return found;
      }
      return undefined;
    }
    const origins = await this.#types.origins(callee);
    // Library functions that cannot throw give no promise either.
    if (this.#known.neverRejects(origins, call.arguments.length) || this.#known.neverThrows(origins)) return undefined;
    return (await mayBePromise(call, this.#types)) ? doubt : undefined;
  }

  async #unlessHandled(receiver: Node, handler: Node, trail: Trail): Promise<Doubt | undefined> {
    if ((await this.#types.typeOf(handler)).isNullish) return this.#ofPromise(receiver, trail);
    // A handler that can fail matters only where there is something for it to handle.
    return (await this.#ofPromise(receiver, trail)) && this.#ofCallback(handler, trail);
  }

  async #ofCombination(call: CallExpression, method: string, trail: Trail): Promise<Doubt | undefined> {
    const doubt: Doubt = { node: call, how: 'rejects' };
    const [input] = call.arguments;
    switch (method) {
      case 'allSettled':
        return undefined;
      case 'resolve':
        return input && this.#ofPromise(input, trail);
      case 'all':
      case 'race':
        return input ? this.#ofList(input, trail) : doubt;
      default:
        return doubt;
    }
  }

  async #ofList(expression: Node, trail: Trail): Promise<Doubt | undefined> {
    const list = unwrap(expression);
    if (isArrayLiteralExpression(list)) {
      for (const element of list.elements) {
        const found = isSpreadElement(element)
          ? { node: element, how: 'rejects' as const }
          : await this.#ofPromise(element, trail);
        if (found) return found;
      }
      return undefined;
    }
    const isMap =
      isCallExpression(list) && isPropertyAccessExpression(list.expression) && list.expression.name.text === 'map';
    const [callback] = isMap ? list.arguments : [];
    return callback ? this.#ofCallback(callback, trail, 'rejects') : { node: list, how: 'rejects' };
  }

  /** A callback written here or declared in the project; anything else is a doubt. */
  async #ofCallback(callback: Node, trail: Trail, question: Question = 'fails'): Promise<Doubt | undefined> {
    const functions = await bodiesOf(callback, this.#types);
    if (functions.length === 0) {
      if (this.#known.neverThrows(await this.#types.origins(callback))) return undefined;
      const nothing = (await this.#types.typeOf(callback)).isNullish;
      return nothing ? undefined : { node: callback, how: 'throws' };
    }
    for (const fn of functions) {
      const found = await this.#ofFunction(question, fn, trail);
      if (found) return found;
    }
    return undefined;
  }

  async #ofNewPromise(created: NewExpression, trail: Trail): Promise<Doubt | undefined> {
    const doubt: Doubt = { node: created, how: 'rejects' };
    const executor = created.arguments?.[0] && unwrap(created.arguments[0]);
    if (!isIdentifier(created.expression) || created.expression.text !== 'Promise') return doubt;
    if (!executor || !isFunctionNode(executor) || executor.parameters.length > 1) return doubt;
    const resolve = executor.parameters[0]?.name;
    if (resolve && !isIdentifier(resolve)) return doubt;
    // Only `resolve()` with nothing to adopt, or given on as a callback of a timer, is understood.
    const name = resolve?.text;
    const failing = await this.#ofRisks(
      risksOf(executor).filter((risk) => risk.kind !== 'call' || !isCallOf(risk.node, name)),
      trail,
    );
    if (failing || name === undefined) return failing;
    return (await this.#adoptsPromise(executor, name)) ? doubt : undefined;
  }

  async #adoptsPromise(executor: Node, name: string): Promise<boolean> {
    const given: Node[] = [];
    const visit = (node: Node): void => {
      if (isCallExpression(node) && isCallOf(node, name) && node.arguments[0]) given.push(node.arguments[0]);
      node.forEachChild(visit);
    };
    visit(executor);
    const answers = await Promise.all(given.map((value) => this.#types.thenability(value)));
    return answers.some(({ extent }) => extent !== 'none');
  }

  /**
   * @param question `rejects` asks for the returned promise only; `fails` also for an exception of a function that is not async
   */
  async #ofFunction(question: Question, fn: FunctionNode, trail: Trail): Promise<Doubt | undefined> {
    const settled = this.#settledFor(question);
    if (settled.has(fn)) return settled.get(fn);
    if (trail.holds(question, fn)) {
      trail.assumed = true;
      return undefined;
    }
    if (!(fn as { readonly body?: Node }).body || isGenerator(fn)) return { node: fn, how: 'rejects' };
    const inner = trail.enter(question, fn);
    const asks = isAsyncFunction(fn) || question !== 'rejects';
    const found =
      (asks ? await this.#ofRisks(risksOf(fn), inner) : undefined) ?? (await this.#ofReturns(fn, question, inner));
    if (inner.assumed && !trail.isStart) trail.assumed = true;
    if (found || !inner.assumed || trail.isStart) settled.set(fn, found);
    return found;
  }

  async #ofReturns(fn: FunctionNode, question: Question, trail: Trail): Promise<Doubt | undefined> {
    if (question === 'throws') return undefined;
    for (const value of returnedExpressions(fn)) {
      if (isAwaitExpression(unwrap(value)) || isPlain(unwrap(value))) continue;
      if (!(await mayBePromise(value, this.#types))) continue;
      const found = await this.#ofPromise(value, trail);
      if (found) return found;
    }
    return undefined;
  }

  async #ofRisks(risks: readonly Risk[], trail: Trail): Promise<Doubt | undefined> {
    // What needs no question is decided first.
    const certain = risks.find((risk) => risk.kind === 'throw');
    if (certain) return { node: certain.node, how: 'throws' };
    for (const risk of risks) {
      const found = await this.#ofRisk(risk, trail);
      if (found) return found;
    }
    return undefined;
  }

  async #ofRisk({ kind, node, isHandling }: Risk, trail: Trail): Promise<Doubt | undefined> {
    if (trail.isSpent()) return { node, how: 'throws' };
    if (kind === 'await') return (await this.#ofPromise(node, trail)) ?? this.#ofImmediateThrow(unwrap(node), trail);
    if (kind !== 'call') return { node, how: kind === 'wait' ? 'rejects' : 'throws' };
    // Whoever logs in a handler has decided that this is where the error ends.
    if (isHandling && isCallExpression(node) && this.#known.isLogging(lastName(node))) return undefined;
    const callee = unwrap((node as CallExpression).expression);
    const functions = isNewExpression(node) ? [] : await bodiesOf(callee, this.#types);
    if (functions.length > 0) return this.#ofImmediateThrow(node, trail);
    if (!this.#known.neverThrows(await this.#types.origins(callee))) {
      // Library functions that give a promise report their failures through it.
      const answer = await this.#types.thenability(node);
      return answer.extent === 'all' && answer.isPromise ? undefined : { node, how: 'throws' };
    }
    // The callbacks of `forEach` and its like run here and now.
    for (const argument of (node as CallExpression).arguments ?? []) {
      const callback = unwrap(argument);
      const found =
        isFunctionNode(callback) && !isAsyncFunction(callback)
          ? await this.#ofFunction('throws', callback, trail)
          : undefined;
      if (found) return found;
    }
    return undefined;
  }

  /** Why entering the project's functions behind a call may throw before there is a promise. */
  async #ofImmediateThrow(call: Node, trail: Trail): Promise<Doubt | undefined> {
    if (!isCallExpression(call)) return undefined;
    for (const fn of await bodiesOf(call.expression, this.#types)) {
      const found = isAsyncFunction(fn) || isGenerator(fn) ? undefined : await this.#ofFunction('throws', fn, trail);
      if (found) return found;
    }
    return undefined;
  }

  #settledFor(question: Question): Map<FunctionNode, Doubt | undefined> {
    let settled = this.#settled.get(question);
    if (!settled) this.#settled.set(question, (settled = new Map()));
    return settled;
  }
}

function isCallOf(node: Node, name: string | undefined): boolean {
  return name !== undefined && isCallExpression(node) && isIdentifier(node.expression) && node.expression.text === name;
}
