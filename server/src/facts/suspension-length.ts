import type { Knowledge } from '../knowledge/knowledge.ts';
import {
  type CallExpression,
  type FunctionNode,
  isArrowFunction,
  isAsyncFunction,
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isForOfStatement,
  isFunctionNode,
  isGenerator,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  lastName,
  type NewExpression,
  type Node,
  unwrap,
  walkBody,
} from '../typescript/ast.ts';
import type { Oracle } from '../typescript/oracle.ts';
import { isAwaitUsing, isNothing } from '../typescript/promise-syntax.ts';
import { isPlain } from './definitions.ts';
import { returnedExpressions } from './promises/outcome.ts';

/**
 * How long an `await` lets others run: `microtask` only to those who wait for promises, and never to timers and I/O;
 * `sleep` until a timer ends; `open` until something else happens.
 */
export type SuspensionLength = 'microtask' | 'sleep' | 'open';

/** Tells what an expression that is awaited waits for, through functions of the project. In doubt the answer is `open`. */
export class SuspensionLengths {
  readonly #types: Oracle;
  readonly #knowledge: Knowledge;

  constructor(types: Oracle, knowledge: Knowledge) {
    this.#types = types;
    this.#knowledge = knowledge;
  }

  /** @param awaited the operand of `await` */
  of(awaited: Node): Promise<SuspensionLength> {
    return this.#of(awaited, { path: [], isGuess: false });
  }

  /** As `of`, where what nothing is known of and whose name says that it computes is taken to be ready at once: `decode(x)`. */
  likely(awaited: Node): Promise<SuspensionLength> {
    return this.#of(awaited, { path: [], isGuess: true });
  }

  async #of(awaited: Node, trail: Trail): Promise<SuspensionLength> {
    const at = unwrap(awaited);
    if (isNothing(at) || isPlain(at)) return 'microtask';
    if (isNewExpression(at)) return ofNewPromise(at);
    if (!isCallExpression(at)) {
      const { extent } = await this.#types.thenability(at);
      return extent === 'none' || (trail.isGuess && extent === 'unknown') ? 'microtask' : 'open';
    }
    const callee = unwrap(at.expression);
    if (isPropertyAccessExpression(callee) && isIdentifier(callee.expression) && callee.expression.text === 'Promise')
      return callee.name.text === 'resolve' ? this.#ofResolved(at, trail) : 'open';
    const functions = await this.#types.functionsOf(callee);
    if (functions.length > 0) return this.#ofFunctions(functions, trail);
    if (this.#knowledge.timers.sleeps(await this.#types.origins(callee))) return 'sleep';
    const { extent } = await this.#types.thenability(at);
    const isComputed =
      trail.isGuess && extent === 'unknown' && this.#knowledge.effects.computes(lastName(callee) ?? '');
    return extent === 'none' || isComputed ? 'microtask' : 'open';
  }

  async #ofResolved(call: CallExpression, trail: Trail): Promise<SuspensionLength> {
    const [value] = call.arguments;
    if (!value || !(isCallExpression(unwrap(value)) || isNewExpression(unwrap(value)))) {
      const isPromise = value && (await this.#types.thenability(value)).extent !== 'none';
      return isPromise ? 'open' : 'microtask';
    }
    return this.#of(value, trail);
  }

  async #ofFunctions(functions: readonly FunctionNode[], trail: Trail): Promise<SuspensionLength> {
    const lengths = await Promise.all(functions.map((fn) => this.#ofFunction(fn, trail)));
    const [first = 'open', ...others] = lengths;
    return others.every((length) => length === first) ? first : 'open';
  }

  async #ofFunction(fn: FunctionNode, trail: Trail): Promise<SuspensionLength> {
    if (!fn.body || isGenerator(fn) || trail.path.length > deepest || trail.path.includes(fn)) return 'open';
    const inner = { ...trail, path: [...trail.path, fn] };
    const waits = isAsyncFunction(fn) ? waitsOf(fn) : [];
    if (!waits) return 'open';
    const given = await Promise.all(
      returnedExpressions(fn)
        .map((value) => unwrap(value))
        .filter((value) => !isAwaitExpression(value))
        .map((value) => this.#of(value, inner)),
    );
    const lengths = [...given, ...(await Promise.all(waits.map((wait) => this.#of(wait, inner))))];
    if (lengths.includes('open')) return 'open';
    if (!lengths.includes('sleep')) return 'microtask';
    // A function is a sleep when it does nothing else: `return new Promise((resolve) => setTimeout(resolve, ms))`.
    return doesLittle(fn) ? 'sleep' : 'open';
  }
}

interface Trail {
  /** The functions on the way from the question, outermost first. */
  readonly path: readonly FunctionNode[];
  readonly isGuess: boolean;
}

const deepest = 4;

/** What an async function awaits; undefined where it also waits in another way. */
function waitsOf(fn: FunctionNode): readonly Node[] | undefined {
  const waits: Node[] = [];
  let isPlainOnly = true;
  walkBody(fn.body as Node, (node) => {
    if (isAwaitExpression(node)) waits.push(node.expression);
    if ((isForOfStatement(node) && node.awaitModifier) || isAwaitUsing(node)) isPlainOnly = false;
    return true;
  });
  return isPlainOnly ? waits : undefined;
}

function doesLittle({ body }: FunctionNode): boolean {
  return body !== undefined && (!isBlock(body) || body.statements.length <= 3);
}

/** `new Promise((resolve) => setTimeout(resolve, ms))` sleeps; one whose resolve is called at once or in a microtask does not. */
function ofNewPromise(created: NewExpression): SuspensionLength {
  const executor = created.arguments?.[0] && unwrap(created.arguments[0]);
  if (!isIdentifier(created.expression) || created.expression.text !== 'Promise' || !executor) return 'open';
  if (!isFunctionNode(executor) || !isSingleParameter(executor)) return 'open';
  const step = onlyExpression(executor);
  const resolve = executor.parameters[0]?.name;
  if (!step || !isCallExpression(step) || !resolve || !isIdentifier(resolve)) return 'open';
  const called = lastName(step) ?? '';
  if (called === resolve.text)
    return step.arguments.every((value) => isNothing(unwrap(value)) || isPlain(unwrap(value))) ? 'microtask' : 'open';
  const callback = step.arguments[0] && unwrap(step.arguments[0]);
  if (!callback || !runs(callback, resolve.text)) return 'open';
  if (called === 'queueMicrotask' || called === 'nextTick') return 'microtask';
  return called === 'setTimeout' ? 'sleep' : 'open';
}

function isSingleParameter(executor: FunctionNode): boolean {
  return executor.parameters.length > 0 && executor.parameters.length < 3;
}

function runs(callback: Node, resolve: string): boolean {
  if (isIdentifier(callback)) return callback.text === resolve;
  if (!isFunctionNode(callback)) return false;
  const step = onlyExpression(callback);
  return step !== undefined && isCallExpression(step) && lastName(step) === resolve;
}

/** The one expression that a function consists of. */
function onlyExpression(fn: FunctionNode): Node | undefined {
  const { body } = fn;
  if (!body) return undefined;
  if (isArrowFunction(fn) && !isBlock(body)) return unwrap(body);
  if (!isBlock(body) || body.statements.length !== 1) return undefined;
  const [only] = body.statements;
  if (only && isExpressionStatement(only)) return unwrap(only.expression);
  return only && isReturnStatement(only) && only.expression ? unwrap(only.expression) : undefined;
}
