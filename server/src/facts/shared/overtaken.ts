/**
 * Writes behind a wait that take no notice of what others did meanwhile: the next state of an object that was closed, and
 * a timer in place of one that nobody can stop any more.
 */
import { graphOf } from '../../flow/graph-of.ts';
import { canReachInSameTurn } from '../../flow/reach.ts';
import {
  type FunctionNode,
  isAwaitExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import { suspends } from '../../typescript/promise-syntax.ts';
import type { Access } from './accesses.ts';
import { branchesOn, isRechecked, turnsAway } from './guards.ts';
import { accessesWithin } from './helpers.ts';
import { type OtherWrite, writersOf } from './other-writers.ts';
import { isWithinPlace } from './places.ts';
import { stepsOfAccess } from './steps.ts';
import { sideTo, type Window, windowOf } from './windows.ts';

export interface Overtaken {
  readonly how: 'state' | 'timer';
  /** What the function did with the place before the wait; for a timer, what stops it elsewhere. */
  readonly before: Access;
  readonly write: Access;
  readonly window: Window;
  /** Who changes the place meanwhile. */
  readonly other: OtherWrite | undefined;
}

/** In the order of the source. Asks the compiler nothing. */
export function overtakenWrites(fn: FunctionNode): readonly Overtaken[] {
  if (!fn.body || !suspends(fn)) return [];
  const accesses = accessesWithin(fn);
  const writes = accesses.filter((access) => access.access === 'write' && access.how === 'assign');
  const found: Overtaken[] = [];
  for (const write of writes) {
    const overtaken = isTimer(write.value) ? timer(write, accesses, fn) : state(write, writes, accesses, fn);
    if (overtaken) found.push(overtaken);
  }
  return found;
}

/** `if (this.state !== 'idle') throw …; this.state = 'opening'; await …; this.state = 'open';` beside a `close()`. */
function state(
  write: Access,
  writes: readonly Access[],
  accesses: readonly Access[],
  fn: FunctionNode,
): Overtaken | undefined {
  const value = stateText(write);
  if (value === undefined) return undefined;
  const graph = graphOf(fn);
  for (const before of writes) {
    const earlier = stateText(before);
    if (before === write || before.place.key !== write.place.key || earlier === undefined || earlier === value)
      continue;
    const claims = stepsOfAccess(before, graph);
    const isChecked = accesses.some(
      (look) =>
        look.access === 'read' &&
        look.place.key === write.place.key &&
        branchesOn(look, graph).some(
          (branch) =>
            /[!=]==?/.test(branch.node.getText()) &&
            canReachInSameTurn([branch], claims) &&
            claims.every((claim) => turnsAway(branch, claim)),
        ),
    );
    if (!isChecked) continue;
    const window = unlooked(claims, write, accesses, fn);
    if (!window) continue;
    const [other] = writersOf(
      write.place,
      fn,
      (one, writer) => writer !== fn && isOtherState(one, writer, [earlier, value]) && !looksFirst(one, writer),
    );
    if (other && !endsTheWait(other, window, fn)) return { how: 'state', before, write, window, other };
  }
  return undefined;
}

/** `await …; this.timer = setTimeout(…)`, where another function stops `this.timer`. */
function timer(write: Access, accesses: readonly Access[], fn: FunctionNode): Overtaken | undefined {
  // What belongs to a key that the caller gives is another one's in each call.
  if (isKeyedByCaller(write, fn)) return undefined;
  const window = unlooked([graphOf(fn).entry], write, accesses, fn);
  if (!window) return undefined;
  const [other] = writersOf(write.place, fn, (one, writer) => writer !== fn && !one.through);
  const before = accesses.find((access) => access.place.key === write.place.key);
  return before && { how: 'timer', before, write, window, other };
}

function isKeyedByCaller({ place }: Access, fn: FunctionNode): boolean {
  const key = /\[([\w$]+)[^\]]*\]$/.exec(place.key)?.[1];
  return key !== undefined && fn.parameters.some(({ name }) => isIdentifier(name) && name.text === key);
}

/** `await this.socket.connect()` beside a `this.socket.destroy()`: what is ended there makes the wait fail. */
function endsTheWait({ fn: ender }: OtherWrite, { suspension }: Window, fn: FunctionNode): boolean {
  if (!isAwaitExpression(suspension.node)) return false;
  const operand = unwrap(suspension.node.expression);
  const started = isCallExpression(operand)
    ? operand
    : accessesWithin(fn).find(({ node, value }) => value && node.getText() === operand.getText())?.value;
  const call = started && unwrap(started);
  const callee = call && isCallExpression(call) ? unwrap(call.expression) : undefined;
  if (!callee || !isPropertyAccessExpression(callee)) return false;
  const receiver = callee.expression.getText();
  return callTexts(ender).some((text) => text.startsWith(receiver) && ending.test(text.slice(receiver.length)));
}

const ending = /^\??\.(?:close|destroy|disconnect|end|abort|cancel|terminate|kill|stop|dispose|quit)\(/;

function callTexts(fn: FunctionNode): readonly string[] {
  return graphOf(fn).steps.flatMap(({ kind, node }) => (kind === 'call' ? [node.getText()] : []));
}

/** A path over a suspension to the write on which nobody looks at the place, or asks whether all is as it was. */
function unlooked(
  from: Parameters<typeof windowOf>[0]['from'],
  write: Access,
  accesses: readonly Access[],
  fn: FunctionNode,
): Window | undefined {
  const graph = graphOf(fn);
  const to = new Set(stepsOfAccess(write, graph).filter(({ isDead, kind }) => !isDead && kind !== 'read'));
  const near = (kind: Access['access']): ReadonlySet<(typeof graph.steps)[number]> =>
    new Set(
      accesses
        .filter((access) => access.access === kind && access !== write && isWithinPlace(access.place, write.place))
        .flatMap((access) => stepsOfAccess(access, graph))
        .filter((step) => !to.has(step)),
    );
  const window = windowOf({ graph, from, to, looks: near('read'), claims: near('write') });
  return window && !isRechecked(fn, window.suspension, window.write, write.place) ? window : undefined;
}

/** The constant that a write gives: a name of an enumeration or a text. Flags have two states, and a setter of their own. */
function stateText({ value, through }: Access): string | undefined {
  const given = through ? through.given : value;
  if (!given) return undefined;
  const at = unwrap(given);
  if (at.kind === SyntaxKind.StringLiteral) return at.getText();
  return /^[A-Z]\w*\.\w+$/.test(at.getText()) ? at.getText() : undefined;
}

/** Whether somebody else gives the place a third state. A setter that is handed the state is the one of all. */
function isOtherState(write: Access, writer: FunctionNode, known: readonly string[]): boolean {
  const text = stateText(write);
  return text !== undefined && !known.includes(text) && writer.body !== undefined;
}

/** Whether somebody else looks at the state before it is changed, and so leaves alone what is under way. */
function looksFirst(write: Access, writer: FunctionNode): boolean {
  const graph = graphOf(writer);
  const steps = new Set(stepsOfAccess(write, graph));
  return accessesWithin(writer).some(
    (look) =>
      look.access === 'read' &&
      look.place.key === write.place.key &&
      branchesOn(look, graph).some((branch) => sideTo(branch, steps) !== undefined),
  );
}

function isTimer(value: Node | undefined): boolean {
  if (!value) return false;
  const at = unwrap(value);
  return isCallExpression(at) && /^set(?:Timeout|Interval)$/.test(lastName(at) ?? '');
}
