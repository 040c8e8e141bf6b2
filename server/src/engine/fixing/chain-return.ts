import type { RuleContext } from '../../rules/define.ts';
import {
  isArrowFunction,
  isAsyncFunction,
  isBlock,
  isExpressionStatement,
  isFunctionExpression,
  isFunctionNode,
  isGenerator,
  isReturnStatement,
  type Node,
  unwrap,
  walkBody,
  wrapped,
} from '../../typescript/ast.ts';
import { type ChainCall, chainCall, nextLink } from '../../typescript/promise-syntax.ts';

/** The link of a chain whose callback ends with a statement that consists of `node`, and returns nothing. */
export function linkEndingWith(node: Node): ChainCall | undefined {
  const statement = wrapped(node).parent;
  const block = statement && isExpressionStatement(statement) ? statement.parent : undefined;
  if (!block || !isBlock(block) || block.statements.at(-1) !== statement) return undefined;
  const fn = block.parent;
  if (!(isArrowFunction(fn) || isFunctionExpression(fn)) || isAsyncFunction(fn) || isGenerator(fn)) return undefined;
  let returns = false;
  walkBody(block, (at) => {
    if (isReturnStatement(at)) returns = true;
    return !returns && !isFunctionNode(at);
  });
  const link = returns ? undefined : chainCall(wrapped(fn).parent ?? fn);
  return link && link.method !== 'finally' && link.args.some((argument) => unwrap(argument) === fn) ? link : undefined;
}

/** Whether somebody waits for what a link gives: the next link, `await`, `return`, an argument, a variable. */
export function isLinkWaitedFor({ call }: ChainCall): boolean {
  return nextLink(call) !== undefined || !isExpressionStatement(wrapped(call).parent);
}

/** Whether a callback may return a promise instead of nothing without a complaint from the types around its chain. */
export async function mayReturn(
  node: Node,
  { call }: ChainCall,
  { file, types }: Pick<RuleContext, 'file' | 'types'>,
): Promise<boolean> {
  if (file.isJavaScript || isExpressionStatement(wrapped(call).parent)) return true;
  const next = nextLink(call);
  const after = next?.method === 'then' && next.args[0] ? unwrap(next.args[0]) : undefined;
  if (after && isFunctionNode(after) && after.parameters.length === 0) return true;
  const { thenables } = await types.thenability(node);
  const awaited = (await Promise.all(thenables.map((type) => type.typeArguments()))).map(([first]) => first);
  return awaited.length > 0 && awaited.every((type) => type?.isNullish === true);
}
