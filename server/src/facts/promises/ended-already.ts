import { isAsyncFunction, isCallExpression, isGenerator, type Node, SyntaxKind, unwrap } from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { suspends } from '../../typescript/promise-syntax.ts';
import { isPlain } from '../definitions.ts';
import { returnedExpressions } from './outcome.ts';

/** Whether a call gives the thenable that it was called on: `return this`. Whoever holds that owns its promise. */
export async function givesItsReceiver(promise: Node, types: Oracle): Promise<boolean> {
  const call = unwrap(promise);
  const functions = isCallExpression(call) ? await types.functionsOf(call.expression) : [];
  return (
    functions.length > 0 &&
    functions.every((fn) => {
      const returned = isAsyncFunction(fn) ? [] : returnedExpressions(fn);
      return returned.length > 0 && returned.every((value) => unwrap(value).kind === SyntaxKind.ThisKeyword);
    })
  );
}

/** Whether a call has done all its work when it returns: every function behind it is async, waits for nothing and passes no promise on. */
export async function hasEndedAlready(promise: Node, types: Oracle): Promise<boolean> {
  const call = unwrap(promise);
  const functions = isCallExpression(call) ? await types.functionsOf(call.expression) : [];
  if (functions.length === 0) return false;
  if (!functions.every((fn) => isAsyncFunction(fn) && !isGenerator(fn) && !suspends(fn))) return false;
  const returned = functions.flatMap(returnedExpressions).filter((value) => !isPlain(unwrap(value)));
  const answers = await Promise.all(returned.map((value) => types.thenability(value)));
  return answers.every(({ extent }) => extent === 'none');
}
