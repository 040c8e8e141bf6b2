import type { Knowledge } from '../../knowledge/knowledge.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isCallExpression,
  lastName,
  type Node,
  wrapped,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';

interface Tools {
  readonly types: Oracle;
  readonly knowledge: Knowledge;
}

/** The function given to `useEffect` that a node stands in directly: what it returns ends what it starts. */
export async function effectAround(node: Node, tools: Tools): Promise<FunctionNode | undefined> {
  const fn = enclosingFunction(node);
  const call = fn && effectCall(fn);
  return call && (await isEffect(call, tools)) ? fn : undefined;
}

/** `useEffect(fn, …)` by its name: a cheap look. */
function effectCall(fn: FunctionNode): CallExpression | undefined {
  const at = wrapped(fn);
  const { parent } = at;
  if (!isCallExpression(parent) || parent.arguments[0] !== at) return undefined;
  return /^use\w*Effect$/.test(lastName(parent.expression) ?? '') ? parent : undefined;
}

async function isEffect(call: CallExpression, { types, knowledge }: Tools): Promise<boolean> {
  const origins = await types.origins(call.expression);
  return knowledge.callbacks.role(origins, 0, call.arguments.length) === 'effect';
}
