import {
  enclosingFunction,
  isCallExpression,
  isIdentifier,
  isParameterDeclaration,
  lastName,
  type Node,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { referencesTo } from '../../typescript/references.ts';
import { functionName } from '../uses.ts';

/**
 * Whether a function calls itself and hands on a callback that it calls: `if (!done) return again(resolve)`. Who waits
 * does so for that callback, and not for this promise.
 */
export function handsOnItsCallback(promise: Node): boolean {
  const call = unwrap(promise);
  const fn = enclosingFunction(call);
  if (!fn || !isCallExpression(call) || functionName(fn)?.text !== lastName(call.expression)) return false;
  return call.arguments.some((argument, index) => {
    const at = unwrap(argument);
    const name = isIdentifier(at) ? declarationName(at) : undefined;
    if (!name || name.parent !== fn.parameters[index] || !isParameterDeclaration(name.parent)) return false;
    return referencesTo(name).some((use) => {
      const { parent } = wrapped(use);
      return isCallExpression(parent) && unwrap(parent.expression) === use;
    });
  });
}
