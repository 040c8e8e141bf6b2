/** The graphs of a file's functions as text, with the answers to what its comments ask. */

import { functionName } from '../../server/src/facts/uses.ts';
import { describeGraph, describeStep } from '../../server/src/flow/describe.ts';
import { flow } from '../../server/src/flow/flow.ts';
import type { FlowGraph, FlowRoot, Step } from '../../server/src/flow/graph.ts';
import { isFunctionNode, isPropertyDeclaration, type Node, type SourceFile } from '../../server/src/typescript/ast.ts';

/**
 * A mark is a comment with a name before an expression, and means the outermost one that begins there. Questions are
 * lines in the function: `//? between a b`, `//? reaches a b`, `//? sameTurn a b`, `//? passes a b c`,
 * `//? dominates a b`, `//? before a`, `//? after a`; `passes!` counts exceptions that calls may raise.
 */
export function reportOf(file: SourceFile): string {
  const parts: string[] = [];
  for (const root of rootsOf(file)) {
    const graph = flow.graphOf(root);
    const answers = questionsIn(root).map((question) => `  ? ${question}\n    ${answer(question, graph)}`);
    if (root === file && graph.steps.every((step) => isPlain(step)) && answers.length === 0) continue;
    parts.push([titleOf(root), describeGraph(graph), ...answers].join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}

/** A module that only declares functions says nothing about flow. */
function isPlain({ kind, node }: Step): boolean {
  const isFunctionName =
    kind === 'write' && isFunctionNode((node.parent as { initializer?: Node }).initializer ?? node.parent);
  return kind === 'entry' || kind === 'end' || kind === 'failure' || kind === 'capture' || isFunctionName;
}

/** The module and all functions and field initialisers in it, in the order of the source. */
export function rootsOf(file: SourceFile): readonly FlowRoot[] {
  const roots: FlowRoot[] = [file];
  const visit = (node: Node): void => {
    if (isFunctionNode(node) && node.body) roots.push(node);
    else if (isPropertyDeclaration(node) && node.initializer && flow.rootOf(node.initializer) === node)
      roots.push(node);
    node.forEachChild(visit);
  };
  visit(file);
  return roots;
}

function titleOf(root: FlowRoot): string {
  if (!isFunctionNode(root)) return isPropertyDeclaration(root) ? `field ${root.name.getText()}` : 'module';
  const name = functionName(root)?.text ?? 'function';
  return name;
}

function questionsIn(root: FlowRoot): readonly string[] {
  const file = root.getSourceFile();
  const { text } = file;
  const found: string[] = [];
  for (const match of text.matchAll(/\/\/\?\s*(.+)/g)) {
    if (match.index < root.getStart() || root.end < match.index) continue;
    // A question belongs to the innermost function around it.
    const inner = rootsOf(file).findLast((one) => one.getStart() <= match.index && match.index < one.end);
    if (inner === root && match[1]) found.push(match[1].trim());
  }
  return found;
}

function answer(question: string, graph: FlowGraph): string {
  const [verb = '', ...marks] = question.split(/\s+/);
  const named = (mark: string): readonly Step[] => stepsAt(mark, graph);
  const [first = [], ...others] = marks.map(named);
  const [second = []] = others;
  switch (verb) {
    case 'between':
      return list(flow.suspensionsBetween(first, second));
    case 'reaches':
      return yesOrNo(flow.canReach(first, second));
    case 'sameTurn':
      return yesOrNo(flow.canReachInSameTurn(first, second));
    case 'dominates':
      return yesOrNo(first.some((a) => second.some((b) => flow.dominates(graph, a, b))));
    case 'before':
      return list(first.flatMap((step) => flow.readsBefore(step, () => true)));
    case 'after':
      return list(first.flatMap((step) => flow.writesAfter(step, () => true)));
    case 'passes':
    case 'passes!': {
      const miss = flow.missingPath({
        graph,
        from: first,
        goals: new Set(others.flat()),
        exceptions: verb.endsWith('!'),
      });
      if (!miss) return 'yes';
      const [left] = graph.stepsOf(miss.at);
      const at = miss.how === 'end' || !left ? '' : ` at ${describeStep(left)}`;
      return `no: ${miss.how}${at}, by ${miss.path.map(({ index }) => index).join(' ')}`;
    }
    default:
      throw new Error(`Nobody knows the question ${question}`);
  }
}

function list(steps: readonly Step[]): string {
  return steps.length === 0 ? 'none' : steps.map((step) => `${step.index} ${describeStep(step)}`).join('; ');
}

function yesOrNo(holds: boolean): string {
  return holds ? 'yes' : 'no';
}

/** The steps of the outermost node that begins behind a mark. */
function stepsAt(mark: string, graph: FlowGraph): readonly Step[] {
  const { text } = graph.root.getSourceFile();
  const sign = `/*${mark}*/`;
  const at = text.indexOf(sign, graph.root.pos);
  if (at < 0) throw new Error(`There is no mark ${mark}.`);
  const start = at + sign.length + (/^\s*/.exec(text.slice(at + sign.length))?.[0].length ?? 0);
  const here = graph.steps.filter(({ node }) => node !== graph.root && node.getStart() === start);
  const widest = Math.max(...here.map(({ node }) => node.end));
  const found = here.filter(({ node, kind }) => node.end === widest && kind !== 'branch');
  if (found.length === 0) throw new Error(`Nothing is evaluated at the mark ${mark}.`);
  return found;
}
