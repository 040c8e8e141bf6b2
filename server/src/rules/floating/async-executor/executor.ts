import { usesOf } from '../../../flow/settlement.ts';
import {
  type FunctionNode,
  isFunctionNode,
  isIdentifier,
  type NewExpression,
  type Node,
} from '../../../typescript/ast.ts';

/** An executor and the names of what settles its promise. */
export interface Executor {
  readonly creation: NewExpression;
  readonly executor: FunctionNode;
  readonly resolve: string | undefined;
  readonly reject: string | undefined;
  readonly names: ReadonlySet<string>;
}

/** The names that an executor gives to its two functions. */
export function settlers(executor: FunctionNode): Pick<Executor, 'resolve' | 'reject' | 'names'> {
  const [resolve, reject] = executor.parameters.map(({ name }) => (isIdentifier(name) ? name.text : undefined));
  return { resolve, reject, names: new Set([resolve, reject].filter((name) => name !== undefined)) };
}

/** The innermost function around a node. */
export function functionAround(node: Node): Node | undefined {
  let at: Node | undefined = node.parent;
  while (at && !isFunctionNode(at)) at = at.parent;
  return at;
}

/** The functions inside an executor whose own code uses the names. */
export function functionsUsing(names: ReadonlySet<string>, executor: FunctionNode): readonly FunctionNode[] {
  const found = new Set<FunctionNode>();
  for (const use of usesOf(names, executor)) {
    const fn = functionAround(use);
    if (fn && isFunctionNode(fn) && fn !== executor) found.add(fn);
  }
  return [...found];
}
