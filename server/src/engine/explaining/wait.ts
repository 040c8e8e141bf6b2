import { Facts } from '../../facts/facts.ts';
import type { Access } from '../../facts/shared/accesses.ts';
import { overlap } from '../../facts/shared/places.ts';
import { stepsOfAccess } from '../../facts/shared/steps.ts';
import type { SuspensionLength } from '../../facts/suspension-length.ts';
import { graphOf } from '../../flow/graph-of.ts';
import { stepsAfter, stepsBefore } from '../../flow/reach.ts';
import type { ExplainedWait, Fact } from '../../model/explanation.ts';
import type { Span } from '../../model/span.ts';
import {
  type AwaitExpression,
  type CallExpression,
  calleeName,
  enclosingFunction,
  isAwaitExpression,
  isCallExpression,
  isNewExpression,
  type NewExpression,
  type Node,
  type SourceFile,
  spanOf,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { Oracle } from '../../typescript/oracle.ts';
import { chainCall } from '../../typescript/promise-syntax.ts';
import type { AskedFile } from '../asked-file.ts';
import { placeOfNode } from './places.ts';
import { handlerOf, rejectionOf, suspensionOf } from './rejection.ts';

type Call = CallExpression | NewExpression;

/**
 * What is known of the `await` or of the call that gives a promise at an offset: whether it waits, where it can reject,
 * what becomes of the signal that is in scope, and what shared state is used on both sides. Undefined elsewhere.
 */
export async function waitAt(
  { lease, file, knowledge }: AskedFile,
  offset: number,
): Promise<ExplainedWait | undefined> {
  const program = lease.program(file);
  const view = await program.view(file);
  const target = view && targetAt(view.sourceFile, offset);
  if (!target) return undefined;
  const types = new Oracle(program);
  const facts = new Facts(types, knowledge);
  const { waiting, value, span } = target;
  if (!waiting && !(await givesPromise(value, types, facts))) return undefined;
  const made = unwrap(value);
  const call = isCallExpression(made) || isNewExpression(made) ? made : undefined;
  const [length, rejects, signal, called] = await Promise.all([
    waiting && facts.suspensionLength(value),
    rejectionOf(value, facts),
    call && !chainCall(call) ? signalOf(call, facts) : [],
    call && isCallExpression(call) && !chainCall(call) ? facts.calledFunctions(call) : [],
  ]);
  const isCertain = rejects.text.startsWith('never');
  return {
    span,
    text: length ? waits[length] : 'Gives a promise, and does not wait here',
    facts: [
      rejects,
      ...(isCertain ? [] : handlerOf(value)),
      ...(waiting ? [] : suspensionOf(called, facts)),
      ...signal,
      ...(waiting ? sharedAround(waiting, facts) : []),
    ],
  };
}

const waits: Readonly<Record<SuspensionLength, string>> = {
  microtask: 'Waits here, only for promises that are settled: no timer and no I/O in between',
  sleep: 'Waits here until a timer ends: other tasks run meanwhile',
  open: 'Waits here until it settles: other tasks run meanwhile',
};

interface Target {
  readonly waiting: AwaitExpression | undefined;
  /** What is waited for, or the call. */
  readonly value: Node;
  readonly span: Span;
}

/** The `await` whose keyword, or the call whose name is at an offset. */
function targetAt(file: SourceFile, offset: number): Target | undefined {
  let found: Target | undefined;
  const enter = (node: Node): void => {
    if (node.end < offset || node.pos > offset) return;
    if (isAwaitExpression(node)) {
      const start = node.getStart();
      const span = { start, end: start + 'await'.length };
      if (holds(span, offset)) found = { waiting: node, value: node.expression, span };
    } else if (isCallExpression(node) || isNewExpression(node)) {
      const span = spanOf(calleeName(node));
      if (holds(span, offset)) found = { waiting: awaiting(node), value: node, span };
    }
    node.forEachChild(enter);
  };
  file.forEachChild(enter);
  return found;
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

function awaiting(call: Call): AwaitExpression | undefined {
  const { parent } = wrapped(call);
  return isAwaitExpression(parent) ? parent : undefined;
}

async function givesPromise(call: Node, types: Oracle, facts: Facts): Promise<boolean> {
  const { extent } = await types.thenability(call);
  if (extent === 'all' || extent === 'some') return true;
  return isCallExpression(call) && (await facts.outcomeOf(call)) === 'promise';
}

/** What a call that can take a signal gets. */
async function signalOf(call: Call, facts: Facts): Promise<readonly Fact[]> {
  const [place, signals] = await Promise.all([facts.acceptsSignal(call), facts.cancellation.signalsAt(call)]);
  const about = 'signal';
  if (place === undefined) return [];
  if (place === 'given') return [{ about, text: 'it is given one', places: [] }];
  const signal = signals.find(({ type }) => type === place.type);
  const where = place.as === 'argument' ? `as argument ${place.index + 1}` : `as \`${place.name}\``;
  if (!signal) return [{ about, text: `it could take one ${where}; none is in scope`, places: [] }];
  const from = { ...placeOfNode(signal.name), code: '' };
  return [
    { about, text: `\`${signal.text}\` is in scope and is not passed on; it could be, ${where}`, places: [from] },
  ];
}

/** Nobody looks through more of the same. */
const mostShared = 4;

/** State that others can change, which is looked at before a wait and used after it. */
function sharedAround(waiting: AwaitExpression, facts: Facts): readonly Fact[] {
  const fn = enclosingFunction(waiting);
  if (!fn) return [];
  const graph = graphOf(fn);
  const here = graph.stepsOf(waiting).filter(({ suspends }) => suspends);
  const before = stepsBefore(here);
  const after = stepsAfter(here);
  const accesses = facts.shared.accessesOf(fn).map((access) => ({ access, steps: stepsOfAccess(access, graph) }));
  const seen = new Set<string>();
  return accesses
    .flatMap(({ access: read, steps }): readonly Fact[] => {
      if (read.access !== 'read' || seen.has(read.place.key) || !steps.some((step) => before.has(step))) return [];
      const uses = accesses.filter(
        ({ access, steps: later }) =>
          access !== read && overlap(access.place, read.place) && later.some((step) => after.has(step)),
      );
      const use = uses.find(({ access }) => access.access === 'write') ?? uses[0];
      if (!use) return [];
      seen.add(read.place.key);
      return [{ about: 'shared', text: usedTwice(read, use.access), places: [read, use.access].map(placeOfAccess) }];
    })
    .slice(0, mostShared);
}

function usedTwice(read: Access, use: Access): string {
  return `\`${read.place.text}\` is read before it and ${use.access === 'write' ? 'written' : 'read'} after it`;
}

function placeOfAccess({ node }: Access): Fact['places'][number] {
  return { ...placeOfNode(node), code: '' };
}
