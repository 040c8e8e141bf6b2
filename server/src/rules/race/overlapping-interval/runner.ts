import { isSingleFlight } from '../../../facts/shared/single-flight.ts';
import {
  type CallExpression,
  type FunctionNode,
  isAsyncFunction,
  isAwaitExpression,
  isCallExpression,
  isConditionalExpression,
  isIfStatement,
  type Node,
  unwrap,
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
      // `running ??= work()` starts nothing while the last run is under way.
      if (isCallExpression(node) && !isSingleFlight(node)) calls.push(node);
      return true;
    });
  if (isConditional) return undefined;
  const called = await Promise.all(calls.map((call) => ctx.facts.calledFunctions(call)));
  return called.flat().find((fn) => isAsyncFunction(fn));
}

/** The functions of the project that a tick waits for, where nothing that it looks at first may keep two ticks apart. */
export async function awaitedFunctions(runner: FunctionNode, ctx: RuleContext): Promise<readonly FunctionNode[]> {
  const calls: CallExpression[] = [];
  let isConditional = false;
  if (runner.body)
    walkBody(runner.body, (node) => {
      isConditional ||= isIfStatement(node) || isConditionalExpression(node);
      const awaited = isAwaitExpression(node) ? unwrap(node.expression) : undefined;
      if (awaited && isCallExpression(awaited)) calls.push(awaited);
      return true;
    });
  if (isConditional) return [];
  const called = await Promise.all(calls.map((call) => ctx.facts.calledFunctions(call)));
  return called.flat().filter((fn) => isAsyncFunction(fn));
}
