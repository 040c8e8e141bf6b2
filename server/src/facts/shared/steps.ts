import type { FlowGraph, Step } from '../../flow/graph.ts';
import { isFunctionNode, type Node } from '../../typescript/ast.ts';
import type { Access } from './accesses.ts';

/** The steps of a graph at which an access happens; those of the call around it for a callback that runs as part of one. */
export function stepsOfAccess({ node, access }: Access, graph: FlowGraph): readonly Step[] {
  const own = graph
    .stepsOf(node)
    .filter(({ kind }) => (access === 'write' ? kind !== 'read' : kind !== 'write') && kind !== 'branch');
  if (own.length > 0) return own;
  let outermost: Node | undefined;
  for (let at: Node | undefined = node.parent; at && at !== graph.root; at = at.parent)
    if (isFunctionNode(at)) outermost = at;
  const call = outermost?.parent;
  return call ? graph.stepsOf(call) : [];
}
