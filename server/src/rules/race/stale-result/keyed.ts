import type { Flow } from '../../../flow/flow.ts';
import {
  type AwaitExpression,
  type FunctionNode,
  isCallExpression,
  isIdentifier,
  isParameterDeclaration,
  type Node,
  unwrap,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';

/** Whether what is waited for is a call with a parameter of the function in its arguments, and no lock is waited for first. */
export function isKeyedByParameter(value: AwaitExpression, fn: FunctionNode, flow: Flow): boolean {
  const call = unwrap(value.expression);
  if (!isCallExpression(call)) return false;
  const isKeyed = call.arguments.some((argument) => namesParameter(argument, fn));
  const graph = flow.graphOf(fn);
  return isKeyed && flow.suspensionsBetween([graph.entry], graph.stepsOf(value)).length === 0;
}

function namesParameter(argument: Node, fn: FunctionNode): boolean {
  let found = false;
  const look = (node: Node): void => {
    const declared = isIdentifier(node) ? declarationName(node) : undefined;
    found ||= declared !== undefined && isParameterDeclaration(declared.parent) && declared.parent.parent === fn;
    if (!found) node.forEachChild(look);
  };
  look(argument);
  return found;
}
