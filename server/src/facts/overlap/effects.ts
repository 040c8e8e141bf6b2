import type { EffectKnowledge } from '../../knowledge/effects.ts';
import {
  type CallExpression,
  type FunctionNode,
  isAwaitExpression,
  isCallExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  isTaggedTemplateExpression,
  lastName,
  type NewExpression,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import type { Origin } from '../../typescript/origin.ts';
import { constantValue } from '../definitions.ts';
import { functionKey } from '../inquiry.ts';
import { targetsOf } from '../targets.ts';
import { functionName } from '../uses.ts';
import { accessAt, type Root, rootOf } from './places.ts';

/**
 * What running something does to the world outside the program: nothing, it looks at it, it changes it, or nobody can tell.
 */
export type EffectLevel = 'plain' | 'reads' | 'unknown' | 'changes';

/** A place of the program's own state that is used. */
export interface PlaceUse extends Root {
  readonly access: 'read' | 'write' | 'keyed';
}

export interface Effect {
  readonly level: EffectLevel;
  /** Where the level comes from: the call that changes something, or of which nothing is known. */
  readonly because: Node | undefined;
  readonly uses: readonly PlaceUse[];
  /** Whether all that it does outside the program is to look at local files. */
  readonly onlyFiles: boolean;
  /** Whether it speaks to a disk, a network, a database or another process, as far as that is known. */
  readonly reachesOut: boolean;
  /** The project's functions that run as part of it: their names by their keys. */
  readonly runs: ReadonlyMap<string, string>;
  /** The keys of those that it calls itself. */
  readonly heads: ReadonlySet<string>;
}

const nothing: Effect = {
  level: 'plain',
  because: undefined,
  uses: [],
  onlyFiles: false,
  reachesOut: false,
  runs: new Map(),
  heads: new Set(),
};
const ranks: readonly EffectLevel[] = ['plain', 'reads', 'unknown', 'changes'];

const promiseMethods = new Set(['then', 'catch', 'finally']);

/** More than that is not looked at for one question. */
const mostFunctions = 60;
const deepest = 6;

/** What expressions and functions do, through the project's functions that they call. Answers are kept for the run of one file. */
export class EffectFacts {
  readonly #types: Oracle;
  readonly #known: EffectKnowledge;
  readonly #functions = new Map<string, Promise<Effect>>();

  constructor(types: Oracle, known: EffectKnowledge) {
    this.#types = types;
    this.#known = known;
  }

  /** What evaluating an expression does, the functions that are written in it included: they may run as part of it. */
  of(expression: Node): Promise<Effect> {
    return this.#ofCode([expression], undefined, { path: [], budget: { left: mostFunctions } });
  }

  async #ofCode(code: readonly Node[], fn: FunctionNode | undefined, trail: Trail): Promise<Effect> {
    const uses: PlaceUse[] = [];
    const calls: (CallExpression | NewExpression)[] = [];
    let isTagged: Node | undefined;
    const visit = (node: Node): void => {
      if (isCallExpression(node)) calls.push(node);
      else if (isTaggedTemplateExpression(node)) isTagged = node;
      if (isIdentifier(node) || isPropertyAccessExpression(node) || node.kind === SyntaxKind.ElementAccessExpression) {
        const use = useAt(node, fn);
        if (use) uses.push(use);
      }
      node.forEachChild(visit);
    };
    for (const part of code) visit(part);
    const parts = await Promise.all(calls.map((call) => this.#ofCall(call as CallExpression, fn, trail)));
    const tagged: readonly Effect[] = isTagged ? [{ ...nothing, level: 'unknown', because: isTagged }] : [];
    return together([{ ...nothing, uses }, ...tagged, ...parts]);
  }

  async #ofCall(call: CallExpression, fn: FunctionNode | undefined, trail: Trail): Promise<Effect> {
    const callee = unwrap(call.expression);
    // A module runs when it is loaded, and what it needs before that may have been loaded above.
    if (callee.kind === SyntaxKind.ImportKeyword) return { ...nothing, level: 'unknown', because: call };
    const name = lastName(callee) ?? '';
    const receiver = isPropertyAccessExpression(callee) ? unwrap(callee.expression) : undefined;
    const byName = this.#ofLanguage(call, name, receiver, fn);
    if (byName) return byName;
    // A function that is written where it is called, or handed over, is part of the code around it.
    if (isFunctionNode(callee)) return nothing;
    const found = await this.#ofBodies(call, receiver, fn, trail);
    if (found) return found.level === 'unknown' ? this.#named(found, name) : found;
    const origins = await this.#types.origins(callee);
    const known = this.#known.ofOrigin(origins) ?? (await this.#ofPromisified(callee, origins));
    if (known === 'none') return nothing;
    if (known === 'reads') {
      const onlyFiles = this.#known.isFileSystem(origins);
      return { ...nothing, level: 'reads', because: call, onlyFiles, reachesOut: true };
    }
    if (known) return { ...nothing, level: 'changes', because: call, reachesOut: true };
    if (name === 'fetch' && origins.some(({ module }) => module === 'global')) return fetched(call);
    const reachesOut = this.#known.reachesOut(name);
    const named = this.#named({ ...nothing, level: 'unknown', because: call, reachesOut }, name);
    // Who asks and takes no answer does it for what that leaves behind: `if (!entry.known) await entry.read();`.
    return named.level === 'reads' && isDroppedWait(call) ? { ...named, level: 'changes' } : named;
  }

  /** `const run = promisify(execFile)` does what `execFile` does. */
  async #ofPromisified(callee: Node, origins: readonly Origin[]): Promise<ReturnType<EffectKnowledge['ofOrigin']>> {
    if (!origins.some(({ module, path }) => module === 'node:util' && path[0] === 'promisify')) return undefined;
    const made = isIdentifier(callee) ? await constantValue(callee, this.#types) : callee;
    const [inner] = made && isCallExpression(unwrap(made)) ? (unwrap(made) as CallExpression).arguments : [];
    const origin = inner ? await this.#types.origins(inner) : [];
    return origin.some(({ module }) => module === 'node:child_process') ? 'changes' : this.#known.ofOrigin(origin);
  }

  /** What the language's own functions do, and those whose name leaves no doubt. */
  #ofLanguage(
    call: CallExpression,
    name: string,
    receiver: Node | undefined,
    fn: FunctionNode | undefined,
  ): Effect | undefined {
    const known = this.#known;
    const base = receiver ? (lastName(receiver) ?? '') : '';
    if (!receiver) {
      const isOwn = known.isHarmlessGlobal(name) || name === 'super' || known.isLogger(name);
      return isOwn ? nothing : undefined;
    }
    if (isIdentifier(receiver) && known.isHarmlessGlobal(receiver.text)) {
      const [first] = call.arguments;
      const changed = name === 'assign' && first ? rootOf(first, fn) : undefined;
      return changed ? { ...nothing, uses: [{ ...changed, access: 'write' }] } : nothing;
    }
    if (known.isLogger(base) || known.isLogger(name)) return nothing;
    // Nobody waits for a string, a list or a map: what is awaited is a method of something else that has this name.
    const isOther = isAwaitExpression(wrapped(call).parent) && !promiseMethods.has(name);
    if (known.isHarmlessMethod(name) && !isOther) return nothing;
    const change = known.changeOf(name);
    if (!change || (isOther && !known.isCache(base))) return undefined;
    const root = rootOf(receiver, fn);
    // What was made here is nobody else's; a cache may be written by many.
    if (!root) return nothing;
    return { ...nothing, uses: [{ ...root, access: change === 'keyed' || known.isCache(base) ? 'keyed' : 'write' }] };
  }

  async #ofBodies(
    call: CallExpression,
    receiver: Node | undefined,
    fn: FunctionNode | undefined,
    trail: Trail,
  ): Promise<Effect | undefined> {
    const targets = await targetsOf(call.expression, this.#types);
    const bodies = targets.flatMap((target) => (target.kind === 'body' && target.fn.body ? [target.fn] : []));
    if (bodies.length === 0) return undefined;
    const effects = await Promise.all(bodies.map((body) => this.#ofFunction(body, call, trail)));
    const runs = new Map(bodies.map((body) => [functionKey(body), functionName(body)?.text ?? '']));
    const own = { ...nothing, runs, heads: new Set(runs.keys()) };
    return together([own, ...effects.map((effect) => lifted({ ...effect, heads: new Set() }, call, receiver, fn))]);
  }

  #ofFunction(fn: FunctionNode, call: Node, trail: Trail): Promise<Effect> {
    const key = functionKey(fn);
    if (trail.path.includes(key)) return Promise.resolve(nothing);
    const known = this.#functions.get(key);
    if (known && trail.path.length === 0) return known;
    if (trail.path.length >= deepest || trail.budget.left <= 0)
      return Promise.resolve({ ...nothing, level: 'unknown', because: call });
    trail.budget.left--;
    this.#types.consulted.add(fn.getSourceFile().fileName);
    const defaults = fn.parameters.flatMap(({ initializer }) => (initializer ? [initializer] : []));
    const inner = { ...trail, path: [...trail.path, key] };
    // asynclint-disable-next-line cached-rejection -- Kept for the run of one file, which ends when a question fails.
    const found = this.#ofCode([...defaults, ...(fn.body ? [fn.body] : [])], fn, inner);
    // An answer in the middle of a cycle, or at the end of the budget, holds for this question alone.
    if (trail.path.length === 0) this.#functions.set(key, found);
    return found;
  }

  /** Where nobody can tell what a function does, its name may say that it only looks. */
  #named(effect: Effect, name: string): Effect {
    const byName = this.#known.ofName(name);
    return byName ? { ...effect, level: byName } : effect;
  }
}

interface Trail {
  /** The functions on the way from the question. */
  readonly path: readonly string[];
  readonly budget: { left: number };
}

/** The use of a name or member that begins here; undefined for parts of a longer one, and for names of functions. */
function useAt(node: Node, fn: FunctionNode | undefined): PlaceUse | undefined {
  const { parent } = node;
  // The longest access is looked at, and not each of its parts.
  if (isPropertyAccessExpression(parent) && (parent.expression === node || parent.name === node)) {
    const isCalled = isCallExpression(parent.parent) && parent.parent.expression === parent;
    if (parent.name === node || !isCalled) return undefined;
  } else if (parent.kind === SyntaxKind.ElementAccessExpression) {
    if ((parent as Node & { readonly expression: Node }).expression === node) return undefined;
  }
  if (isCallExpression(parent) && parent.expression === node) return undefined;
  if ((parent as { readonly name?: Node }).name === node && parent.kind !== SyntaxKind.ShorthandPropertyAssignment)
    return undefined;
  const root = rootOf(node, fn);
  if (!root || (root.member === '' && isIdentifier(node) && accessAt(node) === 'read' && isPlainName(root)))
    return undefined;
  return { ...root, access: accessAt(node) };
}

/** Reading a constant, a parameter or an import touches nothing that somebody changes. */
function isPlainName({ declared, of }: Root): boolean {
  return !declared || of.startsWith('#');
}

/** What a called function does to `this` and its parameters, it does to what the call gives for them. */
function lifted(
  effect: Effect,
  call: CallExpression,
  receiver: Node | undefined,
  fn: FunctionNode | undefined,
): Effect {
  const uses = effect.uses.flatMap((use): readonly PlaceUse[] => {
    const value =
      use.of === 'this' ? receiver : use.of.startsWith('#') ? call.arguments[Number(use.of.slice(1))] : undefined;
    if (!value) return use.of === 'this' || use.of.startsWith('#') ? [] : [use];
    const root = rootOf(value, fn);
    return root ? [{ ...use, ...root, member: root.member === '' ? use.member : root.member }] : [];
  });
  return { ...effect, uses };
}

function isDroppedWait(call: Node): boolean {
  const wait = wrapped(call).parent;
  return isAwaitExpression(wait) && isExpressionStatement(wrapped(wait).parent);
}

/** `fetch(url)` asks; with a method in its options it may do anything. */
function fetched(call: CallExpression): Effect {
  const options = call.arguments[1]?.getText() ?? '';
  const isQuestion = !/\bmethod\b|\bbody\b|\.\.\./.test(options) || /method:\s*['"](?:GET|HEAD)['"]/i.test(options);
  return { ...nothing, level: isQuestion ? 'reads' : 'changes', because: call, reachesOut: true };
}

function together(effects: readonly Effect[]): Effect {
  let [worst = nothing] = effects;
  for (const effect of effects) if (ranks.indexOf(effect.level) > ranks.indexOf(worst.level)) worst = effect;
  const reading = effects.filter(({ level }) => level === 'reads');
  return {
    level: worst.level,
    because: worst.because,
    uses: effects.flatMap(({ uses }) => uses),
    onlyFiles: worst.level === 'reads' && reading.every(({ onlyFiles }) => onlyFiles),
    reachesOut: effects.some(({ reachesOut }) => reachesOut),
    runs: new Map(effects.flatMap(({ runs }) => [...runs])),
    heads: new Set(effects.flatMap(({ heads }) => [...heads])),
  };
}
