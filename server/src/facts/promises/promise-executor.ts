import {
  type FunctionNode,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  type NewExpression,
  type Node,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { type Risk, risksOf } from '../rejection/risks.ts';

/** The executor of a promise that can only resolve: `new Promise((resolve) => …)`. */
export interface ResolvingExecutor {
  readonly fn: FunctionNode;
  /** Where it can fail, calls of `resolve` left out. */
  readonly risks: readonly Risk[];
  /** What is given to `resolve`. */
  readonly resolvedWith: readonly Node[];
}

/** Whether a function is written in place as the executor of `new Promise(…)`. */
export function isExecutor(fn: Node): boolean {
  const at = wrapped(fn);
  const { parent } = at;
  return isNewExpression(parent) && parent.expression.getText() === 'Promise' && parent.arguments?.[0] === at;
}

/** Undefined where the executor is not written in place, or has more to it than `resolve`. */
export function resolvingExecutor(created: NewExpression): ResolvingExecutor | undefined {
  const fn = created.arguments?.[0] && unwrap(created.arguments[0]);
  if (!isIdentifier(created.expression) || created.expression.text !== 'Promise') return undefined;
  if (!fn || !isFunctionNode(fn) || fn.parameters.length > 1) return undefined;
  const resolve = fn.parameters[0]?.name;
  if (resolve && !isIdentifier(resolve)) return undefined;
  const name = resolve?.text;
  const risks = risksOf(fn).filter((risk) => risk.kind !== 'call' || !isCallOf(risk.node, name));
  return { fn, risks, resolvedWith: name === undefined ? [] : argumentsOf(fn, name) };
}

function argumentsOf(fn: FunctionNode, name: string): readonly Node[] {
  const given: Node[] = [];
  const visit = (node: Node): void => {
    if (isCallExpression(node) && isCallOf(node, name) && node.arguments[0]) given.push(node.arguments[0]);
    node.forEachChild(visit);
  };
  visit(fn);
  return given;
}

function isCallOf(node: Node, name: string | undefined): boolean {
  return name !== undefined && isCallExpression(node) && isIdentifier(node.expression) && node.expression.text === name;
}
