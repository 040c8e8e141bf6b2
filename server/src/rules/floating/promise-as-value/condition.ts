import { isTestOfMaybe } from '../../../facts/promises/maybe-promise.ts';
import {
  isAsyncFunction,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isVariableDeclaration,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import { isNothing } from '../../../typescript/promise-syntax.ts';
import type { RuleContext } from '../../define.ts';
import type { Misuse } from './misuse-kinds.ts';
import type { PromiseValue } from './promise.ts';

/** A promise that is tested as if it were its value. */
export async function conditionMisuse(
  expression: Node,
  promise: PromiseValue,
  ctx: RuleContext,
): Promise<Misuse | undefined> {
  if (promise.extent === 'some') {
    const { type } = promise;
    const isSame = type !== undefined && promise.isPromise && (await isTestOfMaybe(type, ctx.types));
    return isSame ? { key: 'maybe', severity: 'warning' } : undefined;
  }
  if (asksForThen(expression)) return undefined;
  if (promise.nullish || !(await isAlwaysThere(expression, ctx))) return undefined;
  return { key: 'condition' };
}

/** `!result || typeof result.then !== 'function'`: whoever asks for `then` beside it asks whether it is a promise. */
function asksForThen(expression: Node): boolean {
  const text = unwrap(expression).getText();
  let at = expression;
  while (
    isBinaryExpression(at.parent) ||
    isPrefixUnaryExpression(at.parent) ||
    at.parent.kind === SyntaxKind.ParenthesizedExpression
  )
    at = at.parent;
  return at.getText().replaceAll('?.', '.').includes(`typeof ${text}.then`);
}

/** Whether an expression of a promise's type is one, and not nothing: a check for nothing is legitimate. */
async function isAlwaysThere(expression: Node, ctx: RuleContext): Promise<boolean> {
  const at = unwrap(expression);
  // An element may be missing, whatever its type says, and an assertion may hide that a member is.
  if (isElementAccessExpression(at)) return false;
  if ((at !== expression || !ctx.types.checksNull) && isOptional(at)) return false;
  if (isPropertyAccessExpression(at) && isGivenElsewhere(at, ctx)) return false;
  if (!isIdentifier(at) && !isPropertyAccessExpression(at)) return isAlwaysGiven(at, ctx);
  const declarations = await ctx.types.declarationsOf(at);
  if (declarations.length === 0) return false;
  const isLater = (declaration: Node): boolean => {
    if (isVariableDeclaration(declaration)) {
      const { initializer, exclamationToken } = declaration;
      const isLoop = declaration.parent.parent.kind === SyntaxKind.ForOfStatement;
      return (
        exclamationToken !== undefined ||
        (initializer === undefined && !isLoop) ||
        (initializer !== undefined && isElementAccessExpression(unwrap(initializer)))
      );
    }
    if (isPropertyDeclaration(declaration)) return declaration.postfixToken?.kind === SyntaxKind.ExclamationToken;
    return declaration.kind === SyntaxKind.BindingElement || declaration.kind === SyntaxKind.BinaryExpression;
  };
  if (declarations.some(isLater)) return false;
  if (ctx.types.checksNull && !ctx.file.isJavaScript) return true;
  const initial = declarations.map((declaration) =>
    isVariableDeclaration(declaration) ? declaration.initializer : undefined,
  );
  const answers = await Promise.all(initial.map((value) => value !== undefined && isAlwaysGiven(unwrap(value), ctx)));
  return answers.every(Boolean);
}

/** Whether a value that is made here is a promise for sure. Without `strictNullChecks` a call's type hides that it may give nothing. */
async function isAlwaysGiven(value: Node, ctx: RuleContext): Promise<boolean> {
  if (!isCallExpression(value)) return !isIdentifier(value) && !isPropertyAccessExpression(value) && !isNothing(value);
  if (ctx.types.checksNull) return true;
  const functions = await ctx.types.functionsOf(value.expression);
  if (functions.length > 0) return functions.every(isAsyncFunction);
  return !looksUp.test(lastName(value.expression) ?? '');
}

const looksUp = /^(?:at|find|first|get|last|lookup|maybe|peek|pop|shift|try)/i;

/** `a?.b()` */
function isOptional(node: Node): boolean {
  const at = unwrap(node) as Node & { readonly questionDotToken?: Node; readonly expression?: Node };
  if (at.questionDotToken) return true;
  const isChain = isCallExpression(at) || isPropertyAccessExpression(at) || isElementAccessExpression(at);
  return isChain && at.expression !== undefined && isOptional(at.expression);
}

/** A member that the file gives a value or takes it away: it may be missing at times, whatever its type says. */
function isGivenElsewhere(access: Node, ctx: RuleContext): boolean {
  const text = access.getText().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?:^|[^\\w.])(?:delete\\s+${text}\\b|${text}\\s*(?:\\?\\?|\\|\\|)?=(?!=))`).test(ctx.file.text);
}
