import {
  type CallExpression,
  type FunctionNode,
  isAsyncFunction,
  isCallExpression,
  isFunctionNode,
  isGenerator,
  type Node,
  type SourceFile,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { functionKey } from '../inquiry.ts';
import { targetsOf } from '../targets.ts';
import { runningFunction } from '../uses.ts';
import { type BlockingCall, type Step, stepOf } from './blocking.ts';

/**
 * The other direction: from a function down to a blocking call that it leads to, in whatever file. It looks at every
 * call on the way, so it is only for functions that there is reason to ask about.
 */
export class BlockingDescent {
  readonly #types: Oracle;
  readonly #blockingCalls: BlockingSource;
  readonly #known = new Map<string, BlockingChain | undefined>();

  constructor(types: Oracle, blockingCalls: BlockingSource) {
    this.#types = types;
    this.#blockingCalls = blockingCalls;
  }

  /** The calls from a function down to a blocking one, itself last; undefined where it leads to none. */
  async chainFrom(fn: FunctionNode): Promise<BlockingChain | undefined> {
    const walk: Walk = { left: mostFunctions, open: new Set(), cuts: 0 };
    return this.#descend(fn, walk);
  }

  async #descend(fn: FunctionNode, walk: Walk): Promise<BlockingChain | undefined> {
    const key = functionKey(fn);
    if (this.#known.has(key)) return this.#known.get(key);
    if (walk.open.has(key) || walk.open.size > mostSteps || --walk.left < 0) {
      walk.cuts++;
      return undefined;
    }
    walk.open.add(key);
    const before = walk.cuts;
    const found = (await this.#ownCall(fn)) ?? (await this.#throughCalls(fn, walk));
    walk.open.delete(key);
    // What was cut short inside a cycle may look different from elsewhere.
    if (found || walk.cuts === before || walk.open.size === 0) this.#known.set(key, found);
    return found;
  }

  async #ownCall(fn: FunctionNode): Promise<BlockingChain | undefined> {
    const calls = await this.#blockingCalls(fn.getSourceFile());
    const own = calls.find(
      (call) =>
        isSame(runningFunction(call.call), fn) && (call.does === 'sleep' || call.api.severity !== 'information'),
    );
    return own && { blocking: own, steps: [stepOf(own.call)] };
  }

  async #throughCalls(fn: FunctionNode, walk: Walk): Promise<BlockingChain | undefined> {
    const calls = ownCalls(fn);
    const targets = await Promise.all(calls.map((call) => targetsOf(call.expression, this.#types)));
    for (const [index, call] of calls.entries()) {
      for (const target of targets[index] ?? []) {
        // What is asynchronous blocks by itself, and is found there.
        if (target.kind !== 'body' || isAsyncFunction(target.fn) || isGenerator(target.fn)) continue;
        const below = await this.#descend(target.fn, walk);
        if (below) return { ...below, steps: [stepOf(call), ...below.steps] };
      }
    }
    return undefined;
  }
}

/** The blocking calls of a file. */
export type BlockingSource = (file: SourceFile) => Promise<readonly BlockingCall[]>;

/** A blocking call, and the calls that lead to it, itself last. */
export interface BlockingChain {
  readonly blocking: BlockingCall;
  readonly steps: readonly Step[];
}

/** A file's tree may be decoded twice in one run. */
function isSame(a: FunctionNode | undefined, b: FunctionNode): boolean {
  return a === b || (a !== undefined && functionKey(a) === functionKey(b));
}

interface Walk {
  left: number;
  readonly open: Set<string>;
  /** How often something was not looked at, because it is being looked at already or is too far down. */
  cuts: number;
}

const mostSteps = 6;
const mostFunctions = 100;

/** The calls that run as part of a function, in order. */
function ownCalls(fn: FunctionNode): readonly CallExpression[] {
  const calls: CallExpression[] = [];
  const visit = (node: Node): void => {
    if (isCallExpression(node)) calls.push(node);
    node.forEachChild((child) => {
      if (!isFunctionNode(child) || runningFunction(child.body ?? child) === fn) visit(child);
    });
  };
  if (fn.body) visit(fn.body);
  return calls;
}
