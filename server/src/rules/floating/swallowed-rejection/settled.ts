import { settledFixes } from '../../../engine/rejection-fixes.ts';
import {
  type CallExpression,
  enclosingFunction,
  isArrayLiteralExpression,
  isArrowFunction,
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isElementAccessExpression,
  isExpressionStatement,
  isForOfStatement,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
  isVariableDeclarationList,
  lastName,
  type Node,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { chainCall, chainOf } from '../../../typescript/promise-syntax.ts';
import { identifiersIn } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';
import { isExplained } from './explained.ts';
import { dealsWithItsErrors, handlesItself } from './own-handling.ts';
import { harmlessBecause, startsElsewhere } from './work.ts';

/** `await Promise.allSettled(…)` whose result nobody uses, or of whose results `value` is read without a look at `status`. */
export function reportSettled(call: CallExpression, ctx: RuleContext): Promise<void> | undefined {
  const callee = call.expression;
  if (!isPropertyAccessExpression(callee) || callee.name.text !== 'allSettled') return undefined;
  if (!isIdentifier(callee.expression) || callee.expression.text !== 'Promise') return undefined;
  const owner = wrapped(call).parent;
  const link = isPropertyAccessExpression(owner) ? chainCall(owner.parent) : undefined;
  if (link?.method === 'then') {
    const callback = link.args[0] && unwrap(link.args[0]);
    const parameter = callback && isFunctionNode(callback) ? callback.parameters[0]?.name : undefined;
    if (parameter && isIdentifier(parameter)) reportUnchecked(parameter, ctx);
    return undefined;
  }
  if (!isAwaitExpression(owner)) return undefined;
  const user = wrapped(owner).parent;
  if (isExpressionStatement(user)) return reportIgnored(call, callee.name, ctx);
  if (isVariableDeclaration(user) && isIdentifier(user.name)) {
    if (usesOf(user.name).length === 0) return reportIgnored(call, callee.name, ctx);
    reportUnchecked(user.name, ctx);
  }
  return undefined;
}

async function reportIgnored(call: CallExpression, name: Node, ctx: RuleContext): Promise<void> {
  const input = call.arguments[0];
  if (!input || isExplained(call, call.end, ctx)) return;
  const { start } = chainOf(input);
  // A list that others hold: they wait for its promises too.
  if (startsElsewhere(start) && !isArrayLiteralExpression(start)) return ctx.silent(name, 'others hold these promises');
  const reason = harmlessBecause(call, call, ctx);
  if (reason !== undefined) return ctx.silent(name, reason);
  if ((await areGuarded(start, ctx)) || (await ctx.facts.noneRejects(input)))
    return ctx.silent(name, 'none of the promises ever rejects');
  ctx.report('ignoredResults', name, { fixes: () => settledFixes(call, name, ctx) });
}

/** `xs.map(async (x) => { try { … } catch … })`: each handles its own rejection. */
async function areGuarded(list: Node, ctx: RuleContext): Promise<boolean> {
  if (!isCallExpression(list)) return false;
  const callback = list.arguments[0] && unwrap(list.arguments[0]);
  if (lastName(list) !== 'map' || !callback || !isFunctionNode(callback)) return false;
  if (isArrowFunction(callback) && !isBlock(callback.body)) return dealsWithItsErrors(callback.body, ctx);
  return handlesItself(callback, ctx);
}

function reportUnchecked(results: Node & { readonly text: string }, ctx: RuleContext): void {
  const scope = enclosingFunction(results) ?? ctx.file.sourceFile;
  if (
    /\bstatus\b|\breason\b|[fF]ulfilled(?!Result)|[rR]ejected(?!Result)/.test(
      ctx.file.text.slice(results.end, scope.end),
    )
  )
    return;
  for (const use of usesOf(results)) {
    const value = valueReadFrom(use);
    if (!value) continue;
    ctx.report('uncheckedValue', value.name, { data: { name: shownValue(value) } });
    return;
  }
}

/** `result.value` of `(result as PromiseFulfilledResult<string>).value`. */
function shownValue({ expression }: Node & { readonly expression?: Node }): string {
  const base = expression ? unwrap(expression).getText().replaceAll(/\s+/g, ' ') : '';
  return base.length <= 24 ? `${base}.value` : 'value';
}

function usesOf(name: Node & { readonly text: string }): readonly Node[] {
  return identifiersIn(name.getSourceFile(), name.text).filter((use) => use !== name && declarationName(use) === name);
}

/** `results[0].value`, and `result.value` in a loop or a callback over the results. */
function valueReadFrom(results: Node): (Node & { readonly name: Node }) | undefined {
  const owner = wrapped(results).parent;
  if (isElementAccessExpression(owner)) return valueOf(owner);
  if (isForOfStatement(owner) && isVariableDeclarationList(owner.initializer)) {
    const name = owner.initializer.declarations[0]?.name;
    return name && isIdentifier(name) ? firstValue(name) : undefined;
  }
  if (!isPropertyAccessExpression(owner) || !isCallExpression(owner.parent)) return undefined;
  if (!/^(?:map|flatMap|forEach|reduce|reduceRight)$/.test(owner.name.text)) return undefined;
  const callback = owner.parent.arguments[0] && unwrap(owner.parent.arguments[0]);
  const position = owner.name.text.startsWith('reduce') ? 1 : 0;
  const name = callback && isFunctionNode(callback) ? callback.parameters[position]?.name : undefined;
  return name && isIdentifier(name) ? firstValue(name) : undefined;
}

function firstValue(name: Node & { readonly text: string }): (Node & { readonly name: Node }) | undefined {
  for (const use of usesOf(name)) {
    const value = valueOf(use);
    if (value) return value;
  }
  return undefined;
}

function valueOf(node: Node): (Node & { readonly name: Node }) | undefined {
  const owner = wrapped(node).parent;
  return isPropertyAccessExpression(owner) && owner.name.text === 'value' ? owner : undefined;
}
