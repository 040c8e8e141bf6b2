import {
  isBindingElement,
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  lastName,
  type Node,
  unwrap,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';

/** `Promise.withResolvers()`, `createDeferredPromise()`, `new Deferred()`, `pDefer()`. */
const makers = /^(?:withResolvers|p?Defer(?:red)?\w*|(?:create|make|new)Defer(?:red)?\w*|defer(?:red)?(?:Promise)?)$/;

/**
 * Whether an expression is the promise of a deferred that its file only ever resolves: a constant, its `promise`, or the
 * `promise` that it was taken apart into. The file holds no word of rejecting one.
 */
export function isOnlyResolved(expression: Node): boolean {
  const at = unwrap(expression);
  const holder = isPropertyAccessExpression(at) && at.name.text === 'promise' ? unwrap(at.expression) : at;
  const declared = isIdentifier(holder) ? declarationName(holder)?.parent : undefined;
  const variable = declared && isBindingElement(declared) ? declared.parent.parent : declared;
  if (!variable || !isVariableDeclaration(variable) || !variable.initializer) return false;
  const made = unwrap(variable.initializer);
  if (!isCallExpression(made) && !isNewExpression(made)) return false;
  return makers.test(lastName(made.expression) ?? '') && !rejecting.test(at.getSourceFile().text);
}

const rejecting = /(?<!\bPromise)\.reject\b|[{,]\s*reject\s*[,:}]/;
