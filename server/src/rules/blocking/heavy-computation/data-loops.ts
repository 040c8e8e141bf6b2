import { runsItsArgumentNow } from '../../../facts/uses.ts';
import {
  type CallExpression,
  isCallExpression,
  isElementAccessExpression,
  isForOfStatement,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';

/** A loop, or a method with a callback, that goes through a list. */
export interface DataLoop {
  readonly node: Node;
  readonly data: Node;
}

/** The loops that run a node once for each element of a list, innermost first. */
export function dataLoopsAround(node: Node): readonly DataLoop[] {
  const loops: DataLoop[] = [];
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (isForOfStatement(parent) && parent.statement === at) loops.push({ node: parent, data: parent.expression });
    if (!isFunctionNode(parent)) continue;
    const call = wrapped(parent).parent;
    const callee = isCallExpression(call) ? unwrap(call.expression) : undefined;
    if (!callee || !isPropertyAccessExpression(callee) || !runsItsArgumentNow(call as CallExpression)) return loops;
    loops.push({ node: call, data: callee.expression });
    at = parent;
  }
  return loops;
}

/** Whether nothing in a loop lets others run. */
export function isUninterrupted(loop: Node): boolean {
  let found = false;
  const look = (node: Node): void => {
    found ||= node.kind === SyntaxKind.AwaitExpression || node.kind === SyntaxKind.YieldExpression;
    if (!found) node.forEachChild(look);
  };
  look(loop);
  return !found;
}

/** The name that a chain of members, elements and calls starts with. */
export function rootName(node: Node): Node | undefined {
  let at = unwrap(node);
  while (isPropertyAccessExpression(at) || isElementAccessExpression(at) || isCallExpression(at))
    at = unwrap(at.expression);
  return isIdentifier(at) ? at : undefined;
}
