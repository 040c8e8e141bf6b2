import { returnedExpressions } from '../../../facts/promises/outcome.ts';
import { risksOf } from '../../../facts/rejection/risks.ts';
import {
  type FunctionNode,
  isAsyncFunction,
  isCallExpression,
  isClassLikeDeclaration,
  isMethodDeclaration,
  isPropertyAccessExpression,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import { chainCall, chainOf, handlesRejection } from '../../../typescript/promise-syntax.ts';
import type { RuleContext } from '../../define.ts';

/**
 * Whether a called function of the project deals with the errors of its work in a `catch` of its own. What may still
 * come out of it is an error of that handling, or one that has been dealt with before it was thrown again.
 */
export async function dealsWithItsErrors(work: Node, ctx: RuleContext, depth = deepest): Promise<boolean> {
  const call = unwrap(work);
  if (depth === 0 || !isCallExpression(call)) return false;
  const known = await ctx.types.functionsOf(call.expression);
  const functions = known.length > 0 ? known : ownMethods(call.expression);
  if (functions.length === 0) return false;
  return (await Promise.all(functions.map((fn) => handlesItself(fn, ctx, depth)))).every(Boolean);
}

/** As `dealsWithItsErrors`, of one function. */
export async function handlesItself(fn: FunctionNode, ctx: RuleContext, depth = deepest): Promise<boolean> {
  if (!isAsyncFunction(fn)) return false;
  const risks = risksOf(fn).filter(({ isHandling }) => !isHandling);
  // A plain call or a member that might throw is no work that fails.
  if (risks.some(({ kind }) => kind === 'throw' || kind === 'wait')) return false;
  const returned = returnedExpressions(fn).filter((value) => isCallExpression(unwrap(value)));
  const verdicts = await Promise.all(
    [...risks.filter(({ kind }) => kind === 'await').map(({ node }) => node), ...returned].map(async (node) => {
      if ((await ctx.types.thenability(node)).extent === 'none') return true;
      const { start, links } = chainOf(node);
      if (links.some(handlesRejection)) return true;
      if (await ctx.facts.neverRejects(node)) return true;
      return !chainCall(node) && dealsWithItsErrors(start, ctx, depth - 1);
    }),
  );
  return verdicts.every(Boolean);
}

/** Whether a call only hands out a promise that somebody keeps, as `ready()` does of `this.promise`: who keeps it hears of its rejection. */
export async function handsOutKept(work: Node, ctx: RuleContext): Promise<boolean> {
  const call = unwrap(work);
  if (!isCallExpression(call)) return false;
  const known = await ctx.types.functionsOf(call.expression);
  const functions = known.length > 0 ? known : ownMethods(call.expression);
  return (
    functions.length > 0 &&
    functions.every((fn) => {
      const returned = returnedExpressions(fn);
      return (
        !isAsyncFunction(fn) &&
        returned.length > 0 &&
        returned.every((value) => isPropertyAccessExpression(unwrap(value)))
      );
    })
  );
}

/** `this.load()`, by its name in the class around it: JavaScript is not always understood by the compiler. */
function ownMethods(callee: Node): readonly FunctionNode[] {
  const member = unwrap(callee);
  if (!isPropertyAccessExpression(member) || member.expression.kind !== SyntaxKind.ThisKeyword) return [];
  let at: Node = member;
  while (at.parent && !isClassLikeDeclaration(at)) at = at.parent;
  if (!isClassLikeDeclaration(at)) return [];
  return at.members.filter(isMethodDeclaration).filter(({ name }) => name.getText() === member.name.getText());
}

/** How many calls deep. */
const deepest = 3;
