/** Work that says with its value whether it has failed, and does not reject. */
import {
  isAwaitExpression,
  isBindingElement,
  isCallExpression,
  isIdentifier,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  isVariableDeclaration,
  lastName,
  type Node,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { referencesTo } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';

/**
 * Whether the value of an `await` is asked whether it is a failure, and nobody in sight says that the work rejects beside
 * that: `const { error } = await client.query(…)`, `if (isLeft(result))`.
 */
export async function tellsByValue(node: Node, { types }: Pick<RuleContext, 'types'>): Promise<boolean> {
  if (!isAwaitExpression(node) || !isAsked(node)) return false;
  const call = unwrap(node.expression);
  // What it does itself, where its code is to be seen, says more than how its value is used.
  const functions = isCallExpression(call) ? await types.functionsOf(call.expression) : [];
  return functions.every(({ body }) => body === undefined);
}

function isAsked(wait: Node): boolean {
  const { parent } = wrapped(wait);
  if (!isVariableDeclaration(parent)) return false;
  if (isObjectBindingPattern(parent.name))
    return parent.name.elements.some(
      (element) =>
        isBindingElement(element) && /^(?:error|errors)$/.test((element.propertyName ?? element.name)?.getText() ?? ''),
    );
  return isIdentifier(parent.name) && referencesTo(parent.name).some(asksForFailure);
}

/** `result.error`, `result.isErr()`, `E.isLeft(result)`. */
function asksForFailure(use: Node): boolean {
  const { parent } = wrapped(use);
  if (isPropertyAccessExpression(parent))
    return /^(?:error|isErr|isError|isFailure|isLeft|isRight)$/.test(parent.name.text);
  return isCallExpression(parent) && /^(?:isErr|isFailure|isLeft|isRight)$/.test(lastName(parent) ?? '');
}
