/** What ends suspicion: a lock that is held, a flag that was set in the same turn as it was looked at, a look after the wait. */
import { dominates } from '../../flow/dominators.ts';
import type { FlowGraph, Step } from '../../flow/graph.ts';
import { isExceptional } from '../../flow/graph.ts';
import { graphOf } from '../../flow/graph-of.ts';
import { canReachInSameTurn } from '../../flow/reach.ts';
import {
  enclosingFunction,
  type FunctionNode,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
  isWithin,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { isUsing } from '../../typescript/promise-syntax.ts';
import { assignmentsIn } from '../assignments.ts';
import { isDropped } from '../call-shapes.ts';
import type { Access } from './accesses.ts';
import { accessesWithin } from './helpers.ts';
import { writersOf } from './other-writers.ts';
import { isShared, overlap, type Place, placeOf } from './places.ts';
import { stepsOfAccess } from './steps.ts';

/** Names of functions that wait until nobody else holds what they give. */
const acquiring =
  /^(?:acquire(?:Async|Read|Write|\w*(?:Lock|Mutex|Semaphore|Permit|Slot))?|lock(?:Async|ed)?|obtainLock|waitForLock|waitForTurn|waitForIdle|enterCriticalSection|enter|wait|take|down|tryAcquire|acquireLock|getLock|takeLock|withLock|runExclusive)$/;

/** Whether a lock, or a flag that keeps others out, is held from before a step until after it. */
export function isGuarded(fn: FunctionNode, graph: FlowGraph, from: Step, suspension: Step, place: Place): boolean {
  return (
    holdsLock(graph, from) ||
    waitsForTail(fn, graph, from) ||
    switchesOff(graph, suspension) ||
    setsFlag(fn, graph, suspension, (write) => !overlap(write.place, place))
  );
}

/** `await this.mutex.acquire()` and `await using lock = …` before a step, on every path. */
function holdsLock(graph: FlowGraph, from: Step): boolean {
  return (
    graph.steps.some((step) => {
      if (step.kind === 'dispose') return false;
      if (step.kind === 'await' && isAcquiring((step.node as Node & { readonly expression: Node }).expression))
        return dominates(graph, step, from);
      return false;
    }) || graph.steps.some((step) => step.kind === 'write' && isLockVariable(step.node) && dominates(graph, step, from))
  );
}

function isAcquiring(operand: Node): boolean {
  const at = unwrap(operand);
  return isCallExpression(at) && acquiring.test(lastName(at) ?? '');
}

/** `using lock = …` and `await using lock = …`. */
function isLockVariable(name: Node): boolean {
  const { parent } = name;
  if (!isVariableDeclaration(parent) || parent.name !== name || !isUsing(parent.parent)) return false;
  return /lock|mutex|semaphore|guard|permit/i.test(parent.getText());
}

/** `const before = this.tail; this.tail = mine; await before;`: a chain in which everybody waits for the one before. */
function waitsForTail(fn: FunctionNode, graph: FlowGraph, from: Step): boolean {
  const waits = graph.steps.filter((step) => step.kind === 'await' && dominates(graph, step, from));
  return waits.some((step) => {
    const operand = unwrap((step.node as Node & { readonly expression: Node }).expression);
    if (!isIdentifier(operand)) return false;
    const declared = declarationName(operand);
    const variable = declared?.parent;
    if (!variable || !isVariableDeclaration(variable) || !variable.initializer) return false;
    const tail = placeOf(variable.initializer, fn);
    if (!tail || !isShared(tail)) return false;
    return accessesWithin(fn).some(
      (access) =>
        access.access === 'write' &&
        access.place.key === tail.key &&
        stepsOfAccess(access, graph).some((write) => dominates(graph, write, step)),
    );
  });
}

/** `button.disabled = true` before a wait: whoever would start it again cannot. */
function switchesOff(graph: FlowGraph, suspension: Step): boolean {
  return graph.steps.some(
    (step) =>
      step.kind === 'write' &&
      isPropertyAccessExpression(step.node) &&
      step.node.name.text === 'disabled' &&
      isBinaryExpression(step.node.parent) &&
      step.node.parent.right.kind === SyntaxKind.TrueKeyword &&
      dominates(graph, step, suspension),
  );
}

/**
 * Whether a call stands behind a flag that its caller looked at and set in the same turn, on the same object:
 * `if (this.running) throw …; this.running = true; await this.prepare();`.
 */
export function isBehindOwnFlag(call: Node, caller: FunctionNode): boolean {
  if (!call.getText().startsWith('this.') || !/this\.[#\w]+ = true\b/.test(caller.body?.getText() ?? '')) return false;
  const graph = graphOf(caller);
  const [step] = graph.stepsOf(call);
  return (
    step !== undefined &&
    setsFlag(caller, graph, step, ({ value, place }) => {
      const isTrue = value !== undefined && unwrap(value).kind === SyntaxKind.TrueKeyword;
      return isTrue && place.text.startsWith('this.') && !(isDropped(call) && isLoweredBeside(place, caller));
    })
  );
}

/** `stop() { this.running = false; }`: whoever starts again comes in beside work that nobody waited for. */
function isLoweredBeside(place: Place, caller: FunctionNode): boolean {
  const lowered = writersOf(place, caller, ({ value, place: written }, writer) => {
    const isFalse = value !== undefined && unwrap(value).kind === SyntaxKind.FalseKeyword;
    return isFalse && writer !== caller && written.key === place.key;
  });
  return lowered.length > 0;
}

/** A look at another shared place that is changed in the same turn, so that whoever comes next goes away or waits. */
function setsFlag(fn: FunctionNode, graph: FlowGraph, suspension: Step, isFlag: (write: Access) => boolean): boolean {
  const accesses = accessesWithin(fn);
  const writes = accesses.filter((access) => access.access === 'write' && access.how !== 'delete' && isFlag(access));
  return writes.some((write) => {
    const steps = stepsOfAccess(write, graph).filter((step) => dominates(graph, step, suspension));
    if (steps.length === 0) return false;
    const looks = accesses.filter((access) => access.access === 'read' && overlap(access.place, write.place));
    return looks.some((look) =>
      branchesOn(look, graph).some(
        (branch) =>
          steps.some((step) => dominates(graph, branch, step) && canReachInSameTurn([branch], [step])) &&
          turnsAway(branch, suspension),
      ),
    );
  });
}

/** Whether one side of a decision does not lead to a step. */
export function turnsAway(branch: Step, to: Step): boolean {
  return branch.next.some((edge) => !isExceptional(edge) && !reaches(edge.to, to, branch));
}

function reaches(from: Step, to: Step, without: Step): boolean {
  const seen = new Set([from]);
  const open = [from];
  for (let at = open.pop(); at; at = open.pop()) {
    if (at === to) return true;
    if (at === without) continue;
    for (const edge of at.next) {
      if (isExceptional(edge) || seen.has(edge.to)) continue;
      seen.add(edge.to);
      open.push(edge.to);
    }
  }
  return false;
}

/** The decisions that rest on a read: those whose condition holds it, or a variable that was made of it. */
export function branchesOn(
  read: Access,
  graph: FlowGraph,
  variable?: Node & { readonly text: string },
): readonly Step[] {
  return graph.steps.filter((step) => {
    if (step.kind !== 'branch' || step.isDead || step.node.kind === SyntaxKind.CaseClause) return false;
    return isWithin(read.node, step.node) || (variable !== undefined && mentions(step.node, variable));
  });
}

/** Whether a node holds a use of a variable. */
export function mentions(node: Node, variable: Node & { readonly text: string }): boolean {
  if (isIdentifier(node)) {
    const { parent } = node;
    const isName = isPropertyAccessExpression(parent) && parent.name === node;
    return !isName && node.text === variable.text && declarationName(node) === variable;
  }
  let found = false;
  node.forEachChild((child) => {
    found ||= mentions(child, variable);
  });
  return found;
}

/**
 * A decision between a wait and a write that asks whether things are still as they were: a token, a snapshot, a state.
 * @param kept the variable that keeps what was read, which may be asked whether it still holds
 */
export function isRechecked(
  fn: FunctionNode,
  suspension: Step,
  write: Step,
  place: Place,
  kept?: Node & { readonly text: string },
): boolean {
  const after = new Set<Step>();
  const open: Step[] = [suspension];
  for (let at = open.pop(); at; at = open.pop()) {
    for (const edge of at.next) {
      if (isExceptional(edge) || after.has(edge.to) || edge.to === write) continue;
      after.add(edge.to);
      if (!edge.to.suspends) open.push(edge.to);
    }
  }
  return [...after].some(
    (step) =>
      step.kind === 'branch' &&
      turnsAway(step, write) &&
      (asksAgain(step.node, fn, place) || (kept !== undefined && asksIfValid(step.node, kept))),
  );
}

/** `entry.validate()`, `!session.isStale`: what was read knows whether it still holds. */
function asksIfValid(condition: Node, kept: Node & { readonly text: string }): boolean {
  let found = false;
  const look = (node: Node): void => {
    if (isPropertyAccessExpression(node) && validity.test(node.name.text) && mentions(node.expression, kept))
      found = true;
    if (!found) node.forEachChild(look);
  };
  look(condition);
  return found;
}

const validity =
  /^(?:(?:re)?validate(?:[A-Z]\w*)?|(?:is|was|has|still)[A-Z]?\w*(?:[vV]alid|[sS]tale|[cC]urrent|[fF]resh|[eE]xpired|[oO]utdated|[iI]nvalidated|[cC]losed|[dD]isposed|[dD]estroyed|[rR]emoved|[dD]eleted|[aA]live|[aA]ctive|[cC]hanged)|valid|stale|fresh|expired|outdated|invalidated|closed|disposed|destroyed|removed|deleted|alive)$/;

function asksAgain(condition: Node, fn: FunctionNode, place: Place): boolean {
  const asked = (node: Node): boolean => {
    const found = placeOf(node, fn);
    if (found && isShared(found) && !(isIdentifier(node) && found.declared !== declarationName(node))) {
      if (overlap(found, place)) return true;
      if (isCompared(condition)) return true;
      return /abort|dispos|destroy|cancel|stopp|clos|unmount|stale|current|generation|version|token|active|alive/i.test(
        found.text,
      );
    }
    if (found?.kind === 'local' && isSetElsewhere(node, fn)) return true;
    let any = false;
    node.forEachChild((child) => {
      any ||= asked(child);
    });
    return any;
  };
  return asked(condition) || /\baborted\b|\bthrowIfAborted\b/.test(condition.getText());
}

/** A variable of the function that a callback sets: `on('close', () => { closed = true; })`. */
function isSetElsewhere(name: Node, fn: FunctionNode): boolean {
  if (!isIdentifier(name)) return false;
  const values = assignmentsIn(name.getSourceFile()).variables.get(name.text) ?? [];
  return values.some((value) => isWithin(value, fn) && enclosingFunction(value) !== fn);
}

function isCompared(condition: Node): boolean {
  const at = unwrap(condition);
  if (!isBinaryExpression(at)) return false;
  switch (at.operatorToken.kind) {
    case SyntaxKind.EqualsEqualsToken:
    case SyntaxKind.EqualsEqualsEqualsToken:
    case SyntaxKind.ExclamationEqualsToken:
    case SyntaxKind.ExclamationEqualsEqualsToken:
    case SyntaxKind.LessThanToken:
    case SyntaxKind.GreaterThanToken:
    case SyntaxKind.LessThanEqualsToken:
    case SyntaxKind.GreaterThanEqualsToken:
      return true;
    default:
      return false;
  }
}
