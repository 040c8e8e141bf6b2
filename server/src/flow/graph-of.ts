import {
  type FunctionNode,
  hasModifier,
  isAsyncFunction,
  isBlock,
  isFunctionNode,
  isGenerator,
  isPropertyDeclaration,
  isSourceFile,
  type Node,
  SyntaxKind,
} from '../typescript/ast.ts';
import { remember } from '../typescript/remember.ts';
import { GraphBuilder } from './build/builder.ts';
import { expression } from './build/expressions.ts';
import { statements } from './build/statements.ts';
import { byDefault, declareNames } from './build/targets.ts';
import type { FlowGraph, FlowRoot } from './graph.ts';

const known = new WeakMap<Node, FlowGraph>();

/** The control flow of a function, of a module's top level or of a field's initialiser. Built on the first question, from the tree alone. */
export function graphOf(root: FlowRoot): FlowGraph {
  return remember(known, root, () => build(root));
}

/**
 * What a node's code runs as part of: the innermost function, module or initialiser of an object's field.
 * Decorators, computed names, static fields and static blocks run as part of what is around their class.
 */
export function rootOf(node: Node): FlowRoot {
  let from = node;
  for (let at = node.parent; at; from = at, at = at.parent) {
    if (isSourceFile(at)) return at;
    const isOutside = from.kind === SyntaxKind.Decorator || from.kind === SyntaxKind.ComputedPropertyName;
    if (isOutside) continue;
    if (isFunctionNode(at)) return at;
    if (isPropertyDeclaration(at) && !hasModifier(at, SyntaxKind.StaticKeyword)) return at;
  }
  return node.getSourceFile();
}

function build(root: FlowRoot): FlowGraph {
  const isFunction = isFunctionNode(root);
  const b = new GraphBuilder(root, isFunction && isAsyncFunction(root) && isGenerator(root));
  if (isFunction) functionBody(root, b);
  else if (isSourceFile(root)) statements(root.statements, b);
  else if (root.initializer) expression(root.initializer, b);
  return b.finish();
}

function functionBody(fn: FunctionNode, b: GraphBuilder): void {
  for (const parameter of fn.parameters) {
    if (parameter.initializer) byDefault(parameter, parameter.initializer, b);
    declareNames(parameter.name, b);
  }
  const { body } = fn as { readonly body?: Node };
  if (!body) return;
  if (isBlock(body)) return statements(body.statements, b);
  expression(body, b);
  const waits = b.isAsyncGenerator;
  b.step('return', body, { suspends: waits, mayFault: waits });
  b.jump(b.returns);
}
