import type { TextEdit } from '../../../model/finding.ts';
import {
  type FunctionNode,
  hasModifier,
  isArrowFunction,
  isAwaitExpression,
  isCallExpression,
  isExpressionStatement,
  isFunctionDeclaration,
  isFunctionExpression,
  isFunctionNode,
  isIdentifier,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
  walkBody,
  wrapped,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';
import { isCallee, usesOf } from './uses.ts';

/**
 * Takes `async` and a written `Promise<…>` away, and the `await` from the calls of a function that only this file uses.
 * @returns undefined where somebody may depend on the promise
 */
export async function withoutAsync(fn: FunctionNode, ctx: RuleContext): Promise<readonly TextEdit[] | undefined> {
  const dropped = ctx.fix.dropAsync(fn);
  const callers = dropped && (await awaitsOfCallers(fn, ctx));
  return callers && [...dropped, ...callers];
}

/** The removals of `await` before every call. Undefined where the function is visible elsewhere or its promise is used in another way. */
async function awaitsOfCallers(fn: FunctionNode, ctx: RuleContext): Promise<readonly TextEdit[] | undefined> {
  if (isArrowFunction(fn) || isFunctionExpression(fn)) {
    const { parent } = wrapped(fn);
    if (isCallExpression(parent) && parent.expression !== fn) return [];
    if (!isVariableDeclaration(parent) || !isIdentifier(parent.name) || parent.type || isExported(parent.parent.parent))
      return undefined;
    return awaitsOf(parent.name, ctx);
  }
  if (!isFunctionDeclaration(fn) || !fn.name || isExported(fn)) return undefined;
  return awaitsOf(fn.name, ctx);
}

function isExported(node: Node): boolean {
  return hasModifier(node, SyntaxKind.ExportKeyword);
}

async function awaitsOf(
  name: Node & { readonly text: string },
  ctx: RuleContext,
): Promise<readonly TextEdit[] | undefined> {
  const declared = await ctx.types.symbolOf(name);
  const edits: TextEdit[] = [];
  for (const use of usesOf(name, ctx)) {
    if ((await ctx.types.symbolOf(use))?.id !== declared?.id) continue;
    if (!isCallee(use)) return undefined;
    const call = use.parent;
    const { parent } = wrapped(call);
    if (isExpressionStatement(parent)) continue;
    if (!isAwaitExpression(parent)) return undefined;
    if (!callerStillSuspends(parent)) return undefined;
    edits.push(...ctx.fix.removeAwait(parent));
  }
  return edits;
}

/** Without this `await`, the caller should not become the next function that waits for nothing. */
function callerStillSuspends(removed: Node): boolean {
  let at: Node | undefined = removed.parent;
  while (at && !isFunctionNode(at)) at = at.parent;
  if (!at || !isFunctionNode(at) || !at.body) return true;
  let others = 0;
  walkBody(at.body, (node) => {
    if (node.kind === SyntaxKind.AwaitExpression && node !== removed) others++;
    return !isFunctionNode(node);
  });
  return others > 0;
}
