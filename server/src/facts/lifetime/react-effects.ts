import type { Knowledge } from '../../knowledge/knowledge.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isWithin,
  lastName,
  type Node,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
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

/** Whether a call in an effect, such as one that starts a timer, names something of the component around the effect: its state, its properties. */
export function namesComponent(call: CallExpression, effect: FunctionNode): boolean {
  const component = enclosingFunction(effect);
  let found = false;
  const look = (node: Node): void => {
    const name = isIdentifier(node) ? declarationName(node) : undefined;
    // A ref is empty when the component is gone.
    const isRef = name !== undefined && isPropertyAccessExpression(node.parent) && node.parent.name.text === 'current';
    found ||=
      name !== undefined && component !== undefined && isWithin(name, component) && !isWithin(name, call) && !isRef;
    if (!found) node.forEachChild(look);
  };
  look(call);
  return found;
}

/** `useEffect(fn, [])`: once for each component that is shown. */
export function runsOnce(effect: FunctionNode): boolean {
  const { parent } = wrapped(effect);
  return isCallExpression(parent) && parent.arguments[1]?.getText().replaceAll(/\s/g, '') === '[]';
}
