/** Whether two calls of a function can be under way at once, and what in the source says so. */
import type { Knowledge } from '../../knowledge/knowledge.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isAsyncFunction,
  isBinaryExpression,
  isClassLikeDeclaration,
  isJsxAttribute,
  isMethodDeclaration,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isReturnStatement,
  isShorthandPropertyAssignment,
  isWithin,
  lastName,
  type NewExpression,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { blocksOnPurpose } from '../blocking/blocking-places.ts';
import {
  handlerNames,
  inLoop,
  isAsyncLike,
  isCommandObject,
  isCommandRegistration,
  isDropped,
  isFreshReceiver,
  isOnceByName,
  isOnceInProgram,
  isQueueOfOne,
  isTail,
  iterating,
  jsxAttributeOf,
  oneByOne,
  promiseMethods,
  requestNames,
} from '../call-shapes.ts';
import { functionKey } from '../inquiry.ts';
import { type FunctionUse, type FunctionUses, functionName, inlineUse, isExported } from '../uses.ts';
import { isBehindOwnFlag } from './guards.ts';
import { isInTurns } from './in-turns.ts';
import { isSingleFlight } from './single-flight.ts';

/** Why two runs of a function can overlap, and where that is to be seen. */
export interface Concurrency {
  /**
   * `handler` for what events or requests call, `interval` for a repeating timer, `each` for a callback that is started
   * for every element, `unawaited` for a call that nobody waits for, `public` and `exported` for what anybody may call.
   */
  readonly how: 'handler' | 'interval' | 'each' | 'unawaited' | 'public' | 'exported';
  /** The function that runs twice: the one asked about, or one that calls it. */
  readonly fn: FunctionNode;
  /** The call or registration that shows it; the function's own name where anybody may call it. */
  readonly at: Node;
  /** One sentence without a full stop: "two requests can run `handle` at once". */
  readonly text: string;
  /** What runs twice, as people name it: `request`, `event`, `call`. */
  readonly task: 'request' | 'event' | 'call' | 'tick' | 'element';
}

/** Has a lifetime: the answers for the run of one file. */
export class ConcurrencyFacts {
  readonly #types: Oracle;
  readonly #knowledge: Knowledge;
  readonly #uses: FunctionUses;
  readonly #scope: FunctionNode | undefined;
  readonly #known = new Map<string, Promise<Answer>>();

  /** @param scope a function whose runs have nothing in common: what calls it twice says nothing about what is inside of it */
  constructor(types: Oracle, knowledge: Knowledge, uses: FunctionUses, scope?: FunctionNode) {
    this.#scope = scope;
    this.#types = types;
    this.#knowledge = knowledge;
    this.#uses = uses;
  }

  /** Undefined where nothing shows that two calls can overlap. */
  async of(fn: FunctionNode): Promise<Concurrency | undefined> {
    const answer = await this.#answer(fn);
    return answer === 'once' ? undefined : answer;
  }

  #answer(fn: FunctionNode): Promise<Answer> {
    const key = functionKey(fn);
    let known = this.#known.get(key);
    // asynclint-disable-next-line cached-rejection -- Kept for the run of one file, which ends when a question fails.
    if (!known) this.#known.set(key, (known = this.#find(fn, [])));
    return known;
  }

  async #find(fn: FunctionNode, above: readonly FunctionNode[]): Promise<Answer> {
    if (above.length > mostLevels || above.includes(fn)) return undefined;
    if (fn.kind === SyntaxKind.Constructor || blocksOnPurpose(fn.getSourceFile())) return 'once';
    if (await isInTurns(fn, this.#types)) return 'once';
    const inline = inlineUse(fn);
    if (inline) return (await this.#ofUse(fn, inline, above)) ?? (inline.kind === 'other' ? openTo(fn) : undefined);
    const attribute = jsxAttributeOf(fn);
    if (attribute) return handler(fn, attribute, 'event');
    const own = await this.#uses.of(fn);
    const here = await this.#ofUses(fn, own, above);
    if (here !== undefined && here !== 'once') return here;
    // A search through the program costs more than all the rest, and is made only where it can still decide.
    if (own.length > mostUses) return openTo(fn);
    const elsewhere = isPrivate(fn) ? [] : await this.#uses.elsewhere(fn);
    const there = await this.#ofUses(fn, elsewhere.slice(0, mostUses), above);
    if (there !== undefined && there !== 'once') return there;
    const count = own.length + elsewhere.length;
    const isKnown = 0 < count && count <= mostUses && here === 'once' && there === 'once';
    return isKnown || isOnceInProgram(fn) ? 'once' : openTo(fn);
  }

  /** The first use that shows two runs at once; `once` where every use is known to be one at a time, and where there is none. */
  async #ofUses(fn: FunctionNode, uses: readonly FunctionUse[], above: readonly FunctionNode[]): Promise<Answer> {
    let isKnown = true;
    for (const use of uses.slice(0, mostUses)) {
      const answer = await this.#ofUse(fn, use, above);
      if (answer && answer !== 'once') return answer;
      if (!answer) isKnown = false;
    }
    return isKnown ? 'once' : undefined;
  }

  async #ofUse(fn: FunctionNode, use: FunctionUse, above: readonly FunctionNode[]): Promise<Answer> {
    switch (use.kind) {
      case 'call':
        return this.#ofCall(fn, use.call, above);
      case 'argument':
        return this.#ofArgument(fn, use.call, use.index, above);
      case 'other':
        return this.#ofPlace(fn, use.at, above);
    }
  }

  /** A call in a function that runs one call after the other adds nothing, if it is waited for. */
  async #ofCall(
    fn: FunctionNode,
    call: CallExpression | NewExpression,
    above: readonly FunctionNode[],
  ): Promise<Answer> {
    if (isNewExpression(call) || isSingleFlight(call) || isFreshReceiver(call)) return 'once';
    const caller = enclosingFunction(call);
    if (!caller || isBehindOwnFlag(call, caller)) return 'once';
    const name = nameOf(fn);
    // A call of a synchronous function is over when it returns.
    const isStarted = isDropped(call) && isAsyncFunction(fn);
    if (isStarted && inLoop(call, caller))
      return { how: 'unawaited', fn, at: call, task: 'call', text: `the loop starts ${name} without awaiting it` };
    const outer = await this.#above(caller, [...above, fn]);
    if (!isStarted || caller.kind === SyntaxKind.Constructor || outer === 'once') return outer;
    // That nobody waits says more than that anybody may call.
    if (outer && outer.how !== 'public' && outer.how !== 'exported') return outer;
    if (!(await this.#mayRepeat(caller))) return outer;
    return { how: 'unawaited', fn, at: call, task: 'call', text: `${name} is called without being awaited` };
  }

  async #ofArgument(
    fn: FunctionNode,
    call: CallExpression | NewExpression,
    index: number,
    above: readonly FunctionNode[],
  ): Promise<Answer> {
    const name = lastName(call.expression) ?? '';
    const caller = enclosingFunction(call);
    const within = async (): Promise<Answer> => (caller ? this.#above(caller, [...above, fn]) : 'once');
    if (isNewExpression(call)) return within();
    if (oneByOne.test(name) || isQueueOfOne(call) || isLocks(call) || (await this.#isExclusive(call))) return 'once';
    const isMember = isPropertyAccessExpression(unwrap(call.expression));
    if (isMember && promiseMethods.has(name)) return isTail(call) ? 'once' : within();
    if (name === 'setInterval') {
      const text = `\`setInterval\` starts ${nameOf(fn)} again before it has ended`;
      return { how: 'interval', fn, at: call, task: 'tick', text };
    }
    if (isMember && iterating.has(name) && index === 0 && isAsyncLike(fn)) {
      const text = `\`${name}\` starts this callback for every element at once`;
      return { how: 'each', fn, at: call, task: 'element', text };
    }
    if (isCommandRegistration(call)) return 'once';
    if (handlerNames.test(name)) return handler(fn, call, requestNames.test(name) ? 'request' : 'event');
    return within();
  }

  /** `mutex.runExclusive(…)` and `navigator.locks.request(…)`. */
  async #isExclusive(call: CallExpression): Promise<boolean> {
    return this.#knowledge.locks.runsExclusively(await this.#types.origins(call.expression)) !== undefined;
  }

  /** A function in an object, a field or an export: whoever has that may call it. */
  #ofPlace(fn: FunctionNode, at: Node, above: readonly FunctionNode[]): Answer {
    const { parent } = at;
    if (isJsxAttribute(parent.parent ?? parent)) return handler(fn, at, 'event');
    if (isBinaryExpression(parent) && parent.right === at && isPropertyAccessExpression(unwrap(parent.left))) {
      if (/^on[a-zA-Z]/.test(lastName(parent.left) ?? '')) return handler(fn, parent, 'event');
    }
    if (isReturnStatement(parent) || isPropertyAssignment(parent) || isShorthandPropertyAssignment(parent)) {
      const caller = enclosingFunction(at);
      if (isPropertyAssignment(parent) && isCommandObject(parent.parent)) return 'once';
      if (caller && above.includes(caller)) return undefined;
      // What an exported function returns is in the hands of whoever called it.
      return openTo(fn, isReturnStatement(parent) && caller && openTo(caller) ? parent : at);
    }
    return undefined;
  }

  async #above(caller: FunctionNode, above: readonly FunctionNode[]): Promise<Answer> {
    if (this.#scope && isWithin(this.#scope, caller)) return 'once';
    const known = this.#known.get(functionKey(caller));
    // A cycle of calls says nothing by itself, and what was found below it must not be kept.
    return known && !above.some((fn) => functionKey(fn) === functionKey(caller)) ? known : this.#find(caller, above);
  }

  /** Whether a function can be called a second time at all: not what only a module's top level calls. */
  async #mayRepeat(fn: FunctionNode): Promise<boolean> {
    const uses = inlineUse(fn) ? [inlineUse(fn)] : await this.#uses.of(fn);
    if (isExported(fn) || isMethodDeclaration(fn)) return !isOnceByName(fn);
    return uses.some((use) => use !== undefined && (use.kind !== 'call' || enclosingFunction(use.call) !== undefined));
  }
}

/** `once` is certain; undefined is not known. */
type Answer = Concurrency | 'once' | undefined;

const mostLevels = 5;
const mostUses = 24;

/** `retryMutex.mutex(work)`: a method of something that is called a lock. */
function isLocks(call: CallExpression): boolean {
  const callee = unwrap(call.expression);
  return isPropertyAccessExpression(callee) && /(?:mutex|lock|semaphore)$/i.test(lastName(callee.expression) ?? '');
}

/** What nobody in sight calls belongs to whoever imports it. */
function openTo(fn: FunctionNode, at: Node = functionName(fn) ?? fn): Concurrency | undefined {
  const name = nameOf(fn);
  const text = `two callers can run ${name} at once`;
  const owner = isMethodDeclaration(fn) ? fn.parent : wrapped(fn).parent;
  if (isMethodDeclaration(fn) && isClassLikeDeclaration(owner)) {
    return isPrivate(fn) || isOnceByName(fn) ? undefined : { how: 'public', fn, at, task: 'call', text };
  }
  if (isPropertyDeclaration(owner)) return isPrivate(owner) ? undefined : { how: 'public', fn, at, task: 'call', text };
  if (isExported(fn) || isHandedOut(fn)) return { how: 'exported', fn, at, task: 'call', text };
  if (isObjectLiteralExpression(owner) || isPropertyAssignment(owner)) {
    const literal = isObjectLiteralExpression(owner) ? owner : owner.parent;
    return isCommandObject(literal) ? undefined : { how: 'public', fn, at, task: 'call', text };
  }
  if (isBinaryExpression(owner)) return { how: 'public', fn, at, task: 'call', text };
  return at === (functionName(fn) ?? fn) ? undefined : { how: 'exported', fn, at, task: 'call', text };
}

/** `export default async () => …` and `module.exports = …`. */
function isHandedOut(fn: FunctionNode): boolean {
  if (hasModifier(fn, SyntaxKind.ExportKeyword) || hasModifier(fn, SyntaxKind.DefaultKeyword)) return true;
  return wrapped(fn).parent.kind === SyntaxKind.ExportAssignment;
}

function handler(fn: FunctionNode, at: Node, task: 'request' | 'event'): Concurrency {
  return { how: 'handler', fn, at, task, text: `two ${task}s can run ${nameOf(fn)} at once` };
}

/** A name for a function in a sentence: `load` in backticks, or "this callback". */
function nameOf(fn: FunctionNode): string {
  const name = functionName(fn)?.text;
  if (name !== undefined) return `\`${name}\``;
  return fn.kind === SyntaxKind.ArrowFunction ? 'this callback' : 'this function';
}

function isPrivate(member: Node): boolean {
  const { name } = member as { readonly name?: Node };
  const holder = wrapped(member).parent;
  if (name?.kind === SyntaxKind.PrivateIdentifier || hasModifier(member, SyntaxKind.PrivateKeyword)) return true;
  return isPropertyDeclaration(holder) && isPrivate(holder);
}
