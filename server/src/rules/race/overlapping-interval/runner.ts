import {
  type CallExpression,
  type FunctionNode,
  isAsyncFunction,
  isCallExpression,
  isConditionalExpression,
  isIfStatement,
  type Node,
  walkBody,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';

/**
 * The async function that a tick runs: the callback itself, or one that it calls. Undefined where a condition decides
 * whether it is called, because that may be what keeps two runs apart.
 */
export async function runnerOf(callback: FunctionNode, ctx: RuleContext): Promise<FunctionNode | undefined> {
  if (isAsyncFunction(callback)) return callback;
  const calls: CallExpression[] = [];
  let isConditional = false;
  if (callback.body)
    walkBody(callback.body, (node: Node) => {
      isConditional ||= isIfStatement(node) || isConditionalExpression(node);
      if (isCallExpression(node)) calls.push(node);
      return true;
    });
  if (isConditional) return undefined;
  const called = await Promise.all(calls.map((call) => ctx.facts.calledFunctions(call)));
  return called.flat().find((fn) => isAsyncFunction(fn));
}
