/** Whether a function gives what it makes to its caller for good, or lends something that it keeps. */
import {
  type FunctionNode,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isNewExpression,
  isReturnStatement,
  isVariableDeclaration,
  isWithin,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { referencesTo } from '../../typescript/references.ts';
import { returnedExpressions } from '../promises/outcome.ts';
import { useOf } from './held-values.ts';

const deepest = 2;

/**
 * Whether everything that a function returns may be its caller's: made in this call and stored nowhere.
 * A field, a variable from outside, an element of a collection, and what is put into one of these stay with their owner.
 */
export async function givesAway(fn: FunctionNode, types: Oracle, depth = 0): Promise<boolean> {
  const answers = await Promise.all(returnedExpressions(fn).map((value) => isFresh(unwrap(value), fn, types, depth)));
  return !answers.includes(false);
}

async function isFresh(value: Node, fn: FunctionNode, types: Oracle, depth: number): Promise<boolean> {
  if (isAwaitExpression(value)) return isFresh(unwrap(value.expression), fn, types, depth);
  if (isConditionalExpression(value))
    return (
      (await isFresh(unwrap(value.whenTrue), fn, types, depth)) && isFresh(unwrap(value.whenFalse), fn, types, depth)
    );
  if (isBinaryExpression(value)) {
    if (value.operatorToken.kind === SyntaxKind.EqualsToken || isCompound(value.operatorToken.kind)) return false;
    return (await isFresh(unwrap(value.left), fn, types, depth)) && isFresh(unwrap(value.right), fn, types, depth);
  }
  if (isIdentifier(value)) return isFreshVariable(value, fn, types, depth);
  if (isNewExpression(value)) return true;
  if (!isCallExpression(value)) return value.kind !== SyntaxKind.PropertyAccessExpression;
  if (looking.has(lastName(value.expression) ?? '')) return false;
  if (depth >= deepest) return true;
  const functions = await types.functionsOf(value.expression);
  const answers = await Promise.all(functions.map((called) => givesAway(called, types, depth + 1)));
  return !answers.includes(false);
}

/** A variable of the function itself that goes nowhere but to the caller. */
async function isFreshVariable(value: Node, fn: FunctionNode, types: Oracle, depth: number): Promise<boolean> {
  const declared = isIdentifier(value) ? declarationName(value) : undefined;
  if (!declared) return true;
  if (!isWithin(declared, fn) || declared.parent.kind === SyntaxKind.Parameter) return false;
  const isStored = referencesTo(declared).some((use) => useOf(use).kind === 'escape' && !isReturned(use));
  if (isStored) return false;
  const { initializer } = isVariableDeclaration(declared.parent) ? declared.parent : {};
  return initializer === undefined || isFresh(unwrap(initializer), fn, types, depth);
}

function isCompound(kind: SyntaxKind): boolean {
  return kind === SyntaxKind.QuestionQuestionEqualsToken || kind === SyntaxKind.BarBarEqualsToken;
}

function isReturned(use: Node): boolean {
  const { parent } = wrapped(use);
  return isReturnStatement(parent) || (isAwaitExpression(parent) && isReturnStatement(wrapped(parent).parent));
}

/** Methods that give what a collection holds. */
const looking = new Set(['get', 'at', 'find', 'values']);
