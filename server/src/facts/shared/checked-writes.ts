/** Writes that a condition on the same state was meant to protect, with a suspension between the two. */
import type { EdgeKind, FlowGraph, Step } from '../../flow/graph.ts';
import { graphOf } from '../../flow/graph-of.ts';
import { stepsBefore } from '../../flow/reach.ts';
import { isShutdown } from '../../knowledge/best-effort.ts';
import { collectionKnowledge as collections } from '../../knowledge/collections.ts';
import {
  enclosingFunction,
  type FunctionNode,
  isAwaitExpression,
  isBinaryExpression,
  isIdentifier,
  isNewExpression,
  isWithin,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import { suspends } from '../../typescript/promise-syntax.ts';
import { remember } from '../../typescript/remember.ts';
import { functionName } from '../uses.ts';
import { type Access, variableOf } from './accesses.ts';
import { isBehindAccessors } from './accessors.ts';
import { isAssertion } from './assertions.ts';
import { isFallenBackFrom } from './fallbacks.ts';
import { branchesOn, isGuarded, isRechecked, mentions } from './guards.ts';
import { accessesWithin, callsAsyncHelper, claimsFirst, looksItself } from './helpers.ts';
import { isInTurnsByName } from './in-turns.ts';
import { isLimited, isStepOf } from './limits.ts';
import { isWithinPlace, type Place } from './places.ts';
import { isSameForAll } from './same-for-all.ts';
import { waitsForSharedWork } from './shared-work.ts';
import { stepsOfAccess } from './steps.ts';
import { sideTo, type Window, windowOf } from './windows.ts';

export interface CheckedWrite {
  /** What was looked at. */
  readonly check: Access;
  /** The condition that rests on it. */
  readonly branch: Step;
  readonly write: Access;
  readonly window: Window;
}

const known = new WeakMap<FunctionNode, readonly CheckedWrite[]>();

/** One entry a write, in the order of the source. Asks the compiler nothing; whether the function runs twice at once is another question. */
export function checkedWrites(fn: FunctionNode): readonly CheckedWrite[] {
  return remember(known, fn, () => find(fn));
}

function find(fn: FunctionNode): readonly CheckedWrite[] {
  if (!fn.body || !(suspends(fn) || startsLateWork(fn))) return [];
  const accesses = accessesWithin(fn);
  const writes = accesses.filter((access) => access.access === 'write' && mayMatter(access));
  const reads = accesses.filter((access) => access.access === 'read' || isConditional(access));
  const pairs = writes.map((write) => [write, reads.filter((read) => speaksOf(read, write))] as const);
  if (pairs.every(([, checks]) => checks.length === 0)) return [];
  const graph = graphOf(fn);
  const found: CheckedWrite[] = [];
  for (const [write, checks] of pairs) {
    for (const check of checks) {
      const race = between(check, write, accesses, graph, fn);
      if (!race) continue;
      found.push(race);
      break;
    }
  }
  return found;
}

/** Whether a function that does not wait itself calls a helper that writes something later. */
function startsLateWork(fn: FunctionNode): boolean {
  if (!callsAsyncHelper(fn)) return false;
  return accessesWithin(fn).some(({ access, through }) => access === 'write' && through?.isLate === true);
}

/** What is cleared may be cleared twice; what a stored promise gave, or a module, is the same for all. */
function mayMatter(access: Access): boolean {
  const { through } = access;
  // A helper that looks by itself is found, or is safe, where it does.
  if (through) {
    const { helper, origin } = through;
    if (looksItself(helper, origin.place) || isGuardedInside(helper, origin) || isEnded(helper, access.node, origin))
      return false;
    if (isInTurnsByName(helper)) return false;
    return mayMatter(origin) && !(through.isLate && claimsFirst(helper, origin.place));
  }
  const { how, value, method } = access;
  if (how === 'delete') return false;
  if (how === 'method') return method !== undefined && (isBehindAccessors(access.place) || collections.adds(method));
  if (isStepOf(access)) return true;
  if (how === 'compound' || !value) return how === 'compound' && isAwaited(value);
  const at = unwrap(value);
  switch (at.kind) {
    case SyntaxKind.FalseKeyword:
    case SyntaxKind.NullKeyword:
    case SyntaxKind.VoidExpression:
      return false;
    case SyntaxKind.ArrayLiteralExpression:
      return (at as Node & { readonly elements: readonly Node[] }).elements.length > 0;
    case SyntaxKind.ObjectLiteralExpression:
      return (at as Node & { readonly properties: readonly Node[] }).properties.length > 0;
  }
  if ((isIdentifier(at) && at.text === 'undefined') || /^(?:0|''|"")$/.test(at.getText())) return false;
  if (isNewExpression(at)) return (at.arguments?.length ?? 0) > 0;
  return !isSameForAll(at);
}

/**
 * `await this.close()` behind `if (this.isClosed) throw …`: what ends an object says so by a constant, and whoever ends it
 * once more says the same. Not in a function that ends something itself, which looks so as to do that once.
 */
function isEnded(helper: FunctionNode, call: Node, { how, value }: Access): boolean {
  if (how !== 'assign' || !value || !isConstant(unwrap(value))) return false;
  const caller = enclosingFunction(call);
  return endsSomething(helper) && !(caller && endsSomething(caller));
}

function endsSomething(fn: FunctionNode): boolean {
  return isShutdown(functionName(fn)?.text ?? '');
}

function isAwaited(value: Node | undefined): boolean {
  return value !== undefined && isAwaitExpression(unwrap(value)) && !isSameForAll(unwrap(value));
}

/** Whether a helper keeps a second call out by itself. */
function isGuardedInside(helper: FunctionNode, write: Access): boolean {
  const graph = graphOf(helper);
  const steps = stepsOfAccess(write, graph);
  const waits = [...stepsBefore(steps)].filter(({ suspends: waits }) => waits);
  return steps.some((step) =>
    waits.some((wait) => waitsForSharedWork(helper, graph, wait) || isGuarded(helper, graph, step, wait, write.place)),
  );
}

/** `x ??= …` looks before it writes. */
function isConditional(access: Access): boolean {
  return access.how === 'compound' && isLogicalAssignment(access);
}

function isLogicalAssignment({ node }: Access): boolean {
  let at: Node = node;
  while (at.parent && unwrap(at.parent) === node) at = at.parent;
  const { parent } = at;
  if (!isBinaryExpression(parent)) return false;
  const { kind } = parent.operatorToken;
  return kind === SyntaxKind.QuestionQuestionEqualsToken || kind === SyntaxKind.BarBarEqualsToken;
}

/** Whether what is looked at tells whether the write is still to be done: the same place, a part of it, or how full it is. */
function speaksOf(read: Access, write: Access): boolean {
  if (isConditional(read)) return read === write;
  if (isConditional(write)) return false;
  // That there is a collection, or of which class it is, says nothing of what is in it.
  if (write.how === 'method' && read.method === undefined && read.place.key === write.place.key && !isEntry(write))
    return false;
  if (isWithinPlace(read.place, write.place)) return true;
  return write.how === 'method' && isSizeOf(read.place, write.place);
}

/** `cache.set(key, value)` of a key that can be compared, beside `cache[key]`. */
function isEntry({ place }: Access): boolean {
  return place.key.endsWith(']');
}

function isSizeOf(read: Place, write: Place): boolean {
  const dot = read.key.lastIndexOf('.');
  return (
    dot > 0 &&
    collections.isSize(read.key.slice(dot + 1)) &&
    isWithinPlace(write, { ...read, key: read.key.slice(0, dot) })
  );
}

function between(
  check: Access,
  write: Access,
  accesses: readonly Access[],
  graph: FlowGraph,
  fn: FunctionNode,
): CheckedWrite | undefined {
  const writeSteps = stepsOfAccess(write, graph).filter(({ isDead, kind }) => !isDead && kind !== 'read');
  const to = new Set(writeSteps);
  if (to.size === 0) return undefined;
  const isOwn = check === write;
  const from = isOwn
    ? graph.stepsOf(check.node).filter(({ kind }) => kind === 'read')
    : stepsOfAccess(check, graph).filter(({ isDead }) => !isDead);
  const looks = new Set(
    accesses
      .filter((access) => access.access === 'read' && access !== check && isWithinPlace(access.place, write.place))
      .flatMap((access) => stepsOfAccess(access, graph)),
  );
  for (const step of from) looks.add(step);
  const claims = new Set(
    accesses
      .filter((access) => access.access === 'write' && access !== write && isWithinPlace(write.place, access.place))
      .flatMap((access) => stepsOfAccess(access, graph)),
  );
  const variable = isOwn ? undefined : variableOf(check.node);
  for (const branch of branchesOn(check, graph, variable)) {
    const side = sideTo(branch, to) ?? fallbackSide(check, write, branch, variable);
    if (
      !side ||
      !protects(check, write, branch, isNegated(check) ? opposite(side) : side) ||
      isAssertion(branch.node, side)
    )
      continue;
    const window = windowOf({
      graph,
      from,
      to,
      decision: { branch, side },
      looks,
      claims,
      harmless: (step) => waitsForSharedWork(fn, graph, step),
      ...lateness(write, to),
    });
    if (!window || isIdempotent(window.suspension)) continue;
    if (isGuarded(fn, graph, from[0] ?? branch, window.suspension, write.place)) continue;
    if (!write.through?.isLate && isRechecked(fn, window.suspension, window.write, write.place)) continue;
    return { check, branch, write, window };
  }
  return undefined;
}

/** `isIdle() { return !this.isBusy; }` says the opposite of what it reads. */
function isNegated({ through }: Access): boolean {
  return through !== undefined && through.origin.node.parent.kind === SyntaxKind.PrefixUnaryExpression;
}

function opposite(side: EdgeKind): EdgeKind {
  return side === 'true' ? 'false' : side === 'false' ? 'true' : side;
}

/** A helper that writes behind a wait of its own suspends before the write, whoever waits for it. */
export function lateness(write: Access, to: ReadonlySet<Step>): { readonly late?: ReadonlySet<Step> } {
  return write.through?.isLate ? { late: to } : {};
}

/** `const value = cache.get(key) ?? (await load(key)); cache.set(key, value)`: written in any case, but new only where nothing was there. */
function fallbackSide(
  check: Access,
  write: Access,
  branch: Step,
  variable: (Node & { readonly text: string }) | undefined,
): EdgeKind | undefined {
  if (!isFallenBackFrom(check.node) || !isWithin(check.node, branch.node) || !write.value) return undefined;
  const isWritten = isWithin(check.node, write.value) || (variable !== undefined && mentions(write.value, variable));
  if (!isWritten) return undefined;
  return branch.next.find(({ kind }) => kind === 'nullish' || kind === 'false')?.kind;
}

/** Directories are made once however often they are asked for. */
function isIdempotent({ node }: Step): boolean {
  return isAwaitExpression(node) && /^(?:mkdir|mkdirp|ensureDir|makeDir)$/.test(lastName(node.expression) ?? '');
}

/** A constant that is written makes sense as protection only where the condition asks for something else. */
function protects(check: Access, { through, ...own }: Access, branch: Step, side: string): boolean {
  const write = through?.origin ?? own;
  if (isStepOf(write) && !isAwaited(write.value)) return isLimited(check, own, write, branch, side);
  const { value } = write;
  if (!value || write.how !== 'assign') return true;
  const at = unwrap(value);
  if (at.kind === SyntaxKind.TrueKeyword)
    return side === 'false' || side === 'nullish' || isComparedWith(branch.node, 'false');
  return !isConstant(at) || (check.place.key === own.place.key && !branch.node.getText().includes(at.getText()));
}

function isConstant(at: Node): boolean {
  return (
    at.kind === SyntaxKind.TrueKeyword ||
    at.kind === SyntaxKind.StringLiteral ||
    at.kind === SyntaxKind.NumericLiteral ||
    /^[A-Z]\w*\.\w+$/.test(at.getText())
  );
}

function isComparedWith(condition: Node, text: string): boolean {
  return new RegExp(`===?\\s*${text}\\b`).test(condition.getText());
}
