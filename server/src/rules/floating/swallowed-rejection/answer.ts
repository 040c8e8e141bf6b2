import { isNoop, workKind } from '../../../knowledge/best-effort.ts';
import {
  type Block,
  enclosingFunction,
  isArrayLiteralExpression,
  isArrowFunction,
  isAwaitExpression,
  isBlock,
  isBreakStatement,
  isCatchClause,
  isContinueStatement,
  isExpressionStatement,
  isFunctionExpression,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isNumericLiteral,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isStringLiteral,
  isTryStatement,
  isVariableDeclaration,
  isVoidExpression,
  lastName,
  type Node,
  NodeFlags,
  SyntaxKind,
  unwrap,
  walkBody,
  wrapped,
} from '../../../typescript/ast.ts';
import type { TypeView } from '../../../typescript/oracle.ts';
import { isNothing, nextLink } from '../../../typescript/promise-syntax.ts';
import type { RuleContext } from '../../define.ts';

/** What code that catches an error gives instead of it. */
export type Answer =
  | { readonly kind: 'empty' }
  /** Goes on, or returns nothing. */
  | { readonly kind: 'nothing' }
  /** A constant that looks like the result of success. */
  | { readonly kind: 'default' }
  /** A named function, which may be an empty one. */
  | { readonly kind: 'unknown'; isEmpty(ctx: RuleContext): Promise<boolean> };

/** Undefined where the handler does something, or gives an answer that says that the work has failed. */
export function answerOfHandler(handler: Node): Answer | undefined {
  const fn = unwrap(handler);
  if (isArrowFunction(fn) && !isBlock(fn.body)) return answerOfValue(fn.body);
  if (isArrowFunction(fn) || isFunctionExpression(fn))
    return fn.asteriskToken ? undefined : answerOfBlock(fn.body as Block);
  const isName = (isIdentifier(fn) && !isNothing(fn)) || isPropertyAccessExpression(fn);
  return isName ? { kind: 'unknown', isEmpty: (ctx) => doesNothing(fn, ctx) } : undefined;
}

/** As `answerOfHandler`, for the block of a `catch`. */
export function answerOfBlock({ statements }: Block): Answer | undefined {
  const [only, ...others] = statements;
  if (!only) return { kind: 'empty' };
  if (others.length > 0) return undefined;
  if (isContinueStatement(only) || isBreakStatement(only)) return { kind: 'nothing' };
  if (!isReturnStatement(only)) return undefined;
  if (!only.expression) return { kind: 'nothing' };
  if (isOnlyTrue(only)) return undefined;
  return isAnswerOfSuccess(only) ? { kind: 'default' } : answerOfValue(only.expression);
}

/** `try { …; return false; } catch { return true; }`: where all that goes well gives `false`, `true` tells of the failure. */
function isOnlyTrue({ expression, parent }: Node & { readonly expression?: Node }): boolean {
  const statement = parent.parent.parent;
  if (expression?.kind !== SyntaxKind.TrueKeyword || !isTryStatement(statement)) return false;
  const fn = enclosingFunction(statement);
  if (!fn?.body) return false;
  const others: (Node | undefined)[] = [];
  walkBody(fn.body, (node) => {
    if (isFunctionNode(node) || isCatchClause(node)) return false;
    if (isReturnStatement(node)) others.push(node.expression);
    return true;
  });
  return others.length > 0 && others.every((other) => other?.kind === SyntaxKind.FalseKeyword);
}

/** `try { await save(order); } catch { return order; } return order;`: the very same answer as if all had gone well. */
function isAnswerOfSuccess({ expression, parent }: Node & { readonly expression?: Node }): boolean {
  const statement = parent.parent.parent;
  const value = expression && unwrap(expression);
  if (!value || !isTryStatement(statement) || !(isIdentifier(value) || isPropertyAccessExpression(value))) return false;
  const { statements = [] } = statement.parent as { readonly statements?: readonly Node[] };
  const behind = statements[statements.indexOf(statement) + 1];
  return [behind, statement.tryBlock.statements.at(-1)].some(
    (other) => other && isReturnStatement(other) && other.expression?.getText() === value.getText(),
  );
}

function answerOfValue(expression: Node): Answer | undefined {
  const value = unwrap(expression);
  if (isNothing(value)) return { kind: 'nothing' };
  // `false`, `-1`, a text or an object with members tells the caller what has happened.
  const isEmptyList = isArrayLiteralExpression(value) && value.elements.length === 0;
  const isEmptyObject = isObjectLiteralExpression(value) && value.properties.length === 0;
  const isEmptyText = isStringLiteral(value) && value.text === '';
  const isCollection = isNewExpression(value) && (value.arguments ?? []).length === 0;
  const isDefault =
    isEmptyList ||
    isEmptyObject ||
    isEmptyText ||
    isCollection ||
    isNumericLiteral(value) ||
    value.kind === SyntaxKind.TrueKeyword;
  return isDefault ? { kind: 'default' } : undefined;
}

async function doesNothing(name: Node, { types }: RuleContext): Promise<boolean> {
  const [functions, declarations] = await Promise.all([types.functionsOf(name), types.declarationsOf(name)]);
  // A variable may be set to something else before it is called.
  const isFixed = declarations.every((at) => !isVariableDeclaration(at) || (at.parent.flags & NodeFlags.Const) !== 0);
  if (!isFixed) return false;
  if (functions.length > 0)
    return functions.every(
      ({ body }) => body !== undefined && isBlock(body) && body.statements.length === 0 && body.getText().length <= 4,
    );
  return isNoop(await types.origins(name));
}

/**
 * Whether an answer hides that the work has failed: `true` for one that looks like success, `false` where the error
 * simply ends, undefined where somebody can tell or where nothing was changed.
 */
export async function hidesFailure(
  answer: Answer,
  at: Node,
  work: Node,
  promises: readonly TypeView[],
): Promise<boolean | undefined> {
  const isHandler = at.kind === SyntaxKind.CallExpression;
  if (isHandler && isDropped(at)) return false;
  const isEmpty = answer.kind === 'empty' || answer.kind === 'unknown';
  if (isEmpty && !isHandler) return false;
  const givesNothing = isHandler && (await areAllEmpty(promises));
  if (isEmpty && givesNothing) return false;
  if (workKind(lastName(work) ?? '') !== 'change') return undefined;
  // Where the work gives something, whoever uses that sees that there is nothing.
  const isForEffect = isHandler ? givesNothing : isStatement(work);
  return isForEffect && (isHandler || answer.kind === 'default' || isBareExit(at)) ? true : undefined;
}

/** Whether promises give nothing when all goes well. */
async function areAllEmpty(promises: readonly TypeView[]): Promise<boolean> {
  const values = await Promise.all(promises.map(async (promise) => (await promise.typeArguments())[0]));
  return values.length > 0 && values.every((value) => value?.isNullish === true);
}

/** Whether the value of an awaited call is not used. */
function isStatement(work: Node): boolean {
  const awaited = wrapped(work).parent;
  return isAwaitExpression(awaited) && isExpressionStatement(wrapped(awaited).parent);
}

/** `return;`, `continue` and `break`, which success may end in as well. */
function isBareExit(clause: Node): boolean {
  const { block } = clause as Node & { readonly block: Block };
  const [only] = block.statements;
  return only !== undefined && !(isReturnStatement(only) && only.expression);
}

/** Whether nobody takes the value of a handled promise. */
function isDropped(call: Node): boolean {
  const next = nextLink(call);
  if (next?.method === 'finally') return isDropped(next.call);
  if (next?.method === 'then') {
    const callback = next.args[0] && unwrap(next.args[0]);
    return callback !== undefined && isFunctionNode(callback) && callback.parameters.length === 0;
  }
  const owner = wrapped(call).parent;
  if (isVoidExpression(owner) || isAwaitExpression(owner)) return isExpressionStatement(wrapped(owner).parent);
  return isExpressionStatement(owner);
}
