import type { FlowGraph, Step } from '../../flow/graph.ts';
import { isAwaitExpression, isBindingElement, isFunctionNode, type Node, wrapped } from '../../typescript/ast.ts';
import type { Access } from './accesses.ts';

/** The steps of a graph at which an access happens; those of the call around it for a callback that runs as part of one. */
export function stepsOfAccess({ node, access, through }: Access, graph: FlowGraph): readonly Step[] {
  if (through) {
    const { parent } = wrapped(node);
    return graph
      .stepsOf(through.isLate && isAwaitExpression(parent) ? parent : node)
      .filter(({ kind }) => kind !== 'branch');
  }
  // `const { total } = this` reads where the name gets its value.
  const isTaken = access === 'read' && isBindingElement(node.parent);
  const own = graph
    .stepsOf(node)
    .filter(({ kind }) => (access === 'write' ? kind !== 'read' : isTaken || kind !== 'write') && kind !== 'branch');
  if (own.length > 0) return own;
  let outermost: Node | undefined;
  for (let at: Node | undefined = node.parent; at && at !== graph.root; at = at.parent)
    if (isFunctionNode(at)) outermost = at;
  const call = outermost?.parent;
  return call ? graph.stepsOf(call) : [];
}
