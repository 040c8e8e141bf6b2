/** Writers that keep away while a function waits, because of a flag that it has set before. */
import { dominates } from '../../flow/dominators.ts';
import type { Step } from '../../flow/graph.ts';
import { graphOf } from '../../flow/graph-of.ts';
import { stepsAfter } from '../../flow/reach.ts';
import {
  enclosingFunction,
  type FunctionNode,
  isBinaryExpression,
  isPrefixUnaryExpression,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import type { Access } from './accesses.ts';
import { branchesOn } from './guards.ts';
import { accessesWithin } from './helpers.ts';
import type { OtherWrite } from './other-writers.ts';
import { stepsOfAccess } from './steps.ts';

/**
 * `this.state = 'closed'; await flush(); this.items.clear()` beside `if (this.state !== 'open') return; this.items.add(item)`:
 * whether the other write cannot run during the wait.
 */
export function isRefused({ write }: OtherWrite, fn: FunctionNode, suspension: Step): boolean {
  const origin = write.through?.origin ?? write;
  const holder = enclosingFunction(origin.node);
  if (!holder?.body || holder === fn) return false;
  const graph = graphOf(holder);
  const writes = stepsOfAccess(origin, graph);
  return constantsSetBefore(fn, suspension).some((flag) =>
    accessesWithin(holder).some(
      (read) =>
        read.access === 'read' &&
        !read.through &&
        read.place.key === flag.place.key &&
        branchesOn(read, graph).some((branch) => keepsAway(branch, read.node, flag, writes)),
    ),
  );
}

/** What a function gives a constant value before a suspension on every path, the last value of each place. */
function constantsSetBefore(fn: FunctionNode, suspension: Step): readonly Access[] {
  const graph = graphOf(fn);
  const last = new Map<string, Access>();
  for (const access of accessesWithin(fn)) {
    const isSet = access.access === 'write' && access.how === 'assign' && access.value && !access.through;
    if (isSet && stepsOfAccess(access, graph).some((step) => dominates(graph, step, suspension)))
      last.set(access.place.key, access);
  }
  return [...last.values()];
}

function keepsAway(branch: Step, read: Node, { value }: Access, writes: readonly Step[]): boolean {
  const answer = value && outcome(unwrap(branch.node), read, unwrap(value));
  const to = branch.next.find(({ kind }) => kind === String(answer))?.to;
  if (!to) return false;
  const reached = stepsAfter([to], { without: new Set([branch]) });
  return writes.every((write) => write !== to && !reached.has(write));
}

/** What a condition comes to when a constant stands where it reads; undefined where that is not to be seen. */
function outcome(condition: Node, read: Node, value: Node): boolean | undefined {
  if (condition === read) return truthOf(value);
  if (isPrefixUnaryExpression(condition) && condition.operator === SyntaxKind.ExclamationToken) {
    const inner = outcome(unwrap(condition.operand), read, value);
    return inner === undefined ? undefined : !inner;
  }
  if (!isBinaryExpression(condition)) return undefined;
  const [left, right] = [unwrap(condition.left), unwrap(condition.right)];
  const other = left === read ? right : right === read ? left : undefined;
  if (!other || truthOf(other) === undefined || truthOf(value) === undefined) return undefined;
  const isSame = other.getText() === value.getText();
  switch (condition.operatorToken.kind) {
    case SyntaxKind.EqualsEqualsEqualsToken:
      return isSame;
    case SyntaxKind.ExclamationEqualsEqualsToken:
      return !isSame;
    default:
      return undefined;
  }
}

/** Whether a constant counts as true; undefined for what is none. */
function truthOf(value: Node): boolean | undefined {
  switch (value.kind) {
    case SyntaxKind.TrueKeyword:
      return true;
    case SyntaxKind.FalseKeyword:
    case SyntaxKind.NullKeyword:
      return false;
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NumericLiteral:
      return !/^(?:0|''|"")$/.test(value.getText());
    default:
      return undefined;
  }
}
