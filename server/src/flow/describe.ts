/** A graph as text, for people: in tests, and where a rule explains what it saw. */
import { isFunctionNode, type Node, SyntaxKind } from '../typescript/ast.ts';
import type { FlowGraph, Step } from './graph.ts';

/** One line a step: its number, what it is, the line of the source, and where it leads. Dead steps are marked. */
export function describeGraph(graph: FlowGraph): string {
  return graph.steps.map((step) => describeLine(step)).join('\n');
}

function describeLine(step: Step): string {
  const marks = `${step.suspends ? ' ⏸' : ''}${step.isDead ? ' (dead)' : ''}`;
  const edges = step.next.map(({ kind, to }) => `${kind === 'next' ? '' : `${kind} `}${to.index}`);
  const leads = edges.length > 0 ? ` → ${edges.join(', ')}` : '';
  return `${String(step.index).padStart(3)} ${describeStep(step)}${marks}${leads}`;
}

/** A step in words: `call load(id) :12`. */
export function describeStep({ kind, node }: Step): string {
  if (kind === 'entry' || kind === 'end' || kind === 'failure') return kind;
  const text = snippet(node);
  return `${text.startsWith(kind) ? '' : `${kind} `}${text} :${lineOf(node)}`;
}

/** The line of a node's first token, counted from 1. */
function lineOf(node: Node): number {
  const { text } = node.getSourceFile();
  return text.slice(0, node.getStart()).split('\n').length;
}

function snippet(node: Node): string {
  const head = headOf(node);
  const text = head.replace(/\s+/g, ' ');
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

const longest = 40;

/** Statements are named by their first words, functions by theirs; expressions by all of their text. */
function headOf(node: Node): string {
  const { text } = node.getSourceFile();
  const { body, statement, name, members } = node as {
    readonly body?: Node;
    readonly statement?: Node;
    readonly name?: Node;
    readonly members?: unknown;
  };
  const until = (end: number): string => text.slice(node.getStart(), end).trim();
  if (node.kind === SyntaxKind.CaseClause) return until((node as Node & { readonly expression: Node }).expression.end);
  if (statement) return until(statement.getStart());
  if (isFunctionNode(node)) return body ? until(body.getStart()) : until(node.end);
  if (members && name) return `class ${name.getText()}`;
  if (members) return 'class';
  return until(node.end);
}
