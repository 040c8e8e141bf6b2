import type { BlockingApi, BlockingKnowledge, SleepApi } from '../knowledge/blocking.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import {
  type CallExpression,
  type FunctionNode,
  isCallExpression,
  isIdentifier,
  isImportDeclaration,
  isPropertyAccessExpression,
  isStringLiteral,
  isVariableStatement,
  lastName,
  type NewExpression,
  type Node,
  type SourceFile,
  unwrap,
} from '../typescript/ast.ts';
import type { Oracle } from '../typescript/oracle.ts';
import { remember } from '../typescript/remember.ts';
import { AsyncEntries, type AsyncEntry } from './async-entry.ts';
import { blocksWith, sleepingProcess } from './blocking-arguments.ts';
import { BlockingDescent } from './blocking-descent.ts';
import { blocksOnPurpose, isInTest } from './blocking-places.ts';
import { type FunctionUse, FunctionUses, runningFunction, runsItsArgumentNow } from './uses.ts';

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
  readonly #known: BlockingKnowledge;
  readonly #uses: FunctionUses;
  readonly #entries: AsyncEntries;
  readonly #descent: BlockingDescent;
  readonly #calls = new WeakMap<SourceFile, Promise<readonly BlockingCall[]>>();
  readonly #paths = new WeakMap<CallExpression, Promise<readonly Path[]>>();

  constructor(types: Oracle, knowledge: Knowledge) {
    this.#types = types;
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

  /** The calls from a function down to a blocking one, itself last; undefined where it leads to none. Costs questions about every call. */
  chainFrom(fn: FunctionNode): Promise<readonly Step[] | undefined> {
    return this.#descent.chainFrom(fn);
  }

  /** The places of a file where others wait for work, or for sleep; in the order of the file. */
  async places(file: SourceFile, does: Blocking['does']): Promise<readonly BlockedPlace[]> {
    const calls = (await this.#callsOf(file)).filter((call) => call.does === does);
    const paths = await Promise.all(calls.map((blocking) => this.#pathsOf(blocking)));
    const places = new Map<Node, BlockedPlace & { reached: [Reached, ...Reached[]] }>();
    for (const { entry, blocking, steps, from } of paths.flat()) {
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

  #pathsOf(blocking: BlockingCall): Promise<readonly Path[]> {
    return remember(this.#paths, blocking.call, () => this.#pathsTo(blocking));
  }

  async #pathsTo(blocking: BlockingCall): Promise<readonly Path[]> {
    const start: Steps = [stepOf(blocking.call)];
    const near = await this.#up(start, [], 'own file');
    if (near.length > 0 || !isWorthASearch(blocking)) {
      return near.map(({ entry, steps }) => ({ blocking, entry, steps, from: [] }));
    }
    const [far] = await this.#up(start, [], 'program');
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
    const candidates = callsOf(file).filter((call) => mayBlock(call, imported, this.#known));
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

/** By names alone, before anything is asked. */
function mayBlock(call: CallExpression, imported: ReadonlySet<string>, known: BlockingKnowledge): boolean {
  const name = lastName(calledFunction(call));
  if (name === undefined) return false;
  if (known.isBlockingName(name, call.getSourceFile().text)) return true;
  const root = rootName(call.expression);
  return root !== undefined && imported.has(root);
}

function callsOf(file: SourceFile): readonly CallExpression[] {
  const calls: CallExpression[] = [];
  const visit = (node: Node): void => {
    if (isCallExpression(node)) calls.push(node);
    node.forEachChild(visit);
  };
  visit(file);
  return calls.sort((a, b) => a.getStart() - b.getStart() || a.end - b.end);
}

/** The name that a chain of members starts with: `a.b.c` → `a`. */
function rootName(expression: Node): string | undefined {
  let at = unwrap(expression);
  while (isPropertyAccessExpression(at)) at = unwrap(at.expression);
  return isIdentifier(at) ? at.text : undefined;
}

/** What a file's imports and `require`s bind of modules with blocking functions, whatever it calls them. */
function namesFromBlockingModules(file: SourceFile, known: BlockingKnowledge): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (node: Node): void => {
    if (isIdentifier(node)) names.add(node.text);
    node.forEachChild(add);
  };
  for (const statement of file.statements) {
    if (isImportDeclaration(statement)) {
      const { moduleSpecifier, importClause } = statement;
      if (importClause && isStringLiteral(moduleSpecifier) && known.isBlockingModule(moduleSpecifier.text))
        add(importClause);
    } else if (isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        const required = initializer && requiredModule(initializer);
        if (required !== undefined && known.isBlockingModule(required)) add(name);
      }
    }
  }
  return names;
}

function requiredModule(initializer: Node): string | undefined {
  const at = unwrap(initializer);
  if (isPropertyAccessExpression(at)) return requiredModule(at.expression);
  if (!isCallExpression(at) || !isIdentifier(at.expression) || at.expression.text !== 'require') return undefined;
  const [module] = at.arguments;
  return module && isStringLiteral(module) ? module.text : undefined;
}
