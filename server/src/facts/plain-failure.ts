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
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  isThrowStatement,
  type NewExpression,
  type Node,
  unwrap,
} from '../typescript/ast.ts';
import type { Oracle } from '../typescript/oracle.ts';
import { chainCall, handlesRejection } from '../typescript/promise-syntax.ts';
import { isPlain, mayBePromise } from './definitions.ts';
import { returnedExpressions } from './outcome.ts';
import { risksOf } from './risks.ts';

/**
 * Whether a promise has a way to reject that its code shows: a `throw`, or something from outside that is waited for.
 * `neverRejects` is careful in one direction, this in the other: a synchronous call of which nothing is known may throw,
 * and usually does not. For rules that speak of a failure only where one is to be expected.
 */
export class PlainFailures {
  readonly #types: Oracle;
  readonly #known: PromiseKnowledge;
  readonly #settled = new Map<FunctionNode, Promise<boolean>>();

  constructor(types: Oracle, known: PromiseKnowledge) {
    this.#types = types;
    this.#known = known;
  }

  /** Whether a promise-valued expression plainly may reject. */
  async ofPromise(expression: Node, depth = 0): Promise<boolean> {
    const value = unwrap(expression);
    if (depth > deepest) return true;
    if (isConditionalExpression(value)) return this.#some([value.whenTrue, value.whenFalse], depth);
    if (isBinaryExpression(value)) return this.#some([value.left, value.right], depth);
    if (isCallExpression(value)) return this.#ofCall(value, depth);
    if (isNewExpression(value)) return this.#ofNew(value);
    return (await this.#types.thenability(value)).extent !== 'none';
  }

  async #ofCall(call: CallExpression, depth: number): Promise<boolean> {
    const link = chainCall(call);
    if (link) {
      const [first] = link.args;
      const isHandled = handlesRejection(link);
      const before = isHandled ? false : await this.ofPromise(link.receiver, depth + 1);
      if (before || !first || link.method === 'finally') return before;
      return this.#ofCallback(link.method === 'then' && isHandled ? (link.args[1] as Node) : first, depth);
    }
    const callee = unwrap(call.expression);
    if (isPropertyAccessExpression(callee) && isIdentifier(callee.expression) && callee.expression.text === 'Promise')
      return this.#ofCombination(callee.name.text, call.arguments, depth);
    const functions = await this.#types.functionsOf(callee);
    if (functions.length > 0) return this.#someFunction(functions, depth);
    const origins = await this.#types.origins(callee);
    if (this.#known.neverRejects(origins, call.arguments.length) || this.#known.neverThrows(origins)) return false;
    return mayBePromise(call, this.#types);
  }

  async #ofCombination(method: string, args: readonly Node[], depth: number): Promise<boolean> {
    const [input] = args;
    if (method === 'reject') return true;
    if (method === 'allSettled' || !input) return false;
    const list = unwrap(input);
    if (method === 'resolve') return isCallExpression(list) && this.ofPromise(list, depth + 1);
    if (!isArrayLiteralExpression(list)) return true;
    return list.elements.some((element) => isSpreadElement(element)) || this.#some(list.elements, depth);
  }

  #ofNew(created: NewExpression): boolean {
    const executor = created.arguments?.[0] && unwrap(created.arguments[0]);
    if (!executor || !isFunctionNode(executor)) return true;
    return executor.parameters.length > 1 || hasThrow(executor);
  }

  async #ofCallback(callback: Node, depth: number): Promise<boolean> {
    const functions = await this.#types.functionsOf(callback);
    return functions.length > 0 && this.#someFunction(functions, depth);
  }

  #ofFunction(fn: FunctionNode, depth: number): Promise<boolean> {
    let known = this.#settled.get(fn);
    if (known) return known;
    // While it is looked at, a function that calls itself has no failure but those that are found elsewhere.
    this.#settled.set(fn, Promise.resolve(false));
    known = this.#find(fn, depth);
    void known.then((answer) => this.#settled.set(fn, Promise.resolve(answer)));
    return known;
  }

  async #find(fn: FunctionNode, depth: number): Promise<boolean> {
    const risks = risksOf(fn);
    if (risks.some(({ kind }) => kind === 'throw' || kind === 'wait')) return true;
    for (const { kind, node } of risks) {
      if (kind === 'await' && (await this.ofPromise(node, depth + 1))) return true;
      if (kind === 'call' && isCallExpression(node) && (await this.#throws(node, depth + 1))) return true;
    }
    for (const value of returnedExpressions(fn)) {
      const at = unwrap(value);
      if (isAwaitExpression(at) || isPlain(at) || !(await mayBePromise(at, this.#types))) continue;
      if (await this.ofPromise(at, depth + 1)) return true;
    }
    return false;
  }

  /** Whether a synchronous function of the project has a `throw` that reaches its caller. */
  async #throws(call: CallExpression, depth: number): Promise<boolean> {
    if (depth > deepest) return false;
    const functions = (await this.#types.functionsOf(call.expression)).filter((fn) => !isAsyncFunction(fn));
    return functions.some((fn) => risksOf(fn).some(({ kind }) => kind === 'throw'));
  }

  async #some(expressions: readonly Node[], depth: number): Promise<boolean> {
    for (const expression of expressions) if (await this.ofPromise(expression, depth + 1)) return true;
    return false;
  }

  async #someFunction(functions: readonly FunctionNode[], depth: number): Promise<boolean> {
    for (const fn of functions) if (await this.#ofFunction(fn, depth + 1)) return true;
    return false;
  }
}

/** What lies deeper is taken to be able to fail. */
const deepest = 7;

function hasThrow(root: Node): boolean {
  let found = false;
  const look = (node: Node): void => {
    found ||= isThrowStatement(node);
    if (!found) node.forEachChild(look);
  };
  look(root);
  return found;
}
