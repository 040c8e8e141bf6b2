import type { PromiseKnowledge } from '../../knowledge/promises.ts';
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
  isVariableDeclaration,
  lastName,
  type NewExpression,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { chainCall, handlesRejection, suspends } from '../../typescript/promise-syntax.ts';
import { referencesTo } from '../../typescript/references.ts';
import { isPlain, mayBePromise } from '../definitions.ts';
import { returnedExpressions } from '../promises/outcome.ts';
import { risksOf } from './risks.ts';

/**
 * Whether a promise has a way to reject that its code shows: a `throw`, or something from outside that is waited for.
 * `neverRejects` is careful in one direction, this in the other: a synchronous call of which nothing is known may throw,
 * and usually does not. For rules that speak of a failure only where one is to be expected.
 */
export class PlainFailures {
  readonly #types: Oracle;
  readonly #known: PromiseKnowledge;
  /** Verdicts that rest on no assumption about a function on the way. */
  readonly #settled = new Map<FunctionNode, boolean>();

  constructor(types: Oracle, known: PromiseKnowledge) {
    this.#types = types;
    this.#known = known;
  }

  /** Whether a promise-valued expression plainly may reject. */
  ofPromise(expression: Node): Promise<boolean> {
    return this.#ofPromise(expression, []);
  }

  async #ofPromise(expression: Node, trail: Trail): Promise<boolean> {
    const value = unwrap(expression);
    if (isConditionalExpression(value)) return this.#some([value.whenTrue, value.whenFalse], trail);
    if (isBinaryExpression(value)) return this.#some([value.left, value.right], trail);
    if (isCallExpression(value)) return this.#ofCall(value, trail);
    if (isNewExpression(value)) return this.#ofNew(value);
    return (await this.#types.thenability(value)).extent !== 'none';
  }

  async #ofCall(call: CallExpression, trail: Trail): Promise<boolean> {
    const link = chainCall(call);
    if (link) {
      const [first] = link.args;
      // A handler that throws again passes on what it was given.
      const isHandled = handlesRejection(link) && !hasThrow(link.args.at(-1) as Node);
      const before = isHandled ? false : await this.#ofPromise(link.receiver, trail);
      if (before || !first || link.method === 'finally') return before;
      return this.#ofCallback(link.method === 'then' && isHandled ? (link.args[1] as Node) : first, trail);
    }
    const callee = unwrap(call.expression);
    if (isPropertyAccessExpression(callee) && isIdentifier(callee.expression) && callee.expression.text === 'Promise')
      return this.#ofCombination(callee.name.text, call.arguments, trail);
    const functions = await this.#types.functionsOf(remembered(callee) ?? callee);
    if (functions.length > 0) return this.#someFunction(functions, trail);
    const origins = await this.#types.origins(callee);
    if (this.#known.neverRejects(origins, call.arguments.length) || this.#known.neverThrows(origins)) return false;
    if (this.#known.failsAlike(origins)) return false;
    return mayBePromise(call, this.#types);
  }

  async #ofCombination(method: string, args: readonly Node[], trail: Trail): Promise<boolean> {
    const [input] = args;
    if (method === 'reject') return true;
    if (method === 'allSettled' || !input) return false;
    const list = unwrap(input);
    // What throws before it is handed over makes no promise, and a plain value one that is fulfilled.
    if (method === 'resolve')
      return isCallExpression(list) && (await mayBePromise(list, this.#types)) && this.#ofPromise(list, trail);
    if (!isArrayLiteralExpression(list)) return true;
    return list.elements.some((element) => isSpreadElement(element)) || this.#some(list.elements, trail);
  }

  #ofNew(created: NewExpression): boolean {
    const executor = created.arguments?.[0] && unwrap(created.arguments[0]);
    if (!executor || !isFunctionNode(executor)) return true;
    return executor.parameters.length > 1 || hasThrow(executor);
  }

  async #ofCallback(callback: Node, trail: Trail): Promise<boolean> {
    const functions = await this.#types.functionsOf(callback);
    return functions.length > 0 && this.#someFunction(functions, trail);
  }

  async #ofFunction(fn: FunctionNode, trail: Trail): Promise<boolean> {
    const settled = this.#settled.get(fn);
    if (settled !== undefined) return settled;
    // A function that calls itself has no failure but those that are found elsewhere in it.
    if (trail.includes(fn)) return false;
    if (trail.length > deepest) return true;
    const answer = await this.#find(fn, [...trail, fn]);
    if (answer || trail.length === 0) this.#settled.set(fn, answer);
    return answer;
  }

  async #find(fn: FunctionNode, trail: Trail): Promise<boolean> {
    const risks = risksOf(fn);
    if (risks.some(({ kind }) => kind === 'wait')) return true;
    // A `throw` that nothing from outside leads to is thrown again by a second try.
    if (risks.some(({ kind }) => kind === 'throw') && suspends(fn)) return true;
    for (const { kind, node } of risks) {
      if (kind === 'await' && (await this.#ofPromise(node, trail))) return true;
      if (kind === 'call' && isCallExpression(node) && suspends(fn) && (await this.#throws(node))) return true;
    }
    for (const value of returnedExpressions(fn)) {
      const at = unwrap(value);
      if (isAwaitExpression(at) || isPlain(at) || isWaitedFor(at)) continue;
      if (!(await mayBePromise(at, this.#types))) continue;
      if (await this.#ofPromise(at, trail)) return true;
    }
    return false;
  }

  /** Whether a synchronous function of the project has a `throw` that reaches its caller. */
  async #throws(call: CallExpression): Promise<boolean> {
    const functions = (await this.#types.functionsOf(call.expression)).filter((fn) => !isAsyncFunction(fn));
    return functions.some((fn) => risksOf(fn).some(({ kind }) => kind === 'throw'));
  }

  async #some(expressions: readonly Node[], trail: Trail): Promise<boolean> {
    for (const expression of expressions) if (await this.#ofPromise(expression, trail)) return true;
    return false;
  }

  async #someFunction(functions: readonly FunctionNode[], trail: Trail): Promise<boolean> {
    for (const fn of functions) if (await this.#ofFunction(fn, trail)) return true;
    return false;
  }
}

/** What React's `useCallback` was given, for the constant that it made. */
function remembered(callee: Node): Node | undefined {
  const variable = isIdentifier(callee) ? declarationName(callee)?.parent : undefined;
  const made = variable && isVariableDeclaration(variable) && variable.initializer && unwrap(variable.initializer);
  return made && isCallExpression(made) && lastName(made) === 'useCallback' ? made.arguments[0] : undefined;
}

/** Whether a name stands for what was waited for, in one place at least: the others give the same kind of thing. */
function isWaitedFor(value: Node): boolean {
  const name = isIdentifier(value) ? declarationName(value) : undefined;
  if (!name || !isVariableDeclaration(name.parent)) return false;
  const { initializer } = name.parent;
  const written = referencesTo(name).flatMap(({ parent }) =>
    isBinaryExpression(parent) &&
    parent.operatorToken.kind === SyntaxKind.EqualsToken &&
    parent.left.getText() === name.text
      ? [parent.right]
      : [],
  );
  return [...(initializer ? [initializer] : []), ...written].some((one) => isAwaitExpression(unwrap(one)));
}

/** The functions on the way from the question, outermost first. */
type Trail = readonly FunctionNode[];

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
