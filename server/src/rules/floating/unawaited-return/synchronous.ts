import { allBodies } from '../../../facts/implementations.ts';
import { namingSpan, shortName } from '../../../facts/promises/dropped-name.ts';
import {
  type CallExpression,
  type FunctionNode,
  hasModifier,
  isAsyncFunction,
  isCallExpression,
  isFunctionNode,
  isGenerator,
  isIdentifier,
  isMethodSignatureDeclaration,
  isPropertySignatureDeclaration,
  isThrowStatement,
  type Node,
  type ReturnStatement,
  SyntaxKind,
  type TryStatement,
  unwrap,
  walkBody,
} from '../../../typescript/ast.ts';
import { chainOf, handlesRejection } from '../../../typescript/promise-syntax.ts';
import type { RuleContext } from '../../define.ts';
import { type Cover, relatedTo } from './cover.ts';

/**
 * In a function that is not async, a `catch` may well be there for what is thrown synchronously. It is pointless only where
 * nothing but the promise can fail, and the promise comes from something that never throws itself.
 */
export async function reportSynchronous(
  statement: ReturnStatement,
  fn: FunctionNode,
  { catches }: Cover,
  ctx: RuleContext,
): Promise<void> {
  const returned = statement.expression;
  if (!catches?.catchClause || !returned || onlyRethrows(catches)) return;
  const { start, links } = chainOf(returned);
  if (!isCallExpression(start) || links.some(handlesRejection)) return;
  const calls = links.map(({ call }) => call);
  if (mayThrowBesides(catches.tryBlock, start, calls))
    return ctx.silent(returned, 'the `catch` may be there for something else in its `try` that throws');
  if (!(await isPromise(returned, ctx))) return;
  if (!(await rejectsInsteadOfThrowing(start, ctx)))
    return ctx.silent(returned, () => `\`${shortName(start)}\` may throw at once, which this \`catch\` does see`);
  if (await ctx.facts.neverRejects(returned))
    return ctx.silent(returned, () => `\`${shortName(returned)}\` never rejects`);
  ctx.report('neverCaught', namingSpan(start), {
    data: { name: shortName(start) },
    related: relatedTo('neverCaught', { catches, cleans: undefined, using: undefined }, ctx),
    fixes: () => {
      const makeAsync = ctx.fix.makeAsync(fn);
      return [
        makeAsync &&
          ctx.fix.choice('Make the function async and await the promise', makeAsync, ctx.fix.awaiting(returned)),
      ];
    },
  });
}

/** Async functions of the project, `import()`, and what the language and packages declare to return a promise. */
async function rejectsInsteadOfThrowing(call: CallExpression, ctx: RuleContext): Promise<boolean> {
  if (call.expression.kind === SyntaxKind.ImportKeyword) return true;
  const called = await ctx.facts.calledFunctions(call);
  const all = called.every(rejectsOnly) ? await allBodies(call.expression, ctx.types) : called;
  if (all) return all.every(rejectsOnly);
  if (called.length > 0) return false;
  const symbol = await ctx.types.symbolOf(call.expression);
  if (symbol?.declaredIn !== undefined && symbol.declaredIn.from !== 'project') return true;
  // A member of an interface that is declared to give a promise reports its failures through it.
  const declarations = await ctx.types.declarationsOf(call.expression);
  return declarations.length > 0 && declarations.every(isDeclaredMember);
}

function isDeclaredMember(declaration: Node): boolean {
  const isSignature = isMethodSignatureDeclaration(declaration) || isPropertySignatureDeclaration(declaration);
  return isSignature || hasModifier(declaration, SyntaxKind.AbstractKeyword);
}

function rejectsOnly(fn: FunctionNode): boolean {
  return isAsyncFunction(fn) && !isGenerator(fn);
}

/** Whether anything in the block but the call itself, and the links of its chain, can throw. */
function mayThrowBesides(block: Node, call: Node, links: readonly Node[]): boolean {
  let found = false;
  walkBody(block, (node) => {
    if (isFunctionNode(node)) return false;
    switch (node.kind) {
      case SyntaxKind.CallExpression:
      case SyntaxKind.NewExpression:
      case SyntaxKind.TaggedTemplateExpression:
      case SyntaxKind.ThrowStatement:
      case SyntaxKind.SpreadElement:
      case SyntaxKind.SpreadAssignment:
      case SyntaxKind.ForOfStatement:
      case SyntaxKind.NonNullExpression:
      case SyntaxKind.ObjectBindingPattern:
      case SyntaxKind.ArrayBindingPattern:
        found ||= node !== call && !links.includes(node);
        return !found;
      default:
        return !found;
    }
  });
  return found;
}

/** A `catch` that passes the same error on handles nothing, so nothing is missed. */
export function onlyRethrows({ catchClause }: TryStatement): boolean {
  const [first] = catchClause?.block.statements ?? [];
  const name = catchClause?.variableDeclaration?.name;
  return (
    first !== undefined &&
    isThrowStatement(first) &&
    name !== undefined &&
    isIdentifier(name) &&
    first.expression.getText() === name.text
  );
}

/** Where the type is unknown, definitions in the project decide. */
export async function isPromise(node: Node, ctx: RuleContext): Promise<boolean> {
  const { extent } = await ctx.types.thenability(node);
  if (extent === 'all' || extent === 'some') return true;
  const call = unwrap(node);
  return extent === 'unknown' && isCallExpression(call) && (await ctx.facts.outcomeOf(call)) === 'promise';
}

/** Thenables that need nobody to handle them, such as the reply of Fastify, which every handler may return. */
export async function isOfSafeType(node: Node, { types, knowledge }: RuleContext): Promise<boolean> {
  const { extent, thenables } = await types.thenability(node);
  if (extent !== 'all' && extent !== 'some') return false;
  const verdicts = await Promise.all(
    thenables.map(async (thenable) => {
      if (await thenable.propertySymbol('__linterBrands')) return true;
      const declared = [await thenable.declaredIn(), ...(await thenable.heritage())];
      return declared.some((place) => place !== undefined && knowledge.promises.isSafePromise(place));
    }),
  );
  return verdicts.length > 0 && verdicts.every(Boolean);
}
