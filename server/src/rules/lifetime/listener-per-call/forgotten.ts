import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isBinaryExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isParameterDeclaration,
  isPropertyAccessExpression,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
  wrapped,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { namesIn } from '../../../typescript/references.ts';

/**
 * A subscription to something that a method was given, puts into a field's collection, and that another method takes out
 * again; nobody has what would end the subscription.
 */
export function forgottenSource(
  call: CallExpression,
  receiver: Node,
): { readonly holder: string; readonly removal: Node } | undefined {
  const [listener, ...others] = call.arguments;
  if (!isExpressionStatement(wrapped(call).parent) || !listener || others.length > 0) return undefined;
  if (!isFunctionNode(unwrap(listener)) || !usesThis(listener)) return undefined;
  const fn = enclosingFunction(call);
  const source = unwrap(receiver);
  const name = isIdentifier(source) ? declarationName(source) : undefined;
  if (!fn || !name || fn.kind === SyntaxKind.Constructor || !isClassLikeDeclaration(fn.parent)) return undefined;
  if (!isParameterDeclaration(name.parent) || name.parent.parent !== fn) return undefined;
  const field = fieldGiven(fn, name.text);
  // A listener that knows the source takes it out itself: `source.onError(() => this.remove(source))`.
  if (new RegExp(`\\b${name.text}\\b`).test(listener.getText())) return undefined;
  // Whoever disposes of the source itself ends all subscriptions to it.
  if (new RegExp(`\\b${name.text}\\??\\.(?:dispose|destroy|close|removeAllListeners)\\(`).test(fn.getText()))
    return undefined;
  const removal = field === undefined ? undefined : removalFrom(field, fn);
  return removal && { holder: `this.${field}`, removal };
}

function usesThis(listener: Node): boolean {
  return /\bthis\b/.test(listener.getText());
}

/** The field in `this.field.push(name)` and its like. */
function fieldGiven(fn: FunctionNode, name: string): string | undefined {
  let found: string | undefined;
  if (fn.body)
    walkBody(fn.body, (node) => {
      if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression)) return found === undefined;
      const holder = unwrap(node.expression.expression);
      const isAdding = /^(?:push|add|set|unshift)$/.test(node.expression.name.text);
      const isField = isPropertyAccessExpression(holder) && holder.expression.kind === SyntaxKind.ThisKeyword;
      if (isAdding && isField && node.arguments.some((argument) => argument.getText() === name))
        found = holder.name.text;
      return found === undefined;
    });
  return found;
}

/** Where another method empties the field, or takes something out of it. */
function removalFrom(field: string, fn: FunctionNode): Node | undefined {
  for (const { parent: access } of namesIn(fn.getSourceFile(), field)) {
    if (!isPropertyAccessExpression(access) || access.expression.kind !== SyntaxKind.ThisKeyword) continue;
    const method = enclosingFunction(access);
    if (!method || method === fn || method.parent !== fn.parent || method.kind === SyntaxKind.Constructor) continue;
    if (/\.(?:dispose|destroy|close|removeAllListeners)\(/.test(method.getText())) return undefined;
    const { parent } = access;
    if (isBinaryExpression(parent) && parent.left === access && /^(?:\[\]|new )/.test(parent.right.getText()))
      return access;
    if (isPropertyAccessExpression(parent) && /^(?:splice|delete|clear|pop|shift)$/.test(parent.name.text))
      return access;
  }
  return undefined;
}
