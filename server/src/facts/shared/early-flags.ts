/**
 * Flags that are set before the wait that they stand for: `if (!ready) { ready = true; await init(); } use();`.
 * Whoever comes during the wait finds the flag set, and goes on without waiting.
 */
import { dominates } from '../../flow/dominators.ts';
import type { FlowGraph, Step } from '../../flow/graph.ts';
import { isExceptional } from '../../flow/graph.ts';
import { graphOf } from '../../flow/graph-of.ts';
import { canReachInSameTurn, stepsAfter } from '../../flow/reach.ts';
import {
  type FunctionNode,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isIfStatement,
  isNewExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { suspends } from '../../typescript/promise-syntax.ts';
import { remember } from '../../typescript/remember.ts';
import type { Access } from './accesses.ts';
import { branchesOn, isGuarded } from './guards.ts';
import { accessesWithin } from './helpers.ts';
import { overlap } from './places.ts';
import { stepsOfAccess } from './steps.ts';
import { sideTo } from './windows.ts';

export interface EarlyFlag {
  readonly check: Access;
  readonly write: Access;
  readonly suspension: Step;
  /** What a second call does without having waited. */
  readonly goesOn: Step;
}

const known = new WeakMap<FunctionNode, readonly EarlyFlag[]>();

/** In the order of the source. Asks the compiler nothing. */
export function earlyFlags(fn: FunctionNode): readonly EarlyFlag[] {
  return remember(known, fn, () => find(fn));
}

function find(fn: FunctionNode): readonly EarlyFlag[] {
  if (!fn.body || !suspends(fn)) return [];
  const accesses = accessesWithin(fn);
  const writes = accesses.filter((access) => access.access === 'write' && access.how === 'assign' && !access.through);
  const found: EarlyFlag[] = [];
  for (const write of writes) {
    for (const check of accesses) {
      if (check.access !== 'read' || check.place.key !== write.place.key || check.through) continue;
      const early = earlyFlag(check, write, accesses, fn);
      if (!early) continue;
      found.push(early);
      break;
    }
  }
  return found;
}

function earlyFlag(check: Access, write: Access, accesses: readonly Access[], fn: FunctionNode): EarlyFlag | undefined {
  const graph = graphOf(fn);
  const writes = stepsOfAccess(write, graph).filter(({ isDead }) => !isDead);
  const [first] = writes;
  if (!first) return undefined;
  for (const branch of branchesOn(check, graph)) {
    const side = sideTo(branch, new Set(writes));
    if (!side || !failsNextTime(write, branch, side) || !canReachInSameTurn([branch], writes)) continue;
    if (isLookedAtAgain(branch, writes, graph)) continue;
    const suspension = waitOnSide(branch, side, writes, graph);
    if (!suspension || isTrifle(suspension)) continue;
    const goesOn = meetingPoint(branch, side, suspension) ?? earlyReturn(branch, side, write);
    if (!goesOn) continue;
    const later = stepsAfter([suspension]);
    const isReset = accesses.some(
      (access) =>
        access !== check &&
        overlap(access.place, write.place) &&
        (access.access === 'write' ? access !== write : isLook(access, graph)) &&
        stepsOfAccess(access, graph).some((step) => later.has(step)),
    );
    if (isDealtWith(branch)) continue;
    if (isReset || isAwaitedElsewhere(suspension, graph) || !standsFor(write, suspension)) continue;
    if (isGuarded(fn, graph, branch, suspension, write.place)) continue;
    return { check, write, suspension, goesOn };
  }
  return undefined;
}

/** `if (!done) { … } else { refuse(); }`: whoever finds it set has a way of its own. */
function isDealtWith({ node }: Step): boolean {
  let statement = wrapped(node).parent;
  while (isPrefixUnaryExpression(statement) || isBinaryExpression(statement)) statement = wrapped(statement).parent;
  return isIfStatement(statement) && statement.elseStatement !== undefined;
}

/** Whether a read decides something, so that what is found there matters. */
function isLook(access: Access, graph: FlowGraph): boolean {
  return isHeldIn(access.node) || branchesOn(access, graph).length > 0;
}

/** Whether what is read is put into something that outlives the expression. */
function isHeldIn(read: Node): boolean {
  const { parent } = wrapped(read);
  return isBinaryExpression(parent) || parent.kind === SyntaxKind.VariableDeclaration;
}

/** An object stands for the wait that makes it ready, `client = create(); await client.connect()`; a flag for any. */
function standsFor({ value, place }: Access, { node }: Step): boolean {
  const made = value && unwrap(value);
  if (!made || (!isCallExpression(made) && !isNewExpression(made) && !isAwaitExpression(made))) return true;
  if (!isAwaitExpression(node)) return false;
  const call = unwrap(node.expression);
  const callee = isCallExpression(call) ? unwrap(call.expression) : undefined;
  if (!callee || !isPropertyAccessExpression(callee)) return false;
  const receiver = unwrap(callee.expression).getText();
  return receiver === place.text;
}

/** Whether the write makes the check fail from now on: a falsy flag is set, or a truthy one cleared. */
function failsNextTime({ value }: Access, branch: Step, side: string): boolean {
  if (!value) return false;
  const at = unwrap(value);
  const condition = unwrap(branch.node);
  const isNegative =
    /[!=]==?\s*(?:undefined|null)\b/.test(condition.getText()) || condition.kind === SyntaxKind.BinaryExpression;
  const isFalsy =
    at.kind === SyntaxKind.FalseKeyword || at.kind === SyntaxKind.NullKeyword || at.getText() === 'undefined';
  if (isNegative && isFalsy && isOneOfMany(condition)) return false;
  if (isNegative)
    return /===?\s*(?:undefined|null|false)\b/.test(condition.getText())
      ? side === 'true' && !isFalsy
      : side === 'true' && isFalsy;
  return side === 'true' ? isFalsy : !isFalsy;
}

/** `this.current === id`: who clears what the caller names gives it up, and stands for nothing that others wait for. */
function isOneOfMany(condition: Node): boolean {
  return (
    isBinaryExpression(condition) &&
    /^===?$/.test(condition.operatorToken.getText()) &&
    isIdentifier(unwrap(condition.right)) &&
    condition.right.getText() !== 'undefined'
  );
}

/**
 * The dirty flag: `do { dirty = false; await work(); } while (dirty)`. What is lowered before the wait and looked at behind
 * it tells whether somebody asked for more meanwhile, and the loop goes round again.
 */
function isLookedAtAgain(branch: Step, writes: readonly Step[], graph: FlowGraph): boolean {
  return writes.every((write) => dominates(graph, write, branch)) && stepsAfter([branch]).has(branch);
}

/** The first wait behind the write that only this side of the decision comes to. */
function waitOnSide(branch: Step, side: string, writes: readonly Step[], graph: FlowGraph): Step | undefined {
  const after = stepsAfter(writes);
  return graph.steps.find(
    (step) => step.kind === 'await' && !step.isDead && after.has(step) && sideTo(branch, new Set([step])) === side,
  );
}

/** What both sides come to: the first call, or returned value, of a call that found the flag set. */
function meetingPoint(branch: Step, side: string, suspension: Step): Step | undefined {
  const others = branch.next.filter((edge) => !isExceptional(edge) && edge.kind !== side).map(({ to }) => to);
  const afterWait = stepsAfter([suspension]);
  const reached = [...others, ...stepsAfter(others, { without: new Set([branch]) })];
  const meeting = reached.filter((step) => afterWait.has(step) && isWork(step)).sort((a, b) => a.index - b.index);
  return meeting[0];
}

/**
 * `if (isReady) return; isReady = true; await load();`: by its name the flag says that all is done, and whoever waited for
 * the second call takes it for done.
 */
function earlyReturn(branch: Step, side: string, { place, value }: Access): Step | undefined {
  const name = /[\w$]+$/.exec(place.key.replace(/@\d+$/, ''))?.[0] ?? '';
  if (!saysDone.test(name) || !value || unwrap(value).kind !== SyntaxKind.TrueKeyword) return undefined;
  const others = branch.next.filter((edge) => !isExceptional(edge) && edge.kind !== side).map(({ to }) => to);
  return others.find(({ kind }) => kind === 'return');
}

const saysDone =
  /(?:^|[a-z_#])(?:ready|initiali[sz]ed|inited|loaded|connected|configured|prepared|bootstrapped|migrated|installed)$/i;

function isWork({ kind, node }: Step): boolean {
  if (kind === 'call') return true;
  return (
    kind === 'return' &&
    isReturnStatement(node) &&
    node.expression !== undefined &&
    !isConstant(unwrap(node.expression))
  );
}

function isConstant({ kind }: Node): boolean {
  switch (kind) {
    case SyntaxKind.TrueKeyword:
    case SyntaxKind.FalseKeyword:
    case SyntaxKind.NullKeyword:
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NumericLiteral:
      return true;
    default:
      return false;
  }
}

/** What is said or counted once needs nobody to wait for it. */
function isTrifle({ node }: Step): boolean {
  if (!isAwaitExpression(node)) return true;
  const name = lastName(node.expression) ?? '';
  return /log|warn|notif|track|report|telemetry|emit|show|print|prompt|announce|sleep|delay|publish|broadcast|send/i.test(
    name,
  );
}

/** `await initialized` stands on the other side too, or where both have met. */
function isAwaitedElsewhere({ node }: Step, graph: FlowGraph): boolean {
  const text = node.getText();
  return graph.steps.some((step) => step.kind === 'await' && step.node !== node && step.node.getText() === text);
}
