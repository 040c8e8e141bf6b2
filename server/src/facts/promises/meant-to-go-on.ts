import {
  isArrowFunction,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isForOfStatement,
  isFunctionNode,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
} from '../../typescript/ast.ts';
import { chainCall } from '../../typescript/promise-syntax.ts';

/** `(async () => { while (true) { const next = await queue.take(); … } })()`: a task of its own, which has no end to wait for. */
export function isLoopOnTheSpot(promise: Node): boolean {
  const call = unwrap(promise);
  const fn = isCallExpression(call) ? unwrap(call.expression) : undefined;
  if (!fn || !isFunctionNode(fn) || !fn.body) return false;
  let found = false;
  walkBody(fn.body, (node) => {
    found ||= isEndless(node) || (isForOfStatement(node) && node.awaitModifier !== undefined);
    return !found;
  });
  return found;
}

/** `while (true)` and `for (;;)`. */
function isEndless(node: Node): boolean {
  if (node.kind === SyntaxKind.WhileStatement)
    return unwrap((node as Node & { readonly expression: Node }).expression).kind === SyntaxKind.TrueKeyword;
  return (
    node.kind === SyntaxKind.ForStatement && (node as Node & { readonly condition?: Node }).condition === undefined
  );
}

/** `shutDown().finally(() => process.exit(1))`: the program has ended before anybody could miss the rejection. */
export function endsProgram(promise: Node): boolean {
  const call = unwrap(promise);
  const link = isCallExpression(call) ? chainCall(call) : undefined;
  const callback = link?.call === call && link.method === 'finally' && link.args[0] ? unwrap(link.args[0]) : undefined;
  if (!callback || !isArrowFunction(callback)) return false;
  const { body } = callback;
  const last = isBlock(body) ? body.statements.at(-1) : body;
  const ended = last && isExpressionStatement(last) ? last.expression : last;
  return ended !== undefined && isCallExpression(ended) && ended.expression.getText() === 'process.exit';
}
