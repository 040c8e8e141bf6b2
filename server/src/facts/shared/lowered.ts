/**
 * State that is cleared before the work is over that it let in: `if (!dirty) return; dirty = false; await save();`. Whoever
 * sets it again meanwhile lets a second run in, and whoever finds no work under way begins anew in the middle of a clean-up.
 */
import type { FlowGraph, Step } from '../../flow/graph.ts';
import { graphOf } from '../../flow/graph-of.ts';
import { stepsAfter } from '../../flow/reach.ts';
import {
  type FunctionNode,
  isAwaitExpression,
  isCallExpression,
  isIdentifier,
  isVariableDeclaration,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { suspends } from '../../typescript/promise-syntax.ts';
import { type Access, accessesOf, variableOf } from './accesses.ts';
import { branchesOn, isGuarded, mentions } from './guards.ts';
import { type OtherWrite, writersOf } from './other-writers.ts';
import { isWithinPlace } from './places.ts';
import { stepsOfAccess } from './steps.ts';
import { sideTo } from './windows.ts';

export interface Lowered {
  /** `again`: the function itself may run a second time. `anew`: another function begins what is being cleaned up. */
  readonly how: 'again' | 'anew';
  readonly check: Access;
  readonly write: Access;
  readonly suspension: Step;
  /** Who sets the place again, or puts new work into it. */
  readonly other: OtherWrite;
}

/** One entry a place, in the order of the source. Asks the compiler nothing. */
export function loweredEarly(fn: FunctionNode): readonly Lowered[] {
  if (!fn.body || !suspends(fn)) return [];
  const accesses = accessesOf(fn);
  const found = new Map<string, Lowered>();
  for (const write of accesses) {
    const how = write.access === 'write' && write.how === 'assign' ? kindOf(write) : undefined;
    if (!how || found.has(write.place.key) || write.place.kind === 'parameter') continue;
    const lowered = lower(how, write, accesses, fn);
    if (lowered) found.set(write.place.key, lowered);
  }
  return [...found.values()];
}

/** A flag is lowered, or a promise is forgotten. */
function kindOf({ value }: Access): Lowered['how'] | undefined {
  const at = value && unwrap(value);
  if (!at) return undefined;
  if (at.kind === SyntaxKind.FalseKeyword) return 'again';
  return at.kind === SyntaxKind.NullKeyword || (isIdentifier(at) && at.text === 'undefined') ? 'anew' : undefined;
}

function lower(how: Lowered['how'], write: Access, accesses: readonly Access[], fn: FunctionNode): Lowered | undefined {
  const graph = graphOf(fn);
  const writes = new Set(stepsOfAccess(write, graph).filter(({ isDead }) => !isDead));
  const suspension = workBehind(how, writes, graph);
  if (!suspension) return undefined;
  const looks = accesses.filter(({ access, place }) => access === 'read' && place.key === write.place.key);
  const later = stepsAfter(writes);
  for (const check of looks) {
    const branch = branchesOn(check, graph).find((one) => sideTo(one, writes) !== undefined);
    if (!branch || isUsed(check, suspension.node)) continue;
    // Whoever looks again behind the wait knows that it may have been set meanwhile.
    if (accesses.some((one) => isWithinPlace(one.place, write.place) && one !== write && comesLater(one, later, graph)))
      return undefined;
    if (isGuarded(fn, graph, branch, suspension, write.place)) return undefined;
    const [other] = writersOf(
      write.place,
      fn,
      (one, writer) => writer !== fn && !one.through && setsAgain(how, one, writer),
    );
    return other && { how, check, write, suspension, other };
  }
  return undefined;
}

/** The first wait behind a write, where it is for something that two at once would do harm to. */
function workBehind(how: Lowered['how'], writes: ReadonlySet<Step>, graph: FlowGraph): Step | undefined {
  const later = stepsAfter(writes);
  const first = graph.steps.find(
    (step) => step.kind === 'await' && !step.isDead && later.has(step) && isAwaitExpression(step.node),
  );
  const call = first && isAwaitExpression(first.node) ? unwrap(first.node.expression) : undefined;
  if (!call || !isCallExpression(call)) return undefined;
  return (how === 'again' ? writing : emptying).test(lastName(call) ?? '') ? first : undefined;
}

const writing = /^#?_?(?:write|save|persist|flush|dump|upload|export|commit)/i;
const emptying = /^#?_?(?:clear|delete|remove|reset|purge|wipe|drop|truncate|erase)/i;

/** Whether what was in the place is what is waited for, or taken away: `const old = this.work; this.work = null; await end(old)`. */
function isUsed(check: Access, wait: Node): boolean {
  const variable = variableOf(check.node);
  return wait.getText().includes(check.place.text) || (variable !== undefined && mentions(wait, variable));
}

function comesLater(access: Access, later: ReadonlySet<Step>, graph: FlowGraph): boolean {
  return stepsOfAccess(access, graph).some((step) => later.has(step));
}

/** Whether a write of another function raises the flag, or puts work there that it begins when it finds none. */
function setsAgain(how: Lowered['how'], { how: kind, value, node, place }: Access, writer: FunctionNode): boolean {
  const at = value && unwrap(value);
  if (!at || (kind !== 'assign' && kind !== 'compound')) return false;
  if (how === 'again') return at.kind === SyntaxKind.TrueKeyword;
  const declared = isIdentifier(at) ? declarationName(at)?.parent : undefined;
  const made = declared && isVariableDeclaration(declared) && declared.initializer ? unwrap(declared.initializer) : at;
  const isLooked = accessesOf(writer).some((one) => one.access === 'read' && one.place.key === place.key);
  const isWork = /promise|pending|loading|inflight|in_flight|ready|opening|work/i.test(node.getText());
  return isLooked && isWork && isCallExpression(made);
}
