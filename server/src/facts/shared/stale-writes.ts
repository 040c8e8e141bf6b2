/** Writes that rest on what was read before a suspension: lost updates, and state that is cleared with what came in between. */
import { dominates } from '../../flow/dominators.ts';
import type { FlowGraph, Step } from '../../flow/graph.ts';
import { graphOf } from '../../flow/graph-of.ts';
import { collectionKnowledge as collections } from '../../knowledge/collections.ts';
import {
  type FunctionNode,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isWithin,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { suspends } from '../../typescript/promise-syntax.ts';
import { remember } from '../../typescript/remember.ts';
import type { Access } from './accesses.ts';
import { lateness } from './checked-writes.ts';
import { holdsAwait, isFallenBackFrom } from './fallbacks.ts';
import { isGuarded, isRechecked, mentions } from './guards.ts';
import { accessesWithin } from './helpers.ts';
import { isWithinPlace } from './places.ts';
import { stepsOfAccess } from './steps.ts';
import { type Derived, holdsValueOf, isMadeOf, isPartOfValue, type Local, localsOf } from './value-flow.ts';
import { type Window, windowOf } from './windows.ts';

export interface StaleWrite {
  /** `lost`: the written value is made of what was read. `cleared`: what was read is taken for all there is. */
  readonly how: 'lost' | 'cleared';
  readonly read: Access;
  readonly write: Access;
  readonly window: Window;
  /** The local variable that kept what was read, if one did. */
  readonly kept?: Local;
}

const known = new WeakMap<FunctionNode, readonly StaleWrite[]>();

/** One entry a write, in the order of the source. Asks the compiler nothing. */
export function staleWrites(fn: FunctionNode): readonly StaleWrite[] {
  return remember(known, fn, () => find(fn));
}

function find(fn: FunctionNode): readonly StaleWrite[] {
  if (!fn.body || !suspends(fn)) return [];
  const accesses = accessesWithin(fn);
  const found: StaleWrite[] = [];
  let locals: readonly Derived[] | undefined;
  for (const write of accesses) {
    if (write.access !== 'write' || write.through?.isLate) continue;
    const reads = accesses.filter((read) => read.access === 'read' && isWithinPlace(read.place, write.place));
    const isSum = write.how === 'compound' && !isLogical(write) && holdsAwait(write.value);
    if (reads.length === 0 && !isSum) continue;
    const stale =
      (isSum ? between(write, write, 'lost', undefined, accesses, fn) : undefined) ??
      first(reads, (read) => {
        if (clears(write)) {
          if (read.place.key !== write.place.key || write.through) return undefined;
          locals ??= localsOf(fn);
          const kept = locals.find((local) => isSnapshot(local, read))?.name;
          return consumed(read, kept, fn) ? between(read, write, 'cleared', kept, accesses, fn) : undefined;
        }
        const value = write.how === 'assign' || write.how === 'method' ? write.value : undefined;
        // A helper that reads and writes in one turn is none of the caller's.
        if (!value || read.node === write.node || isCopiedBack(value, read, fn) || isFallenBackFrom(read.node))
          return undefined;
        if (isWithin(read.node, value)) return between(read, write, 'lost', undefined, accesses, fn);
        locals ??= localsOf(fn);
        const kept = locals.find((local) => holds(write, value, local.name) && isMadeOf(local, read, locals ?? []));
        return kept && between(read, write, 'lost', kept.name, accesses, fn);
      });
    if (stale) found.push(stale);
  }
  return found;
}

function first<T, U>(items: readonly T[], find: (item: T) => U | undefined): U | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}

function between(
  read: Access,
  write: Access,
  how: StaleWrite['how'],
  kept: Local | undefined,
  accesses: readonly Access[],
  fn: FunctionNode,
): StaleWrite | undefined {
  const graph = graphOf(fn);
  const to = new Set(stepsOfAccess(write, graph).filter(({ isDead, kind }) => !isDead && kind !== 'read'));
  const from =
    read === write
      ? graph.stepsOf(read.node).filter(({ kind }) => kind === 'read')
      : stepsOfAccess(read, graph).filter(({ isDead }) => !isDead);
  if (to.size === 0 || from.length === 0) return undefined;
  const ownReads = graph.stepsOf(write.node).filter(({ kind }) => kind === 'read');
  // What is written back after a new look is made of the new value only where that look is part of the value.
  const looks = new Set<Step>([...from, ...ownReads, ...laterReads(read, write, kept, accesses, graph)]);
  const claims = new Set(
    accesses
      .filter((access) => access.access === 'write' && access !== write && isWithinPlace(write.place, access.place))
      .flatMap((access) => stepsOfAccess(access, graph)),
  );
  const window = windowOf({ graph, from, to, looks, claims, ...lateness(write, to) });
  if (!window || (read === write && !isWithin(window.suspension.node, write.value ?? write.node))) return undefined;
  const [start] = from;
  if (!start || isGuarded(fn, graph, start, window.suspension, write.place)) return undefined;
  if (kept && isGivenAnew(kept, window.write, graph)) return undefined;
  if (isRechecked(fn, window.suspension, window.write, write.place, kept)) return undefined;
  return { how, read, write, window, ...(kept && { kept }) };
}

/** Whether what is written is made of a variable. What a helper makes of its arguments is left open. */
function holds({ through }: Access, value: Node, name: Local): boolean {
  return through ? mentions(value, name) : holdsValueOf(value, name);
}

/** `entry = make(); cache.set(key, entry)`: by then the variable holds nothing of what was read. */
function isGivenAnew(kept: Local, write: Step, graph: FlowGraph): boolean {
  return graph.steps.some((step) => {
    const { kind, node } = step;
    const { parent } = wrapped(node);
    if (kind !== 'write' || !isIdentifier(node) || !isBinaryExpression(parent) || !mentions(node, kept)) return false;
    const isPlain = parent.operatorToken.kind === SyntaxKind.EqualsToken && !mentions(parent.right, kept);
    return isPlain && dominates(graph, step, write);
  });
}

function laterReads(
  read: Access,
  write: Access,
  kept: Local | undefined,
  accesses: readonly Access[],
  graph: FlowGraph,
): readonly Step[] {
  return accesses
    .filter(
      (access) =>
        access.access === 'read' &&
        access !== read &&
        isWithinPlace(access.place, write.place) &&
        !isOverridden(access.node, kept) &&
        !isLookAtOld(access.node, read, write, kept) &&
        // A second look whose result is not what is written does not make the first one fresh, where a variable kept it.
        (kept === undefined || (write.value !== undefined && isWithin(access.node, write.value))),
    )
    .flatMap((access) => stepsOfAccess(access, graph));
}

/** `{ ...this.state, items: [...items, item] }`: what is spread here is fresh, and what is put over it is not. */
function isOverridden(node: Node, kept: Local | undefined): boolean {
  const { parent } = wrapped(node);
  if (!kept || parent.kind !== SyntaxKind.SpreadAssignment) return false;
  const { properties } = parent.parent as Node & { readonly properties: readonly Node[] };
  return properties.slice(properties.indexOf(parent) + 1).some((property) => mentions(property, kept));
}

/** `const old = state; … state = { ...old, items: [...old.items, item] }`: what the variable leads to is the old one. */
function isLookAtOld(node: Node, read: Access, write: Access, kept: Local | undefined): boolean {
  if (!kept || write.how !== 'assign' || read.place.key !== write.place.key) return false;
  let root: Node = unwrap(node);
  while (isPropertyAccessExpression(root) || isCallExpression(root)) root = unwrap(root.expression);
  return isIdentifier(root) && root.text === kept.text;
}

/** `this.x = before`: a value that is put back as it was, which is meant to be the old one. */
function isCopiedBack(value: Node, read: Access, fn: FunctionNode): boolean {
  const at = unwrap(value);
  if (!isIdentifier(at)) return isWithin(read.node, value) && !isPartOfValue(read.node, value);
  // `this.items.filter(…)` is made of the items, and not all of them.
  if (read.method !== undefined && remakes.has(read.method)) return false;
  return localsOf(fn).some(
    ({ name, value: made }) => mentions(at, name) && (name === read.node || unwrap(unawaited(made)) === read.node),
  );
}

/** Methods that give a new collection with other elements. */
const remakes = new Set(['filter', 'map', 'flatMap', 'concat', 'toSpliced', 'with', 'reduce']);

function unawaited(value: Node): Node {
  const at = unwrap(value);
  return isAwaitExpression(at) ? at.expression : at;
}

function isLogical({ node }: Access): boolean {
  const { parent } = wrapped(node);
  if (!isBinaryExpression(parent)) return false;
  const { kind } = parent.operatorToken;
  return (
    kind === SyntaxKind.QuestionQuestionEqualsToken ||
    kind === SyntaxKind.BarBarEqualsToken ||
    kind === SyntaxKind.AmpersandAmpersandEqualsToken
  );
}

/** `= []`, `= new Map()`, `= 0`, `= ''`, `.clear()`. */
export function clears({ how, value, method, node }: Access): boolean {
  if (how === 'method')
    return (
      method === 'clear' ||
      (method === 'splice' &&
        isCallExpression(node) &&
        node.arguments.length === 1 &&
        node.arguments[0]?.getText() === '0')
    );
  if (how !== 'assign' || !value) return false;
  const at = unwrap(value);
  if (at.kind === SyntaxKind.ArrayLiteralExpression)
    return (at as Node & { readonly elements: readonly Node[] }).elements.length === 0;
  if (at.kind === SyntaxKind.ObjectLiteralExpression)
    return (at as Node & { readonly properties: readonly Node[] }).properties.length === 0;
  if (isNewExpression(at))
    return (at.arguments?.length ?? 0) === 0 && /^(?:Map|Set|WeakMap|Array)$/.test(at.expression.getText());
  return at.getText() === '0' || at.getText() === "''" || at.getText() === '""';
}

function isSnapshot({ value }: Derived, read: Access): boolean {
  const at = unwrap(value);
  return at === read.node || isPartOfValue(read.node, at);
}

/** Whether what was read is handed to work that is waited for. */
function consumed(read: Access, kept: Local | undefined, fn: FunctionNode): boolean {
  if (isHandedToAwait(read.node)) return true;
  if (!kept) return false;
  let found = false;
  const look = (node: Node): void => {
    if (isIdentifier(node) && node.text === kept.text && node !== kept && isHandedToAwait(node)) found = true;
    if (!found) node.forEachChild((child) => void (!isFunctionNode(child) && look(child)));
  };
  if (fn.body) look(fn.body);
  return found;
}

/** An argument of a call, or what a copy is made of, within the operand of an `await`. */
function isHandedToAwait(node: Node): boolean {
  let isArgument = false;
  for (let at: Node = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (isFunctionNode(parent)) return false;
    if (isAwaitExpression(parent)) return isArgument;
    if (isCallExpression(parent)) {
      if (parent.expression !== at) isArgument = true;
      else if (isPropertyAccessExpression(at) && collections.copies(at.name.text)) isArgument = true;
      else if (!isPropertyAccessExpression(at)) return false;
    }
    if (parent.kind === SyntaxKind.Block || parent.kind === SyntaxKind.SourceFile) return false;
  }
  return false;
}
