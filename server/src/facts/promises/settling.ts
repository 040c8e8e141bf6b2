import { isSettlingCall, settlingPaths, usesOf } from '../../flow/settlement.ts';
import {
  enclosingFunction,
  type FunctionNode,
  isCallExpression,
  isIdentifier,
  type Node,
  wrapped,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { targetsOf } from '../targets.ts';

/**
 * Whether the function given to `new Promise` settles it. `always`: on every path of its own. `later`: it hands what
 * settles to somebody else. `never`: nobody gets it. `sometimes`: some paths leave without; `leaving` are their `return`s,
 * empty where it is the function's end.
 */
export type Settling =
  | { readonly settles: 'always' | 'later' | 'never' }
  | { readonly settles: 'sometimes'; readonly leaving: readonly Node[] };

export async function settlingOf(executor: FunctionNode, types: Oracle): Promise<Settling> {
  const names = new Set(executor.parameters.slice(0, 2).flatMap(({ name }) => (isIdentifier(name) ? [name.text] : [])));
  const uses = usesOf(names, executor);
  const idle = await Promise.all(uses.map((use) => isIdle(use, types)));
  const live = uses.filter((_, index) => !idle[index]);
  if (live.length === 0) return { settles: 'never' };
  if (!live.every((use) => isSettlingCall(use) && enclosingFunction(use) === executor)) return { settles: 'later' };
  const { unsettledReturns, endsUnsettled } = settlingPaths(executor, names);
  if (unsettledReturns.length === 0 && !endsUnsettled) return { settles: 'always' };
  return { settles: 'sometimes', leaving: unsettledReturns };
}

/** Whether what settles is handed to a function of the project that does nothing with it. */
async function isIdle(use: Node, types: Oracle): Promise<boolean> {
  const at = wrapped(use);
  const call = at.parent;
  const index = isCallExpression(call) ? call.arguments.indexOf(at as never) : -1;
  if (!isCallExpression(call) || index < 0) return false;
  const targets = await targetsOf(call.expression, types);
  return targets.length > 0 && targets.every((target) => target.kind === 'body' && !usesParameter(target.fn, index));
}

function usesParameter(fn: FunctionNode, index: number): boolean {
  const parameter = fn.parameters[index];
  if (!parameter) return usesOf(new Set(['arguments']), fn).length > 0;
  if (!isIdentifier(parameter.name) || parameter.dotDotDotToken) return true;
  return usesOf(new Set([parameter.name.text]), fn).length > 0;
}
