import { type KeptCall, type PromiseUse, takesCare, type UseKind } from '../../../facts/promises/kept-promises.ts';
import type { Flow } from '../../../flow/flow.ts';
import { isAwaitExpression, type Node, wrapped } from '../../../typescript/ast.ts';

/** A wait during which a promise has no handler, and the use that takes charge of it later. */
export interface UnguardedWait {
  /** The `await`, `for await`, `yield` or disposed declaration. */
  readonly wait: Node;
  readonly use: PromiseUse;
}

/** Uses that show that the promise is meant to be waited for here, and not somewhere else. */
const takingCharge: ReadonlySet<UseKind> = new Set(['await', 'return', 'handler', 'chain', 'combine']);

/** A look at the text: whether anything is awaited between the start of a promise and its first use. */
export function mayBeLate({ written, value, uses }: KeptCall): boolean {
  if (!uses.some(({ kind }) => takingCharge.has(kind)) || uses.some(({ kind }) => kind === 'member')) return false;
  const first = uses.find((use) => takesCare(use) && value.end <= use.name.pos);
  if (!first) return false;
  const awaited = wrapped(first.name).parent;
  const end = isAwaitExpression(awaited) ? awaited.getStart() : first.name.getStart();
  return /\bawait\b|\byield\b/.test(written.getSourceFile().text.slice(value.end, end));
}

/** A suspension that a path comes to before anybody has taken charge of the promise; undefined where there is none, or nobody takes charge behind it. */
export function unguardedWait({ written, variable, uses }: KeptCall, flow: Flow): UnguardedWait | undefined {
  const graph = flow.around(written);
  const from = graph.stepsOf(written).filter((step) => step.kind === 'write' && !step.isDead);
  const rewrites = uses.filter(({ kind }) => kind === 'write').flatMap(({ name }) => graph.stepsOf(name));
  const suspensions = flow.suspensionsOf(graph);
  const early = flow.missingPath({
    graph,
    from,
    goals: new Set([...uses.filter(takesCare).flatMap(({ name }) => graph.stepsOf(name)), ...rewrites]),
    stops: new Set(suspensions),
    known: new Map([[variable.text, true]]),
    // Ways out without a wait are not the matter here.
    follows: ({ to }) => to !== graph.end && to !== graph.failure,
  });
  const suspension = early?.path.at(-1);
  if (!suspension) return undefined;
  const later = flow.stepsAfter([suspension], { without: new Set([...rewrites, ...from]) });
  const use = uses.find(
    ({ kind, name }) => takingCharge.has(kind) && graph.stepsOf(name).some((step) => later.has(step)),
  );
  return use && { wait: suspension.node, use };
}
