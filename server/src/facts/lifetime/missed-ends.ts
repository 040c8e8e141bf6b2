import type { Flow } from '../../flow/flow.ts';
import type { FlowGraph, Step } from '../../flow/graph.ts';
import type { Miss } from '../../flow/paths.ts';
import {
  type Identifier,
  isAwaitExpression,
  isCallExpression,
  isForOfStatement,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
  isWithin,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import type { Facts } from '../facts.ts';
import { endsProcess, isPossible } from '../promises/missed-promises.ts';

export interface EndQuestion {
  readonly variable: Identifier;
  /** The name where the value is put into the variable. */
  readonly written: Identifier;
  /** The uses that end it, or after which somebody else has to. */
  readonly ends: readonly Identifier[];
  /** The names where the variable gets another value. */
  readonly writes: readonly Identifier[];
  /** Waits whose rejection leaves nothing behind, such as one that opens it. */
  readonly isHarmless?: (wait: Node) => boolean;
  /**
   * Which ways out count. `rejections`: those of an `await` that may reject; `caught`: only where a `catch` of the
   * function goes on behind one.
   */
  readonly ways: ReadonlySet<'end' | 'return' | 'throw' | 'rejections' | 'caught' | 'overwritten'>;
}

/**
 * A path from where a value is put into a variable on which nobody ends it; undefined where there is none. Exceptions
 * that only a call may raise do not count: nearly every call may, and hardly any does.
 */
export async function missedEnd(
  question: EndQuestion,
  ctx: { readonly flow: Flow; readonly facts: Facts },
): Promise<Miss | undefined> {
  const { flow } = ctx;
  const { written, variable, ways } = question;
  const graph = flow.around(written);
  const from = graph.stepsOf(written).filter((step) => step.kind === 'write' && !step.isDead);
  const goals = new Set([
    ...graph.steps.filter((step) => endsProcess(step)),
    ...question.ends.flatMap((name) => endSteps(name, graph, written)),
  ]);
  const stops = new Set(
    question.writes
      .filter((name) => name !== written)
      .flatMap((name) => graph.stepsOf(name))
      .filter((step) => step.kind === 'write'),
  );
  const harmless = new Set<Step>();
  for (;;) {
    const miss = flow.missingPath({
      graph,
      from,
      goals,
      stops,
      exceptions: ways.has('rejections') || ways.has('caught'),
      known: knownAsSet(variable.text),
      follows: (edge, step) => {
        if (edge.kind === 'closed') return false;
        if (edge.kind === 'fault')
          return mayReject(step) && !harmless.has(step) && (ways.has('rejections') || isCaught(edge.to, graph));
        if (edge.kind === 'throw' && step.kind === 'throw') return ways.has('throw') && isPossible(edge, step);
        return isPossible(edge, step);
      },
    });
    if (!miss) return undefined;
    if (miss.how === 'fault') {
      const steps = graph.stepsOf(miss.at).filter(mayReject);
      if (question.isHarmless?.(miss.at) || (await isHarmless(miss.at, ctx.facts))) {
        for (const step of steps) harmless.add(step);
        continue;
      }
      return miss;
    }
    if (miss.how === 'stopped') return ways.has('overwritten') ? miss : undefined;
    return ways.has(miss.how === 'closed' ? 'end' : miss.how) ? miss : undefined;
  }
}

/** What conditions about a variable say that has just been given something: `x`, `x !== undefined`, `x != null`. */
export function knownAsSet(name: string): ReadonlyMap<string, boolean> {
  const nothings = ['undefined', 'null'];
  return new Map([
    [name, true] as const,
    ...nothings.flatMap((nothing) => [
      [`${name} !== ${nothing}`, true] as const,
      [`${name} != ${nothing}`, true] as const,
      [`${name} === ${nothing}`, false] as const,
      [`${name} == ${nothing}`, false] as const,
    ]),
  ]);
}

/** Whether an exception leads into a `catch`, and not out of the function. */
function isCaught(to: Step, graph: FlowGraph): boolean {
  return to !== graph.failure && to.leaving !== 'throw';
}

function mayReject({ kind, node }: Step): boolean {
  return kind === 'await' || (kind === 'iterate' && isForOfStatement(node) && node.awaitModifier !== undefined);
}

/** Whether what is waited for provably never rejects; of what was started before, whether nothing shows how it could. */
async function isHarmless(at: Node, facts: Facts): Promise<boolean> {
  if (!isAwaitExpression(at)) return false;
  const operand = unwrap(at.expression);
  const name = isIdentifier(operand) ? declarationName(operand) : undefined;
  const declaration = name?.parent;
  const isConstant = declaration && isVariableDeclaration(declaration) && /^const\b/.test(declaration.parent.getText());
  if (isConstant && declaration.initializer) return !(await facts.plainlyMayReject(declaration.initializer));
  return facts.neverRejects(at.expression);
}

/** What stands before the first `?.` of the call that a name is given to. */
function optionalReceiver(name: Identifier): Node | undefined {
  const { parent } = wrapped(name);
  if (!isCallExpression(parent) || !parent.arguments.some((argument) => unwrap(argument) === name)) return undefined;
  let at: Node = parent;
  let found: Node | undefined;
  while (isCallExpression(at) || isPropertyAccessExpression(at)) {
    if (at.questionDotToken) found = at.expression;
    at = at.expression;
  }
  return found;
}

/** Where a use happens, or the function that will do it is made. A loop in which it happens is taken to run. */
function endSteps(name: Identifier, graph: FlowGraph, written: Node): readonly Step[] {
  const chained = optionalReceiver(name);
  // `source?.pipe(stream)`: without a source, there is nothing that could fill the stream.
  const own = [
    ...graph.stepsOf(name),
    ...(chained ? graph.steps.filter(({ node }) => isWithin(node, chained) && node !== graph.root) : []),
  ];
  const captured =
    own.length > 0 ? [] : graph.steps.filter(({ kind, node }) => kind === 'capture' && isWithin(name, node));
  const loops = graph.steps.filter(
    ({ kind, node }) =>
      (kind === 'loop' || kind === 'iterate') &&
      node.kind !== SyntaxKind.SourceFile &&
      isWithin(name, node) &&
      !isWithin(written, node),
  );
  return [...own, ...captured, ...loops];
}
