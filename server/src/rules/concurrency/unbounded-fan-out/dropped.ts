import {
  type CallExpression,
  isAwaitExpression,
  isBlock,
  isBreakStatement,
  isCallExpression,
  isExpressionStatement,
  isFunctionNode,
  isReturnStatement,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
} from '../../../typescript/ast.ts';
import { chainOf } from '../../../typescript/promise-syntax.ts';

/** `for (const url of urls) fetch(url).catch(log);`: the call that every round starts and nobody waits for. */
export function droppedWork(loop: { readonly statement: Node }): CallExpression | undefined {
  const { statement } = loop;
  const statements = isBlock(statement) ? statement.statements : [statement];
  if (statements.some(paces)) return undefined;
  for (const one of statements) {
    const work = isExpressionStatement(one) ? startedIn(unwrap(one.expression)) : undefined;
    if (work) return work;
  }
  return undefined;
}

/** Whether a round waits for something, or may be the last one. */
function paces(statement: Node): boolean {
  let found = false;
  walkBody(statement, (node) => {
    found ||= isAwaitExpression(node) || isBreakStatement(node) || isReturnStatement(node);
    return !found && !isFunctionNode(node);
  });
  return found;
}

function startedIn(expression: Node): CallExpression | undefined {
  const isVoid = expression.kind === SyntaxKind.VoidExpression;
  const { start, links } = chainOf(
    isVoid ? (expression as Node & { readonly expression: Node }).expression : expression,
  );
  const call = unwrap(start);
  return isCallExpression(call) && (isVoid || links.length > 0) ? call : undefined;
}
