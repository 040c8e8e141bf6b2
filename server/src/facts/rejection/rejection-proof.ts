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
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { constantValue, isPlain, mayBePromise } from '../definitions.ts';
import type { Doubt, Inquiry, Question } from '../inquiry.ts';
import { isOnlyResolved } from '../promises/deferred.ts';
import { returnedExpressions } from '../promises/outcome.ts';
import { resolvingExecutor } from '../promises/promise-executor.ts';
import { isStateSetter } from '../same-function.ts';
import { isDeferred } from '../shared/in-turns.ts';
import { runsItsArgumentNow } from '../uses.ts';
import { CalleeProof, calleeOf } from './callee-proof.ts';
import { mentions, type Risk, risksOf, risksOfClass } from './risks.ts';

/** One attempt to show that something never rejects. */
export class RejectionProof {
  readonly #types: Oracle;
  readonly #known: PromiseKnowledge;
  readonly #inquiry: Inquiry;
  readonly #callees: CalleeProof;

  constructor(types: Oracle, known: PromiseKnowledge, inquiry: Inquiry) {
    this.#types = types;
    this.#known = known;
    this.#inquiry = inquiry;
    this.#callees = new CalleeProof(types, inquiry, {
      function: (question, fn) => this.#function(question, fn),
      construction: (declaration) => this.#risks(risksOfClass(declaration)),
      isCheck: (call) => this.#known.isCheck(calledNames(call)),
    });
  }

  /**
   * Why a promise-valued expression may reject.
   * @param question `fails` also for an exception of a call in it, before there is a promise
   */
  async promise(expression: Node, question: Question = 'rejects'): Promise<Doubt | undefined> {
    const value = unwrap(expression);
    if (isConditionalExpression(value))
      return (await this.promise(value.whenTrue, question)) ?? this.promise(value.whenFalse, question);
    if (isBinaryExpression(value)) {
      const last = await this.promise(value.right, question);
      const isComma = value.operatorToken.kind === SyntaxKind.CommaToken;
      return last ?? (isComma ? undefined : this.promise(value.left, question));
    }
    if (isCallExpression(value)) return this.#promiseCall(value, question);
    if (isNewExpression(value)) return this.#newPromise(value);
    if (isOnlyResolved(value)) return undefined;
    if ((await this.#types.thenability(value)).extent === 'none') return undefined;
    if (isIdentifier(value)) {
      const initial = await constantValue(value, this.#types);
      if (initial) return this.promise(initial, question);
    }
    return isPropertyAccessExpression(value) ? this.#member(value) : doubt(value, 'rejects');
  }

  /** A promise that a getter gives, or that a field holds which only its own file fills. */
  async #member(access: Node): Promise<Doubt | undefined> {
    const found = await this.#callees.getter(access, 'fails');
    if (found !== 'none') return found;
    const values = await this.#callees.heldBy(access);
    if (values.length === 0) return doubt(access, 'rejects');
    for (const value of values) {
      const failing = this.#inquiry.isOpen(value) ? undefined : await this.#held(value);
      if (failing) return failing;
    }
    return undefined;
  }

  /** A field may be filled with what a function makes that waits for the field: a cycle, as with functions. */
  async #held(value: Node): Promise<Doubt | undefined> {
    return (await this.#inquiry.verdict('rejects', value, () => this.promise(value))).doubt;
  }

  /** Why one of the promises in a list may reject. */
  async list(expression: Node): Promise<Doubt | undefined> {
    const list = unwrap(expression);
    if (isArrayLiteralExpression(list)) {
      for (const element of list.elements) {
        const found = isSpreadElement(element) ? doubt(element, 'rejects') : await this.promise(element);
        if (found) return found;
      }
      return undefined;
    }
    const isMap =
      isCallExpression(list) && isPropertyAccessExpression(list.expression) && list.expression.name.text === 'map';
    const [callback] = isMap ? list.arguments : [];
    return callback ? this.callback(callback, 'rejects') : doubt(list, 'rejects');
  }

  /** Why a callback may fail: one that is written in place, declared in the project, or handed over by a caller. */
  async callback(callback: Node, question: Question = 'fails'): Promise<Doubt | undefined> {
    const found = await this.#callees.callback(callback, question);
    if (found !== 'library') return found;
    if (this.#known.neverThrows(await this.#types.origins(callback))) return undefined;
    return (await this.#types.typeOf(callback)).isNullish ? undefined : doubt(callback, 'throws');
  }

  async #promiseCall(call: CallExpression, question: Question): Promise<Doubt | undefined> {
    const callee = unwrap(call.expression);
    if (isPropertyAccessExpression(callee)) {
      const receiver = unwrap(callee.expression);
      const [first, second] = call.arguments;
      if (isIdentifier(receiver) && receiver.text === 'Promise') return this.#combination(call, callee.name.text);
      switch (callee.name.text) {
        case 'catch':
          return first ? this.#unlessHandled(receiver, first) : this.promise(receiver);
        case 'then': {
          const after = first && (await this.callback(first));
          return after ?? (second ? this.#unlessHandled(receiver, second) : this.promise(receiver));
        }
        case 'finally':
          return (first && (await this.callback(first))) ?? this.promise(receiver);
      }
    }
    const found = await this.#callees.call(call, question);
    if (found !== 'library') return found;
    const origins = await this.#types.origins(callee);
    // Library functions that cannot throw give no promise either.
    if (this.#known.neverRejects(origins, call.arguments.length) || this.#known.neverThrows(origins)) return undefined;
    return (await mayBePromise(call, this.#types)) ? doubt(call, 'rejects') : undefined;
  }

  async #unlessHandled(receiver: Node, handler: Node): Promise<Doubt | undefined> {
    if ((await this.#types.typeOf(handler)).isNullish) return this.promise(receiver);
    // A handler that can fail matters only where there is something for it to handle.
    return (await this.promise(receiver)) && this.callback(handler);
  }

  async #combination(call: CallExpression, method: string): Promise<Doubt | undefined> {
    const [input] = call.arguments;
    switch (method) {
      case 'allSettled':
        return undefined;
      case 'resolve':
        return input && this.promise(input);
      case 'all':
      case 'race':
        return input ? this.list(input) : doubt(call, 'rejects');
      case 'try':
        return input ? this.callback(input) : doubt(call, 'rejects');
      default:
        return doubt(call, 'rejects');
    }
  }

  async #newPromise(created: NewExpression): Promise<Doubt | undefined> {
    const executor = resolvingExecutor(created);
    // Only `resolve()` with nothing to adopt, or given on as a callback of a timer, is understood.
    if (!executor) return doubt(created, 'rejects');
    const failing = await this.#risks(await this.#plainRisks(executor.risks));
    if (failing) return failing;
    const answers = await Promise.all(executor.resolvedWith.map((value) => this.#types.thenability(value)));
    return answers.some(({ extent }) => extent !== 'none') ? doubt(created, 'rejects') : undefined;
  }

  /** What else an executor calls could only throw while the promise is made, and that shows at the first run. */
  async #plainRisks(risks: readonly Risk[]): Promise<readonly Risk[]> {
    const isPlain = await Promise.all(
      risks.map(async ({ kind, node }) =>
        kind === 'call' ? this.#known.oftenThrows(await this.#types.origins(calleeOf(node))) : kind === 'throw',
      ),
    );
    return risks.filter((_, index) => isPlain[index]);
  }

  /** @param question `rejects` asks for the returned promise only; `fails` also for an exception of a function that is not async */
  async #function(question: Question, fn: FunctionNode): Promise<Doubt | undefined> {
    if (isDeferred(fn)) return undefined;
    if (!fn.body || (isGenerator(fn) && question !== 'throws')) return doubt(fn, 'rejects');
    const runs = isAsyncFunction(fn) || question !== 'rejects';
    const failing = runs ? await this.#risks(risksOf(fn)) : undefined;
    return failing ?? (question === 'throws' ? undefined : this.#returns(fn));
  }

  async #returns(fn: FunctionNode): Promise<Doubt | undefined> {
    for (const value of returnedExpressions(fn)) {
      if (isAwaitExpression(unwrap(value)) || isPlain(unwrap(value))) continue;
      if (!(await mayBePromise(value, this.#types))) continue;
      const found = await this.promise(value);
      if (found) return found;
    }
    return undefined;
  }

  async #risks(risks: readonly Risk[]): Promise<Doubt | undefined> {
    // What needs no question is decided first.
    const certain = risks.find((risk) => risk.kind === 'throw');
    if (certain) return doubt(certain.node, 'throws');
    for (const risk of risks) {
      const found = risk.kind === 'read' ? undefined : await this.#risk(risk);
      if (found) return found;
    }
    const reads = risks.filter(({ kind }) => kind === 'read');
    return reads.length > 0 ? this.#inquiry.putOff(() => this.#reads(reads)) : undefined;
  }

  async #risk({ kind, node, isHandling, errors }: Risk): Promise<Doubt | undefined> {
    if (kind === 'await') return this.promise(node, 'fails');
    if (kind !== 'call') return doubt(node, kind === 'wait' ? 'rejects' : 'throws');
    if (isHandling ? this.#ends(node as CallExpression | NewExpression, errors) : this.#isLogger(node))
      return undefined;
    const found = await this.#callees.call(node, 'throws');
    if (found !== 'library') return found && !(await isStateSetter(node, this.#types)) ? found : undefined;
    // Of a library's functions only those that are known for it are expected to throw.
    if (await this.#isKnownToThrow(node, isHandling)) {
      // Library functions that give a promise report their failures through it.
      const answer = await this.#types.thenability(node);
      return answer.extent === 'all' ? undefined : doubt(node, 'throws');
    }
    return this.#callbacksRunNow(node as CallExpression);
  }

  /** By what it is, or by its name, which does not count where another failure is dealt with already. */
  async #isKnownToThrow(call: Node, isHandling: boolean): Promise<boolean> {
    const origins = await this.#types.origins(calleeOf(call));
    if (!isHandling && this.#known.isCheck(calledNames(call))) return !this.#known.neverThrows(origins);
    return this.#known.oftenThrows(origins);
  }

  /** Whoever logs in a handler, or gives the error to somebody, has decided that this is where it ends. */
  #ends(call: CallExpression | NewExpression, errors: readonly string[]): boolean {
    if (isCallExpression(call) && this.#known.isLogging(lastName(call))) return true;
    return call.arguments?.some((argument) => mentions(argument, errors)) ?? false;
  }

  /** `logger.info(…)`: what writes a log takes care not to fail. */
  #isLogger(call: Node): boolean {
    if (!isCallExpression(call)) return false;
    const callee = unwrap(call.expression);
    if (!isPropertyAccessExpression(callee) || !this.#known.isLogging(callee.name.text)) return false;
    return loggers.test(lastName(callee.expression) ?? '');
  }

  /** The callbacks of `forEach` and its like run here and now; those of timers throw somewhere else. */
  async #callbacksRunNow(call: CallExpression): Promise<Doubt | undefined> {
    if (!isCallExpression(call) || !runsItsArgumentNow(call)) return undefined;
    for (const [index, argument] of call.arguments.entries()) {
      const value = unwrap(argument);
      const isName = index === 0 && (isIdentifier(value) || isPropertyAccessExpression(value));
      const isCallback = isFunctionNode(value) || (isName && (await this.#types.mayBe('function', value)));
      const found = isCallback ? await this.callback(argument, 'throws') : undefined;
      if (found) return found;
    }
    return undefined;
  }

  async #reads(reads: readonly Risk[]): Promise<Doubt | undefined> {
    const found = await this.#callees.getters(reads.map(({ node }) => node));
    for (const { node, getter } of found) {
      const failing = await this.#callees.entered('throws', getter, node);
      if (failing) return failing;
    }
    return undefined;
  }
}

/** The names in a callee, the outermost first: `toBe`, `expect` of `expect(x).toBe`. */
function calledNames(call: Node): readonly string[] {
  const names: string[] = [];
  let at: Node | undefined = calleeOf(call);
  while (at) {
    if (isPropertyAccessExpression(at)) {
      names.push(at.name.text);
      at = unwrap(at.expression);
    } else if (isCallExpression(at)) at = unwrap(at.expression);
    else {
      if (isIdentifier(at)) names.push(at.text);
      at = undefined;
    }
  }
  return names;
}

const loggers = /^_?(?:log|\w*logger|console)$/i;

function doubt(node: Node, how: Doubt['how']): Doubt {
  return { node, how, calls: [] };
}
