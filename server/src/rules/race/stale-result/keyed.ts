import type { Flow } from '../../../flow/flow.ts';
import {
  type AwaitExpression,
  type FunctionNode,
  isBindingElement,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isVariableDeclaration,
  isVariableStatement,
  isWithin,
  type Node,
  NodeFlags,
  SyntaxKind,
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

/** Whether a condition speaks of nothing but constants of the function that are made of the answer, or behind it. */
export function asksOnlyAnswer(condition: Node, fn: FunctionNode, answer: Node): boolean {
  let isOnly = true;
  const look = (node: Node): void => {
    if (node.kind === SyntaxKind.ThisKeyword || isCallExpression(node)) isOnly = false;
    const { parent } = node;
    const isMember = isPropertyAccessExpression(parent) && parent.name === node;
    if (isIdentifier(node) && !isMember && node.text !== 'undefined') {
      const declared = declarationName(node);
      const isLate = declared !== undefined && isWithin(declared, fn) && declared.end >= statementOf(answer).pos;
      if (!isLate || !isConstant(declared)) isOnly = false;
    }
    if (isOnly) node.forEachChild(look);
  };
  look(condition);
  return isOnly;
}

function isConstant(declared: Node): boolean {
  let at = declared.parent;
  while (isBindingElement(at) || isBindingPattern(at)) at = at.parent;
  return isVariableDeclaration(at) && (at.parent.flags & NodeFlags.Const) !== 0;
}

function isBindingPattern({ kind }: Node): boolean {
  return kind === SyntaxKind.ObjectBindingPattern || kind === SyntaxKind.ArrayBindingPattern;
}

function statementOf(node: Node): Node {
  let at = node;
  while (at.parent && !isVariableStatement(at) && !isExpressionStatement(at)) at = at.parent;
  return at;
}
