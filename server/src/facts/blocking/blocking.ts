import type { BlockingApi, BlockingKnowledge, SleepApi } from '../../knowledge/blocking.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import {
  type CallExpression,
  type FunctionNode,
  isAsyncFunction,
  isPropertyAccessExpression,
  lastName,
  type NewExpression,
  type Node,
  type SourceFile,
  unwrap,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { remember } from '../../typescript/remember.ts';
import { callsIn } from '../../typescript/tree-walk.ts';
import { type FunctionUse, FunctionUses, runningFunction, runsItsArgumentNow } from '../uses.ts';
import { AsyncEntries, type AsyncEntry } from './async-entry.ts';
import { blocksWith, sleepingProcess } from './blocking-arguments.ts';
import { mayBlock, namesFromBlockingModules } from './blocking-candidates.ts';
import { BlockingDescent } from './blocking-descent.ts';
import { importedBlocking, isImportedCall } from './blocking-imports.ts';
import { blocksOnPurpose, isInTest } from './blocking-places.ts';
import { isDoneEachTime } from './kept-work.ts';

/** What a blocking call does: works, or only sleeps. */
export type Blocking =
  | { readonly does: 'work'; readonly api: BlockingApi }
  | { readonly does: 'sleep'; readonly api: SleepApi };

type Call = CallExpression | NewExpression;

/** A blocking call with what it does. */
export type BlockingCall = Blocking & { readonly call: CallExpression };

/** One call on the way to a blocking call. */
export interface Step {
  readonly call: Call;
  /** What names the called function there: the callee's last name, or the function that is handed over. */
  readonly at: Node;
  readonly name: string;
}

/** A call that blocks others, itself or through functions that it calls. */
export interface BlockedPlace {
  /** The call in the function that others wait for. */
  readonly step: Step;
  /** Why others wait. */
  readonly entry: AsyncEntry;
  /** Where the entry is in another file: the calls from there on, down to the function of this place. */
  readonly from: readonly Step[];
  /** The blocking calls that it leads to, in the order of the file, each with the calls on the way there, itself last. */
  readonly reached: readonly [Reached, ...Reached[]];
}

export interface Reached {
  readonly blocking: BlockingCall;
  /** Empty where the place is the blocking call itself. */
  readonly way: readonly Step[];
}

/**
 * Blocking calls and who waits for them. Goes upwards from the blocking calls, which are rare, to the functions that
 * reach them, so that a file without any costs nothing. The way up stays within one file.
 */
export class BlockingFacts {
  readonly #types: Oracle;
  readonly #knowledge: Knowledge;
  readonly #known: BlockingKnowledge;
  readonly #uses: FunctionUses;
  readonly #entries: AsyncEntries;
  readonly #descent: BlockingDescent;
  #importedPaths: Promise<readonly Path[]> | undefined;
  readonly #calls = new WeakMap<SourceFile, Promise<readonly BlockingCall[]>>();
  readonly #paths = new WeakMap<CallExpression, Promise<readonly Path[]>>();

  constructor(types: Oracle, knowledge: Knowledge) {
    this.#types = types;
    this.#knowledge = knowledge;
    this.#known = knowledge.blocking;
    this.#uses = new FunctionUses(types);
    this.#entries = new AsyncEntries(types, knowledge, this.#uses);
    this.#descent = new BlockingDescent(types, (file) => this.#callsOf(file));
  }

  /** Whether a place runs only while the program starts. */
  isStartUp(node: Node): Promise<boolean> {
    return this.#entries.isStartUp(node);
  }

  /** Why others wait while the function around a place runs; undefined where nobody does. */
  async entryAt(node: Node): Promise<AsyncEntry | undefined> {
    const fn = runningFunction(node);
    return fn && this.#entries.of(fn);
  }

  /** Whether a handler of requests calls a function, itself or through others of its file, or from another file. */
  async servesRequests(fn: FunctionNode, seen: readonly FunctionNode[] = []): Promise<boolean> {
    const own = await this.#uses.of(fn);
    const uses = own.some(({ kind }) => kind === 'call') ? own : await this.#uses.elsewhere(fn);
    const callers = uses.flatMap((use) => {
      const caller = use.kind === 'call' ? runningFunction(use.call) : undefined;
      return caller && caller !== fn && !seen.includes(caller) ? [caller] : [];
    });
    if (seen.length >= mostSteps) return false;
    const answers = await Promise.all(
      callers.map(
        async (caller) =>
          (await this.#entries.of(caller))?.how === 'handler' || this.servesRequests(caller, [...seen, fn]),
      ),
    );
    return answers.includes(true);
  }

  /** The calls from a function down to a blocking one, itself last; undefined where it leads to none. Costs questions about every call. */
  async chainFrom(fn: FunctionNode): Promise<readonly Step[] | undefined> {
    return (await this.#descent.chainFrom(fn))?.steps;
  }

  /** The places of a file where others wait for work, or for sleep; in the order of the file. */
  async places(file: SourceFile, does: Blocking['does']): Promise<readonly BlockedPlace[]> {
    const calls = (await this.#callsOf(file)).filter((call) => call.does === does);
    const paths = await Promise.all(calls.map((blocking) => this.#pathsOf(blocking)));
    const imported = (await this.#imported(file)).filter(({ blocking }) => blocking.does === does);
    const places = new Map<Node, BlockedPlace & { reached: [Reached, ...Reached[]] }>();
    for (const { entry, blocking, steps, from } of [...paths.flat(), ...imported].sort(byPlace)) {
      const [step, ...way] = steps;
      const place = places.get(step.at);
      if (!place) places.set(step.at, { step, entry, from, reached: [{ blocking, way }] });
      else if (place.reached.every((reached) => reached.blocking !== blocking)) place.reached.push({ blocking, way });
    }
    return [...places.values()];
  }

  /** The blocking calls of a file behind which nobody was found to wait. */
  async harmless(file: SourceFile, does: Blocking['does']): Promise<readonly BlockingCall[]> {
    const calls = (await this.#callsOf(file)).filter((call) => call.does === does);
    const paths = await Promise.all(calls.map((blocking) => this.#pathsOf(blocking)));
    return calls.filter((_, index) => paths[index]?.length === 0);
  }

  /** What a call is known to block by, whoever waits; undefined where it is not known to. */
  blockingOf(call: CallExpression): Promise<Blocking | undefined> {
    return this.#blocking(call);
  }

  /** The ways through functions that the file imports, for those of its async functions that others wait for. */
  #imported(file: SourceFile): Promise<readonly Path[]> {
    // asynclint-disable-next-line cached-rejection -- Kept for the run of one file, which ends when a question fails.
    this.#importedPaths ??= this.#findImported(file);
    return this.#importedPaths;
  }

  async #findImported(file: SourceFile): Promise<readonly Path[]> {
    const found = await importedBlocking(file, this.#types, (types) => {
      const facts = new BlockingFacts(types, this.#knowledge);
      return (each) => facts.#callsOf(each);
    });
    const paths = await Promise.all(
      found.map(async ({ call, fn, chain: { blocking, steps } }): Promise<readonly Path[]> => {
        // Reading a file somewhere further down is often done once and kept.
        const isEachTime = steps.every((step) => isDoneEachTime(step.call));
        if (isAsyncFunction(fn)) {
          if (steps.length > 1 && !isEachTime && !isWorthASearch(blocking)) return [];
          const entry = await this.#entries.of(fn);
          return entry ? [{ blocking, entry, steps: [stepOf(call), ...steps], from: [] }] : [];
        }
        // What is worth a search through the program is found from where it blocks.
        if (!isEachTime || !isDoneEachTime(call) || isWorthASearch(blocking)) return [];
        const ways = await this.#up([stepOf(call), ...steps], [], 'own file');
        return ways.map(({ entry, steps: all }) => ({ blocking, entry, steps: all, from: [] }));
      }),
    );
    return paths.flat();
  }

  #pathsOf(blocking: BlockingCall): Promise<readonly Path[]> {
    return remember(this.#paths, blocking.call, () => this.#pathsTo(blocking));
  }

  async #pathsTo(blocking: BlockingCall): Promise<readonly Path[]> {
    const start: Steps = [stepOf(blocking.call)];
    const near = await this.#up(start, [], 'own file');
    if (near.length > 0 || !isWorthASearch(blocking)) {
      return near.map(({ entry, steps }) => ({ blocking, entry, steps, from: [] }));
    }
    // Where a file calls the way by an imported name, the finding stands there.
    const [far] = (await this.#up(start, [], 'program')).filter(({ steps: [{ call }] }) => !isImportedCall(call));
    return far ? [{ blocking, entry: far.entry, steps: start, from: far.steps.slice(0, -1) }] : [];
  }

  #callsOf(file: SourceFile): Promise<readonly BlockingCall[]> {
    let known = this.#calls.get(file);
    if (!known) this.#calls.set(file, (known = this.#findCalls(file)));
    return known;
  }

  async #findCalls(file: SourceFile): Promise<readonly BlockingCall[]> {
    if (!this.#known.mayHaveBlockingCalls(file.text) || blocksOnPurpose(file)) return [];
    const imported = namesFromBlockingModules(file, this.#known);
    const candidates = callsIn(file)
      .filter((call) => mayBlock(call, imported, this.#known))
      .sort((a, b) => a.getStart() - b.getStart() || a.end - b.end);
    const found = await Promise.all(candidates.map((call) => this.#blocking(call)));
    return found.flatMap((blocking, index) =>
      blocking ? [{ ...blocking, call: candidates[index] as CallExpression }] : [],
    );
  }

  async #blocking(call: CallExpression): Promise<Blocking | undefined> {
    const origins = await this.#types.origins(calledFunction(call));
    const sleep = this.#known.sleep(origins);
    if (sleep) return { does: 'sleep', api: sleep };
    const api = this.#known.api(origins);
    if (!api || !blocksWith(call, api)) return undefined;
    const process = api.kind === 'process' ? sleepingProcess(call, api) : undefined;
    return process ? { does: 'sleep', api: process } : { does: 'work', api };
  }

  /** The ways up to the functions that others wait for; one is enough where the whole program is searched. */
  async #up(steps: Steps, seen: readonly FunctionNode[], within: 'own file' | 'program'): Promise<readonly Way[]> {
    const [{ call }] = steps;
    const fn = runningFunction(call);
    if (!fn || seen.includes(fn) || seen.length > mostSteps || isInTest(call)) return [];
    const entry = await this.#entries.of(fn);
    if (entry) return [{ entry, steps }];
    if (!this.#entries.isCalledForItsResult(fn)) return [];
    const uses = [...(await this.#uses.of(fn)), ...(within === 'program' ? await this.#uses.elsewhere(fn) : [])];
    const above = uses.map((use) => {
      const runsNow = use.kind === 'call' || (use.kind === 'argument' && runsItsArgumentNow(use.call));
      return runsNow ? this.#up([stepOf(use.call, use), ...steps], [...seen, fn], within) : [];
    });
    return (await Promise.all(above)).flat();
  }
}

/** A longer way is hard to believe, and to follow. */
const mostSteps = 6;

/** From the call in the entry's function to the blocking call itself. */
type Steps = readonly [Step, ...Step[]];

interface Way {
  readonly entry: AsyncEntry;
  readonly steps: Steps;
}

interface Path extends Way {
  readonly blocking: BlockingCall;
  readonly from: readonly Step[];
}

function byPlace(a: Path, b: Path): number {
  return a.steps[0].call.pos - b.steps[0].call.pos;
}

/** A search through the program is for what holds others up for long; a single file is not worth it. */
function isWorthASearch(blocking: BlockingCall): boolean {
  return blocking.does === 'sleep' || (blocking.api.severity !== 'information' && longKinds.has(blocking.api.kind));
}

const longKinds = new Set<BlockingApi['kind']>(['process', 'network', 'crypto']);

/** What a call runs: `f` of `f()`, and of `f.call(…)` and `f.apply(…)`. */
export function calledFunction(call: Call): Node {
  const callee = unwrap(call.expression);
  const isIndirect = isPropertyAccessExpression(callee) && /^(?:call|apply)$/.test(callee.name.text);
  return isIndirect ? unwrap(callee.expression) : callee;
}

export function stepOf(call: Call, use?: FunctionUse): Step {
  const handed = use?.kind === 'argument' ? call.arguments?.[use.index] : undefined;
  const callee = handed ? unwrap(handed) : calledFunction(call);
  return { call, at: isPropertyAccessExpression(callee) ? callee.name : callee, name: shortCallee(callee) };
}

/** `readFileSync` says enough; `sync`, `open` and `get` need what they belong to. */
function shortCallee(callee: Node): string {
  const name = lastName(callee) ?? callee.getText();
  if (!isPropertyAccessExpression(callee) || name.endsWith('Sync')) return name;
  const whole = callee.getText();
  return whole.length <= 30 && /^[\w.#$]+$/.test(whole) ? whole : name;
}
