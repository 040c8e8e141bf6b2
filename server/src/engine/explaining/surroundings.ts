import { flow } from '../../flow/flow.ts';
import { type Edge, type FlowGraph, type FlowRoot, isExceptional, type Step } from '../../flow/graph.ts';
import type { Place, Surroundings, SuspensionPoint, Turn } from '../../model/explanation.ts';
import type { Span } from '../../model/span.ts';
import {
  isAsyncFunction,
  isForOfStatement,
  isFunctionNode,
  isSourceFile,
  type Node,
  type SourceFile,
  spanOf,
} from '../../typescript/ast.ts';
import type { AskedLine } from './line.ts';
import { functionTitle } from './owner.ts';
import { placeIn } from './places.ts';

/** The function around a line with its suspension points, and the turn in which the line runs. */
export function surroundingsOf(file: SourceFile, { span, at }: AskedLine): Surroundings | undefined {
  if (span.start >= span.end) return undefined;
  const root = rootAt(file, at ?? span.start);
  const graph = flow.graphOf(root);
  const points = pointsOf(graph);
  if (points.length === 0 && !isFunctionNode(root)) return undefined;
  const turn = turnOf(graph, points, span);
  const numbers = new Map(points.map((node, index) => [node, index + 1]));
  const near = new Set([...(turn?.after ?? []), ...(turn?.until ?? [])]);
  const isHere = (node: Node): boolean => isOn(span, node.getStart());
  const shown = points.filter((node, index) => points.length <= mostPoints || isHere(node) || near.has(index + 1));
  const extent = placeIn(file, spanOf(root));
  return {
    name: titleOf(root),
    place: { ...extent, end: extent.start, code: '' },
    lastLine: extent.end.line,
    isAsync: isFunctionNode(root) && isAsyncFunction(root),
    suspensions: shown.map(
      (node): SuspensionPoint => ({
        number: numbers.get(node) ?? 0,
        place: pointPlace(file, node),
        isHere: isHere(node),
      }),
    ),
    suspensionCount: points.length,
    ...(turn && { turn }),
  };
}

const mostPoints = 6;

/** What the code at an offset runs as part of. */
function rootAt(file: SourceFile, offset: number): FlowRoot {
  let found: Node = file;
  const enter = (node: Node): void => {
    if (node.end <= offset || node.getStart() > offset) return;
    // The line on which a function begins belongs to what is around it.
    if (!(isFunctionNode(node) && node.getStart() === offset)) found = node;
    node.forEachChild(enter);
  };
  file.forEachChild(enter);
  return isFunctionNode(found) ? found : flow.rootOf(found);
}

function titleOf(root: FlowRoot): string {
  if (isFunctionNode(root)) return functionTitle(root);
  return isSourceFile(root) ? 'this module' : `the field \`${root.name.getText()}\``;
}

/** The places where a function waits, in the order in which it comes to them; those inside `finally` once. */
function pointsOf(graph: FlowGraph): readonly Node[] {
  return [...new Set(flow.suspensionsOf(graph).map(({ node }) => node))];
}

/** A loop is named by its head. */
function pointPlace(file: SourceFile, node: Node): Place {
  const { start, end } = spanOf(node);
  return placeIn(file, { start, end: isForOfStatement(node) ? node.expression.end + 1 : end });
}

function isOn(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

function turnOf(graph: FlowGraph, points: readonly Node[], span: Span): Turn | undefined {
  const all = graph.steps.filter(({ kind, node }) => !ends.has(kind) && isOn(span, node.getStart()));
  const steps = all.filter(({ isDead }) => !isDead);
  if (steps.length === 0) return all.length > 0 ? { after: [], until: [], isDead: true } : undefined;
  // A line inside `finally` has its steps several times, once for every way into it.
  const isHere = new Set(steps);
  const begins = steps.filter((step) => usual(step.previous).some(({ to }) => !isHere.has(to)));
  const finishes = steps.filter((step) => usual(step.next).some(({ to }) => !isHere.has(to)));
  const numbersOf = (found: readonly Step[]): readonly number[] =>
    [...new Set(found.map((step) => points.indexOf(step.node) + 1))].sort((x, y) => x - y);
  return {
    after: numbersOf(begins.flatMap((step) => borders(step, ({ previous }) => previous, graph.entry))),
    until: numbersOf(finishes.flatMap((step) => (step.suspends ? [step] : borders(step, ({ next }) => next)))),
    isDead: false,
  };
}

/** What leads on where nothing goes wrong; exceptions where there is nothing else, as into a `catch`. */
function usual(edges: readonly Edge[]): readonly Edge[] {
  const normal = edges.filter((edge) => !isExceptional(edge));
  return normal.length > 0 ? normal : edges;
}

const ends: ReadonlySet<Step['kind']> = new Set(['entry', 'end', 'failure']);

/** The suspensions and ends that some path from a step comes to first. */
function borders(from: Step, edgesOf: (step: Step) => readonly Edge[], entry?: Step): readonly Step[] {
  const found = new Set<Step>();
  const seen = new Set<Step>();
  const open = [from];
  for (let at = open.pop(); at; at = open.pop()) {
    for (const { to } of usual(edgesOf(at))) {
      if (seen.has(to)) continue;
      seen.add(to);
      if (to.suspends || to === entry || ends.has(to.kind)) found.add(to);
      else open.push(to);
    }
  }
  return [...found];
}
