/**
 * What one call has put into a place, and takes away when its work is over: by then a newer call may have put its own
 * there. `this.work.set(key, work); work.finally(() => this.work.delete(key))` with nothing that keeps a second call out.
 */
import type { FlowGraph, Step } from '../../flow/graph.ts';
import { graphOf } from '../../flow/graph-of.ts';
import {
  type FunctionNode,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isVariableDeclaration,
  lastName,
  type Node,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { chainCall } from '../../typescript/promise-syntax.ts';
import { type Access, accessesOf, runsHere, variableOf } from './accesses.ts';
import { branchesOn, isGuarded, isRechecked, mentions } from './guards.ts';
import { accessesWithin } from './helpers.ts';
import { isWithinPlace } from './places.ts';
import { stepsOfAccess } from './steps.ts';
import { sideTo, windowOf } from './windows.ts';

export interface NewerCleared {
  readonly set: Access;
  readonly clear: Access;
  /** What the clearing waits for: the `await`, or the call of `then` and its like that runs it. */
  readonly wait: Node;
  /** Whether the call does something with what it finds in the place before it puts its own there. */
  readonly seesOlder: boolean;
}

/** One entry a place, in the order of the source. Asks the compiler nothing. */
export function newerCleared(fn: FunctionNode): readonly NewerCleared[] {
  if (!fn.body) return [];
  const accesses = accessesOf(fn);
  const found = new Map<string, NewerCleared>();
  for (const set of accesses) {
    if (!isOwn(set, fn) || found.has(set.place.key) || set.place.kind === 'parameter') continue;
    const clear = clearedBehind(set, accesses, fn) ?? clearedInCallback(set, fn);
    if (!clear || keepsOthersOut(set, fn)) continue;
    const seesOlder = accesses.some((one) => one.access === 'read' && isSame(one, set) && one.node.pos < set.node.pos);
    found.set(set.place.key, { set, ...clear, seesOlder });
  }
  return [...found.values()];
}

/** Whether a write puts something into the place that this call has made: work that was started, or a controller. */
function isOwn({ access, how, value, place, method }: Access, fn: FunctionNode): boolean {
  if (access !== 'write' || !value || (how !== 'assign' && method !== 'set')) return false;
  if (!isKeyedByCaller(place.key, fn)) return false;
  const at = unwrap(value);
  const declared = isIdentifier(at) ? declarationName(at)?.parent : undefined;
  const made = declared && isVariableDeclaration(declared) && declared.initializer ? unwrap(declared.initializer) : at;
  if (isNewExpression(made)) return /(?:Controller|Deferred|Promise|TokenSource)$/.test(made.expression.getText());
  // A plain value is no work, and what a wait gave is not under way any more.
  return isCallExpression(made) && !isTimer(made);
}

function isTimer(made: Node): boolean {
  return /^set(?:Timeout|Interval|Immediate)$/.test(lastName(made) ?? '');
}

/** An entry whose key is another one in each call, such as the number of a request, is nobody else's. */
function isKeyedByCaller(key: string, fn: FunctionNode): boolean {
  const [, inner] = /\[([^\]]*)\]$/.exec(key) ?? [];
  if (inner === undefined) return !key.includes('[');
  const root = /^[\w$]+/.exec(inner)?.[0] ?? '';
  if (/(?:req|request|message|msg|call|task|job|promise|event|socket|uuid|nonce)(?:Id)?$/i.test(inner)) return false;
  return parameterNames(fn).has(root);
}

/** The names of the parameters of a function, and of the callbacks that run as part of it. */
function parameterNames(fn: FunctionNode): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (one: FunctionNode): void => {
    for (const { name } of one.parameters) if (isIdentifier(name)) names.add(name.text);
  };
  add(fn);
  const look = (node: Node): void => {
    if (isFunctionNode(node)) {
      if (!runsHere(node)) return;
      add(node);
    }
    node.forEachChild(look);
  };
  fn.body?.forEachChild(look);
  return names;
}

/** `try { await work } finally { this.work = undefined; }`, with no look whether it is still the own one. */
function clearedBehind(
  set: Access,
  accesses: readonly Access[],
  fn: FunctionNode,
): Pick<NewerCleared, 'clear' | 'wait'> | undefined {
  const graph = graphOf(fn);
  const from = alive(set, graph);
  if (from.length === 0) return undefined;
  for (const clear of accesses.filter((one) => isClearing(one) && isSame(one, set))) {
    const to = new Set(alive(clear, graph));
    const others = accesses.filter((one) => one !== set && one !== clear && isWithinPlace(one.place, set.place));
    const stepsOf = (kind: Access['access']): ReadonlySet<Step> =>
      new Set(others.filter(({ access }) => access === kind).flatMap((one) => alive(one, graph)));
    const isLooked = others.some(({ node, access }) => access === 'read' && isCompared(node));
    const window = isLooked
      ? undefined
      : windowOf({ graph, from, to, looks: askedSteps(others, graph), claims: stepsOf('write') });
    const kept = set.value && unwrap(set.value);
    const variable = kept && isIdentifier(kept) ? declarationName(kept) : undefined;
    if (!window || isRechecked(fn, window.suspension, window.write, set.place, variable)) continue;
    if (isGuarded(fn, graph, from[0] as Step, window.suspension, set.place)) continue;
    // What is not named may be anything; `await this.work` says that it is work.
    if (!variable && kept && isCallExpression(kept) && !isWaitFor(window.suspension.node, set)) continue;
    return { clear, wait: window.suspension.node };
  }
  return undefined;
}

function isWaitFor(suspension: Node, { place }: Access): boolean {
  return isAwaitExpression(suspension) && unwrap(suspension.expression).getText() === place.text;
}

/** `work.finally(() => this.work.delete(key))`, the callback itself or a function that it calls. */
function clearedInCallback(set: Access, fn: FunctionNode): Pick<NewerCleared, 'clear' | 'wait'> | undefined {
  for (const callback of functionsIn(fn)) {
    const accesses = accessesOf(callback).filter((one) => isSame(one, set));
    const clear = accesses.find(isClearing);
    if (!clear || accesses.some((one) => one !== clear) || isAsked(callback, set, fn)) continue;
    const wait = chainOver(callback, fn);
    if (wait) return { clear, wait };
  }
  return undefined;
}

/** Whether the callback asks for anything that tells newer work from its own. */
function isAsked(callback: FunctionNode, set: Access, fn: FunctionNode): boolean {
  const kept = set.value && unwrap(set.value);
  const own = kept && isIdentifier(kept) ? declarationName(kept) : undefined;
  if (own && callback.body && mentions(callback.body, own)) return true;
  return (
    graphOf(callback).steps.some(
      ({ kind, node }) => kind === 'branch' && /[!=]==?/.test(node.getText()) && !node.getText().includes('typeof'),
    ) || callback === fn
  );
}

/** The functions written in a function's own code that do not run as part of it. */
function functionsIn(fn: FunctionNode): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  const look = (node: Node): void => {
    if (isFunctionNode(node) && !runsHere(node)) found.push(node);
    else node.forEachChild(look);
  };
  fn.body?.forEachChild(look);
  return found;
}

/** The call of `then`, `catch` or `finally` that runs a function, which stands in it or has a name that is used in it. */
function chainOver(callback: FunctionNode, fn: FunctionNode): Node | undefined {
  const direct = linkOf(callback);
  if (direct) return direct;
  const holder = wrapped(callback).parent;
  const named = isVariableDeclaration(holder) && isIdentifier(holder.name) ? holder.name : undefined;
  if (!named) return undefined;
  let found: Node | undefined;
  const look = (node: Node): void => {
    if (found) return;
    if (isIdentifier(node) && node !== named && node.text === named.text && declarationName(node) === named)
      found = linkOf(node) ?? linkAround(node, fn);
    node.forEachChild(look);
  };
  if (fn.body) look(fn.body);
  return found;
}

/** The chain's call that a function is handed to. */
function linkOf(callback: Node): Node | undefined {
  const call = wrapped(callback).parent;
  return call && isCallExpression(call) && chainCall(call)?.args.includes(wrapped(callback) as never)
    ? call
    : undefined;
}

function linkAround(node: Node, fn: FunctionNode): Node | undefined {
  for (let at = node.parent; at && at !== fn; at = at.parent) {
    const link = isFunctionNode(at) ? linkOf(at) : undefined;
    if (link) return link;
  }
  return undefined;
}

/** Whether a look at the place before decides whether anything is put there: whoever finds something goes away, or waits. */
function keepsOthersOut(set: Access, fn: FunctionNode): boolean {
  const graph = graphOf(fn);
  const to = new Set(alive(set, graph));
  return accessesWithin(fn).some(
    (look) =>
      look.access === 'read' &&
      isSame(look, set) &&
      (branchesOn(look, graph, variableOf(look.node)).some((branch) => sideTo(branch, to) !== undefined) ||
        isWaitedFor(look.node, fn) ||
        isChosen(look.node)),
  );
}

/** `await this.work` before the own one is begun: one after the other. */
function isWaitedFor(read: Node, fn: FunctionNode): boolean {
  for (let at = read; at.parent && at.parent !== fn; at = at.parent) if (isAwaitExpression(at.parent)) return true;
  const variable = variableOf(read);
  let isFound = false;
  const look = (node: Node): void => {
    const operand = isAwaitExpression(node) ? node.expression : chainCall(node)?.receiver;
    isFound ||= operand !== undefined && variable !== undefined && mentions(operand, variable);
    if (!isFound) node.forEachChild(look);
  };
  if (variable && fn.body) look(fn.body);
  return isFound || chainCall(wrapped(read).parent.parent)?.receiver === wrapped(read);
}

/** `this.work ?? start()`. */
function isChosen(read: Node): boolean {
  const { parent } = wrapped(read);
  return isBinaryExpression(parent) && /^(?:\?\?|\|\|)=?$/.test(parent.operatorToken.getText());
}

/** Looks that decide something, so that what is found there matters. */
function askedSteps(accesses: readonly Access[], graph: FlowGraph): ReadonlySet<Step> {
  return new Set(
    accesses
      .filter((one) => one.access === 'read' && branchesOn(one, graph).length > 0)
      .flatMap((one) => alive(one, graph)),
  );
}

function alive(access: Access, graph: FlowGraph): readonly Step[] {
  return stepsOfAccess(access, graph).filter(({ isDead }) => !isDead);
}

function isSame(one: Access, other: Access): boolean {
  return one.place.key === other.place.key;
}

function isClearing({ access, how, method, value }: Access): boolean {
  if (access !== 'write') return false;
  return (
    how === 'delete' ||
    method === 'delete' ||
    (how === 'assign' && /^(?:undefined|null|void 0)$/.test(value ? unwrap(value).getText() : ''))
  );
}

function isCompared(node: Node): boolean {
  const { parent } = wrapped(node);
  return isBinaryExpression(parent) && /^[!=]==?$/.test(parent.operatorToken.getText());
}
