/** How the executor of a promise settles it: where `resolve` and `reject` are used, and on which paths they are called. */
import {
  type CallExpression,
  type FunctionNode,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isTryStatement,
  isWithin,
  type Node,
  SyntaxKind,
  unwrap,
} from '../typescript/ast.ts';
import type { FlowGraph, Step } from './graph.ts';
import { graphOf } from './graph-of.ts';
import { missingPath } from './paths.ts';
import { stepsAfter } from './reach.ts';

/** A second settling call on a path that has settled already. */
export interface DoubleSettling {
  readonly first: CallExpression;
  readonly second: CallExpression;
}

export interface Paths {
  /** The `return`s that leave the function without having settled, for certain. */
  readonly unsettledReturns: readonly Node[];
  /** The `throw`s that leave their block before anything was settled. */
  readonly unsettledThrows: readonly Node[];
  /** Whether the end of the function can be reached without having settled. Loops and correlated conditions count as settling. */
  readonly endsUnsettled: boolean;
  readonly doubles: readonly DoubleSettling[];
}

/** The uses of some names in a function, nested functions included, except where a nested function has such a name of its own. */
export function usesOf(names: ReadonlySet<string>, fn: FunctionNode): readonly Node[] {
  const found: Node[] = [];
  const enter = (node: Node, open: ReadonlySet<string>): void => {
    if (isIdentifier(node) && open.has(node.text) && isReference(node)) found.push(node);
    const own = isFunctionNode(node) && node !== fn ? declaredBy(node) : [];
    const inside = own.length > 0 ? new Set([...open].filter((name) => !own.includes(name))) : open;
    node.forEachChild((child) => enter(child, inside));
  };
  if (fn.body) enter(fn.body, names);
  return found;
}

/** The names of a function's parameters. */
export function declaredBy(fn: FunctionNode): readonly string[] {
  return fn.parameters.flatMap(({ name }) => (isIdentifier(name) ? [name.text] : namesIn(name)));
}

function namesIn(pattern: Node): readonly string[] {
  const names: string[] = [];
  pattern.forEachChild((child) => {
    if (isIdentifier(child)) names.push(child.text);
    else names.push(...namesIn(child));
  });
  return names;
}

/** Member names, property keys and declarations are no uses. */
function isReference(name: Node): boolean {
  const { parent } = name;
  if (isPropertyAccessExpression(parent)) return parent.expression === name;
  if (isParameterDeclaration(parent)) return parent.name !== name;
  switch (parent.kind) {
    case SyntaxKind.PropertyAssignment:
    case SyntaxKind.MethodDeclaration:
    case SyntaxKind.PropertyDeclaration:
    case SyntaxKind.BindingElement:
    case SyntaxKind.VariableDeclaration:
      return (parent as Node & { readonly name?: Node }).name !== name;
    default:
      return true;
  }
}

/** Whether a use is a call of the name itself: `resolve(value)`. */
export function isSettlingCall(use: Node): boolean {
  return isCallExpression(use.parent) && unwrap(use.parent.expression) === use;
}

/**
 * Follows the paths through a function's own code and watches the calls of the names.
 * Conditions may depend on each other, so what only some combinations of them reach is not concluded.
 */
export function settlingPaths(fn: FunctionNode, names: ReadonlySet<string>): Paths {
  const graph = graphOf(fn);
  const calls = graph.steps.filter((step) => !step.isDead && isSettling(step.node, names) && step.kind === 'call');
  const ends = new Set([...calls, ...graph.steps.filter(({ node }) => endsProcess(node))]);
  const open = stepsAfter([graph.entry], { exceptions: true, without: ends });
  const settled = stepsAfter(calls);
  const unsettled = (kind: Step['kind']): readonly Step[] =>
    graph.steps.filter((step) => step.kind === kind && open.has(step));
  return {
    unsettledReturns: nodesOf(unsettled('return').filter((step) => !settled.has(step) && isStatement(step.node))),
    unsettledThrows: nodesOf(unsettled('throw')),
    endsUnsettled: endsUnsettled(graph, ends, settled),
    doubles: doubles(calls, open),
  };
}

/** Whether some path falls off the end unsettled, and not only because two conditions were taken apart that may belong together. */
function endsUnsettled(graph: FlowGraph, ends: ReadonlySet<Step>, settled: ReadonlySet<Step>): boolean {
  const miss = missingPath({
    graph,
    from: [graph.entry],
    goals: new Set([...ends, ...loopsAround(graph, ends)]),
    // A `return` is told by itself, and a `throw` is no end.
    follows: ({ kind, to }, step) => kind !== 'throw' && step.kind !== 'return' && to !== graph.failure,
  });
  return miss?.how === 'end' && !miss.path.some((step) => step.kind === 'branch' && settled.has(step));
}

/** A loop that settles is taken to do so. */
function loopsAround(graph: FlowGraph, ends: ReadonlySet<Step>): readonly Step[] {
  return graph.steps.filter(
    ({ kind, node }) => (kind === 'loop' || kind === 'iterate') && [...ends].some((step) => isWithin(step.node, node)),
  );
}

/** A condition that is also reached unsettled may be there to tell the two apart: what stands behind it is no second call. */
function doubles(calls: readonly Step[], open: ReadonlySet<Step>): readonly DoubleSettling[] {
  const choices = new Set([...open].filter(({ kind }) => kind === 'branch' || kind === 'loop' || kind === 'iterate'));
  const found = new Map<Node, DoubleSettling>();
  for (const first of calls) {
    for (const second of stepsAfter([first], { without: choices })) {
      const { node } = second;
      if (second.kind !== 'call' || !calls.includes(second) || node === first.node || found.has(node)) continue;
      if (isLastResort(node, first.node)) continue;
      found.set(node, { first: first.node as CallExpression, second: node as CallExpression });
    }
  }
  return [...found.values()].sort((a, b) => a.second.pos - b.second.pos);
}

/** `finally { resolve(); }` is there for the paths on which nothing else has. */
function isLastResort(second: Node, first: Node): boolean {
  for (let at = second; at.parent; at = at.parent) {
    const { parent } = at;
    if (isTryStatement(parent) && parent.finallyBlock === at) return !isWithin(first, at);
  }
  return false;
}

function nodesOf(steps: readonly Step[]): readonly Node[] {
  return [...new Set(steps.map(({ node }) => node))];
}

/** `() => resolve(1)` returns what it evaluates, and has no statement to point at. */
function isStatement({ kind }: Node): boolean {
  return kind === SyntaxKind.ReturnStatement;
}

function isSettling(node: Node, names: ReadonlySet<string>): boolean {
  if (!isCallExpression(node)) return false;
  const callee = unwrap(node.expression);
  return isIdentifier(callee) && names.has(callee.text);
}

function endsProcess(node: Node): boolean {
  return isCallExpression(node) && /^process\s*\.\s*(?:exit|abort)$/.test(node.expression.getText());
}
