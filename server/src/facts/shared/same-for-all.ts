/** Values that are the same for whoever asks twice, so that it does not matter who writes them last. */
import {
  isAwaitExpression,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
  unwrap,
  type VariableDeclaration,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { chainOf } from '../../typescript/promise-syntax.ts';
import { assignmentsIn } from '../assignments.ts';

/**
 * `await this.loading` and `await import('x')`, directly or through a variable, and members of modules: the loader keeps
 * each module, and gives it to everybody.
 */
export function isSameForAll(value: Node): boolean {
  const at = unwrap(value);
  if (isAwaitExpression(at)) {
    const { start } = chainOf(at.expression);
    return (!isCallExpression(start) && !isNewExpression(start)) || isImport(start);
  }
  const made = initialValue(at);
  return (made !== undefined && isAwaitExpression(made) && isSameForAll(made)) || isOfModule(at);
}

/** `(await import('x')).default`, `module.default ?? module`, `module.parse`. */
function isOfModule(value: Node): boolean {
  const at = unwrap(value);
  if (isAwaitExpression(at)) return isImport(chainOf(at.expression).start);
  if (isPropertyAccessExpression(at) || isElementAccessExpression(at)) return isOfModule(at.expression);
  if (isBinaryExpression(at)) return isFallback(at.operatorToken.kind) && isOfModule(at.left) && isOfModule(at.right);
  if (!isIdentifier(at)) return false;
  const made = valuesOf(at);
  return made.length > 0 && made.every((one) => isAwaitExpression(one) && isOfModule(one));
}

function isImport(start: Node): boolean {
  return isCallExpression(start) && start.expression.kind === SyntaxKind.ImportKeyword;
}

function isFallback(operator: SyntaxKind): boolean {
  return operator === SyntaxKind.QuestionQuestionToken || operator === SyntaxKind.BarBarToken;
}

/** What a local variable is declared with, destructured ones too. */
function initialValue(name: Node): Node | undefined {
  const declared = variableOf(name);
  return declared?.initializer && unwrap(declared.initializer);
}

/** What a local variable is declared with, or else what the file assigns to its name. */
function valuesOf(name: Node & { readonly text: string }): readonly Node[] {
  const declared = variableOf(name);
  if (!declared) return [];
  if (declared.initializer) return [unwrap(declared.initializer)];
  return (assignmentsIn(name.getSourceFile()).variables.get(name.text) ?? []).map(unwrap);
}

function variableOf(name: Node): VariableDeclaration | undefined {
  let declared = isIdentifier(name) ? declarationName(name)?.parent : undefined;
  while (declared && isBindingElement(declared)) declared = declared.parent.parent;
  return declared && isVariableDeclaration(declared) ? declared : undefined;
}
