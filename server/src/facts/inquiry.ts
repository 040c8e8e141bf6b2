import type { FunctionNode, Node } from '../typescript/ast.ts';

/**
 * What is asked of a function: whether the promise that it gives may `reject`, whether it `throws` before it gives
 * anything, or either (`fails`).
 */
export type Question = 'rejects' | 'throws' | 'fails';

/** Why a promise may reject: the first place that could not be shown to be harmless. */
export interface Doubt {
  readonly node: Node;
  readonly how: 'rejects' | 'throws';
  /** The calls that lead there from where the question was asked, outermost first. */
  readonly calls: readonly Node[];
}

/** A function is harmless provided that what its caller hands over is: the callback in `run(task)`. */
export interface Given {
  readonly owner: FunctionNode;
  readonly index: number;
  readonly property?: string;
  readonly question: Question;
  /** Where the callback is called. */
  readonly at: Node;
}

/** The answer about a function, whoever calls it. */
export interface Verdict {
  readonly doubt?: Doubt | undefined;
  readonly given: readonly Given[];
}

/** A piece of a proof that costs a search through the program; done last, when all the rest is harmless. */
export type Later = () => Promise<Doubt | undefined>;

/** Identifies a function. A file's tree may be decoded twice in one run. */
export function functionKey(fn: Node): string {
  return `${fn.getSourceFile().fileName} ${fn.pos} ${fn.end}`;
}

/** A function that is being judged. */
interface Frame {
  readonly question: Question;
  readonly fn: string;
  readonly given: Given[];
  readonly later: Later[];
  /** The lowest frame that was assumed to be harmless for this one's answer. */
  assumed: number;
}

interface Provisional {
  readonly question: Question;
  readonly fn: string;
  readonly verdict: Verdict;
  readonly assumed: number;
}

/** The answers that stand: by question and function. */
export class Verdicts {
  readonly #known = new Map<string, Verdict>();

  get(question: Question, fn: string): Verdict | undefined {
    return this.#known.get(`${question} ${fn}`);
  }

  set(question: Question, fn: string, verdict: Verdict): void {
    this.#known.set(`${question} ${fn}`, verdict);
  }
}

/**
 * One walk along calls. A function that calls itself, directly or through others, is assumed to be harmless while it is
 * judged; the answers of a cycle stand once its first function has been found harmless with no other assumption. That is
 * the least fixed point: a cycle fails only if something in it does.
 */
export class Inquiry {
  readonly #verdicts: Verdicts;
  readonly #frames: Frame[] = [];
  /** Answers that rest on an assumption about a function still being judged. */
  #provisional: Provisional[] = [];
  #left = mostFunctions;
  #isSpent = false;

  constructor(verdicts: Verdicts) {
    this.#verdicts = verdicts;
  }

  /** Judges a function, unless the answer is known. */
  async verdict(question: Question, node: Node, judge: () => Promise<Doubt | undefined>): Promise<Verdict> {
    const fn = functionKey(node);
    const settled = this.#verdicts.get(question, fn);
    if (settled) return settled;
    const below = this.#frames.findIndex((frame) => frame.fn === fn && frame.question === question);
    if (below >= 0) {
      this.#assume(below);
      return { given: [] };
    }
    const waiting = this.#provisional.find((entry) => entry.fn === fn && entry.question === question);
    if (waiting) {
      this.#assume(waiting.assumed);
      return waiting.verdict;
    }
    if (--this.#left < 0) {
      this.#isSpent = true;
      return { doubt: { node, how: 'rejects', calls: [] }, given: [] };
    }
    return this.#judge(question, fn, judge);
  }

  /** Whether a function is being judged, so that a call of it is a recursion. */
  isOpen(fn: Node): boolean {
    const key = functionKey(fn);
    return this.#frames.some((frame) => frame.fn === key);
  }

  /** Makes the current function's answer depend on what its caller hands over. False outside of functions. */
  dependOn(given: Given): boolean {
    const frame = this.#frames.at(-1);
    frame?.given.push(given);
    return frame !== undefined;
  }

  /** Puts a costly piece off until the current function is harmless but for it; at the top, it is done at once. */
  async putOff(later: Later): Promise<Doubt | undefined> {
    const frame = this.#frames.at(-1);
    if (!frame) return later();
    frame.later.push(later);
    return undefined;
  }

  async #judge(question: Question, fn: string, judge: () => Promise<Doubt | undefined>): Promise<Verdict> {
    const index = this.#frames.length;
    const frame: Frame = { question, fn, given: [], later: [], assumed: index };
    const before = this.#provisional.length;
    this.#frames.push(frame);
    let doubt = await judge();
    for (let later = frame.later.shift(); later && !doubt; later = frame.later.shift()) doubt = await later();
    this.#frames.pop();
    const verdict: Verdict = { doubt, given: doubt ? [] : frame.given };
    if (doubt) {
      // What assumed this function to be harmless was wrong to.
      this.#provisional = this.#provisional.slice(0, before);
      if (!this.#isSpent) this.#verdicts.set(question, fn, verdict);
    } else if (frame.assumed < index) {
      this.#provisional.push({ question, fn, verdict, assumed: frame.assumed });
      this.#assume(frame.assumed);
    } else {
      for (const entry of this.#provisional.splice(before)) this.#verdicts.set(entry.question, entry.fn, entry.verdict);
      this.#verdicts.set(question, fn, verdict);
    }
    return verdict;
  }

  #assume(index: number): void {
    const frame = this.#frames.at(-1);
    if (frame) frame.assumed = Math.min(frame.assumed, index);
  }
}

/** A proof that needs more functions than this is not attempted. No answer that hit the limit is kept. */
const mostFunctions = 500;
