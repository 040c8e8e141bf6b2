/** Waits for work that all who come meanwhile wait for too: its promise is kept in the turn in which somebody looked for it. */
import type { FlowGraph, Step } from '../../flow/graph.ts';
import { canReachInSameTurn } from '../../flow/reach.ts';
import {
  type FunctionNode,
  isAwaitExpression,
  isBinaryExpression,
  isIdentifier,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { accessesOf } from './accesses.ts';
import { isShared, placeOf } from './places.ts';
import { stepsOfAccess } from './steps.ts';

/**
 * `await (this.loading ??= load())`, and `let work = running.get(key); if (!work) running.set(key, (work = load(key))); await work;`:
 * all who come wait for the same work, and go on one after the other with the same result.
 */
export function waitsForSharedWork(fn: FunctionNode, graph: FlowGraph, { node }: Step): boolean {
  if (!isAwaitExpression(node)) return false;
  const operand = unwrap(node.expression);
  if (isBinaryExpression(operand)) return operand.operatorToken.kind === SyntaxKind.QuestionQuestionEqualsToken;
  const kept = isIdentifier(operand) ? (initializerOf(operand) ?? operand) : operand;
  const place = placeOf(kept, fn);
  if (!place || !isShared(place) || place.kind === 'parameter') return false;
  const accesses = accessesOf(fn).filter((access) => access.place.key === place.key);
  const looks = accesses.filter(({ access }) => access === 'read').flatMap((read) => stepsOfAccess(read, graph));
  return accesses.some(
    ({ access, how, value, ...write }) =>
      access === 'write' &&
      (how === 'assign' || how === 'method') &&
      value !== undefined &&
      !isAwaitExpression(unwrap(value)) &&
      canReachInSameTurn(looks, stepsOfAccess({ access, how, value, ...write }, graph)),
  );
}

function initializerOf(name: Node & { readonly text: string }): Node | undefined {
  const variable = isIdentifier(name) ? declarationName(name)?.parent : undefined;
  return variable && isVariableDeclaration(variable) ? variable.initializer : undefined;
}
