/** What a loop does in a round in which nothing is there for it to do. */
import { looksIntoCollection, type OutsideEnd } from '../../../facts/loop-exits.ts';
import {
  type CallExpression,
  type FunctionNode,
  isBlock,
  isCallExpression,
  isIdentifier,
  isIfStatement,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isReturnStatement,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
} from '../../../typescript/ast.ts';
import { identifiersIn } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';

/** The calls that are made although every list is empty: without the conditions, the taking, and what is done with what was taken. */
export function callsOfIdleRound(
  calls: readonly CallExpression[],
  { flags, asked }: OutsideEnd,
): readonly CallExpression[] {
  const isEnd = (list: Node): boolean => flags.some((flag) => flag.getText().startsWith(list.getText()));
  return calls.filter((call) => {
    const taken = takenFrom(call) ?? takenFrom(unwrap(call.expression));
    if (taken) return isEnd(taken);
    return !asked.includes(call) && !isForTaken(call);
  });
}

/** The list of `list.shift()`. */
function takenFrom(node: Node): Node | undefined {
  const callee = isCallExpression(node) && node.arguments.length === 0 ? unwrap(node.expression) : undefined;
  if (!callee || !isPropertyAccessExpression(callee)) return undefined;
  return takes.has(callee.name.text) ? callee.expression : undefined;
}

const takes = new Set(['shift', 'pop']);

/** Whether a call stands in a branch that asks for what was taken. */
function isForTaken(call: CallExpression): boolean {
  for (let at: Node = call; at.parent; at = at.parent) {
    const { parent } = at;
    if (isIfStatement(parent) && parent.thenStatement === at && asksForTaken(parent.expression)) return true;
    if (isBlock(parent) && parent.parent && !isIfStatement(parent.parent)) return false;
  }
  return false;
}

/** `item`, `item !== undefined`: a test that an empty list fails. */
function asksForTaken(condition: Node): boolean {
  const at = unwrap(condition);
  const { left, operatorToken } = at as { readonly left?: Node; readonly operatorToken?: Node };
  const isUnequal =
    operatorToken?.kind === SyntaxKind.ExclamationEqualsEqualsToken ||
    operatorToken?.kind === SyntaxKind.ExclamationEqualsToken;
  const name = isUnequal && left ? unwrap(left) : at;
  if (!isIdentifier(name)) return false;
  return identifiersIn(name.getSourceFile(), name.text).some(
    ({ parent }) => isVariableDeclaration(parent) && parent.initializer && takenFrom(unwrap(parent.initializer)),
  );
}

/** Whether a call in a condition does no more than look: a predicate that was given, or a function that gives a name's value. */
export async function isLook(call: CallExpression, ctx: RuleContext): Promise<boolean> {
  if (call.arguments.length > 0) return looksIntoCollection(call, ctx.types);
  const callee = unwrap(call.expression);
  const [declaration] = isIdentifier(callee) ? await ctx.types.declarationsOf(callee) : [];
  if (declaration && isParameterDeclaration(declaration)) return true;
  const functions = await ctx.types.functionsOf(callee);
  return functions.length > 0 && functions.every(onlyLooks);
}

function onlyLooks({ body }: FunctionNode): boolean {
  const only = body && isBlock(body) && body.statements.length === 1 ? body.statements[0] : body;
  const value = only && isReturnStatement(only) ? only.expression : only;
  if (!value || isBlock(value)) return false;
  let isPlain = true;
  walkBody(value, (node) => {
    const { operator } = node as Node & { readonly operator?: SyntaxKind };
    isPlain &&= !isCallExpression(node) && !changes.has(node.kind) && !(operator && changes.has(operator));
    return isPlain;
  });
  return isPlain;
}

const changes = new Set([
  SyntaxKind.NewExpression,
  SyntaxKind.PostfixUnaryExpression,
  SyntaxKind.DeleteExpression,
  SyntaxKind.AwaitExpression,
  SyntaxKind.EqualsToken,
  SyntaxKind.PlusEqualsToken,
  SyntaxKind.MinusEqualsToken,
  SyntaxKind.PlusPlusToken,
  SyntaxKind.MinusMinusToken,
]);
