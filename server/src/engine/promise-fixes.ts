import type { Dropped } from '../facts/promises/dropped.ts';
import { shortName } from '../facts/promises/dropped-name.ts';
import type { Fix } from '../model/finding.ts';
import type { RuleContext } from '../rules/define.ts';
import {
  awaitIsAllowed,
  enclosingFunction,
  type FunctionNode,
  isArrowFunction,
  isAsyncFunction,
  isAwaitExpression,
  isCallExpression,
  isExportSpecifier,
  isExpressionStatement,
  isFunctionDeclaration,
  isFunctionExpression,
  isGenerator,
  isIdentifier,
  isMethodDeclaration,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isReturnStatement,
  isVariableDeclaration,
  isVoidExpression,
  lastName,
  type Node,
  NodeFlags,
  unwrap,
  walkBody,
  wrapped,
} from '../typescript/ast.ts';
import { identifiersIn } from '../typescript/references.ts';
import type { TypeView } from '../typescript/type-view.ts';
import { isLinkWaitedFor, linkEndingWith, mayReturn } from './fixing/chain-return.ts';

type FixTools = Pick<RuleContext, 'file' | 'types' | 'facts' | 'fix'>;

export interface DropFixOptions {
  /** Whether `void` counts as a decision, so that it mends the finding. */
  readonly allowVoid: boolean;
  /** Whether there is a rejection to handle. */
  readonly mayReject: boolean;
}

/** The ways to mend a dropped promise, the usual one first. */
export async function dropFixes(
  dropped: Dropped,
  { allowVoid, mayReject }: DropFixOptions,
  ctx: FixTools,
): Promise<readonly (Fix | undefined)[]> {
  const { node, kind } = dropped;
  if (kind === 'generator') return [];
  if (kind === 'list' || kind === 'awaitedList') return [waitForAll(dropped, ctx)];
  const link = kind === 'promise' ? linkEndingWith(node) : undefined;
  const isAwaitedHere = link !== undefined && isLinkWaitedFor(link);
  return [
    link && isAwaitedHere && (await mayReturn(node, link, ctx))
      ? ctx.fix.choice(`Return \`${shortName(node)}\``, ctx.fix.before(node, 'return '))
      : undefined,
    await awaitFix(node, ctx),
    // A rejection that is handled in a link leaves the next link not waiting.
    mayReject && kind !== 'assertion' && !dropped.isTested && !isAwaitedHere
      ? await handleFix(dropped, ctx)
      : undefined,
    allowVoid && kind !== 'rethrown' && lastName(node) !== 'finally' && kind !== 'assertion' && !dropped.isTested
      ? voidFix(node, ctx)
      : undefined,
  ];
}

/** Awaits an expression where it stands, after making the function around it async if nothing forbids that. */
export async function awaitFix(node: Node, ctx: FixTools): Promise<Fix | undefined> {
  const name = shortName(node);
  if (awaitIsAllowed(node, ctx.file.allowsTopLevelAwait))
    return ctx.fix.choice(`Await \`${name}\``, ctx.fix.awaiting(node));
  const fn = enclosingFunction(node);
  if (!fn || !(await canBecomeAsync(fn, ctx)) || (await dropsOther(fn, node, ctx))) return undefined;
  const makeAsync = ctx.fix.makeAsync(fn);
  const title = `Make ${functionName(fn)} async and await \`${name}\``;
  return makeAsync && ctx.fix.choice(title, makeAsync, ctx.fix.awaiting(node));
}

function waitForAll({ node, kind }: Dropped, ctx: FixTools): Fix | undefined {
  if (!awaitIsAllowed(node, ctx.file.allowsTopLevelAwait)) return undefined;
  const list = kind === 'awaitedList' && isAwaitExpression(node) ? node.expression : node;
  const start = list === node ? 'await Promise.all(' : 'Promise.all(';
  return ctx.fix.choice(
    `Wait for all of \`${shortName(list)}\``,
    ctx.fix.before(list, start),
    ctx.fix.after(list, ')'),
  );
}

function voidFix(node: Node, ctx: FixTools): Fix {
  const title = `Mark as deliberate: \`void ${shortName(node)}\``;
  return needsParentheses(node)
    ? ctx.fix.choice(title, ctx.fix.before(node, 'void ('), ctx.fix.after(node, ')'))
    : ctx.fix.choice(title, ctx.fix.before(node, 'void '));
}

/** What binds weaker than a unary operator. */
function needsParentheses(node: Node): boolean {
  return !isCallExpression(node) && unwrap(node) !== node ? true : /^yield\b/.test(node.getText());
}

async function handleFix({ node, kind }: Dropped, ctx: FixTools): Promise<Fix | undefined> {
  if (!isCallExpression(node) && !isIdentifier(node) && !isPropertyAccessExpression(node)) return undefined;
  if (kind === 'deafHandler') return handlerInstead(node, ctx);
  const { thenables, extent, nullish } = await ctx.types.thenability(node);
  const catches = await Promise.all(thenables.map((type) => type.propertySymbol('catch')));
  if (catches.includes(undefined)) return undefined;
  const title = `Log the rejection of \`${shortName(node)}\``;
  const isChained = (node.flags & NodeFlags.OptionalChain) !== 0;
  // `void | Promise<void>` has no `catch` of its own.
  if (extent === 'some' || (nullish && !(isChained && (await givesPromiseOnly(node, ctx)))))
    return ctx.fix.choice(
      title,
      ctx.fix.before(node, 'Promise.resolve('),
      ctx.fix.after(node, ').catch(console.error)'),
    );
  return ctx.fix.choice(title, ctx.fix.after(node, '.catch(console.error)'));
}

/** Whether what an optional call gives is nothing only where its chain ends early: `store?.save()`, and not `void | Promise<void>`. */
async function givesPromiseOnly(node: Node, { types }: FixTools): Promise<boolean> {
  if (!isCallExpression(node)) return false;
  const callees = await (await types.typeOf(node.expression)).unionMembers();
  const returned = (await Promise.all(callees.map((callee) => callee.returnTypes()))).flat();
  const answers = await Promise.all(returned.map((type) => type.thenability()));
  return answers.length > 0 && answers.every(({ extent, nullish }) => extent === 'all' && !nullish);
}

/** Puts a handler where something else was given, before any `finally`. */
function handlerInstead(node: Node, ctx: FixTools): Fix | undefined {
  if (!isCallExpression(node)) return undefined;
  const callee = unwrap(node.expression);
  if (isPropertyAccessExpression(callee) && callee.name.text === 'finally')
    return handlerInstead(unwrap(callee.expression), ctx);
  const handler = node.arguments.at(-1);
  const title = 'Log the rejection instead';
  if (handler) return ctx.fix.choice(title, ctx.fix.replace(handler, 'console.error'));
  return ctx.fix.choice(title, ctx.fix.insert(node.end - 1, 'console.error'));
}

/** Whether making a function async mends something: its callers and its place must take a promise, and nobody may drop it in turn. */
async function canBecomeAsync(fn: FunctionNode, ctx: FixTools): Promise<boolean> {
  if (isAsyncFunction(fn) || isGenerator(fn)) return false;
  if (isArrowFunction(fn) || isFunctionExpression(fn)) {
    const expected = await ctx.types.expectedType(fn);
    if (expected && !expected.isUnknown) {
      // A handler of `then` may also be null.
      const members = await expected.unionMembers();
      return givesOrTakesPromise((await Promise.all(members.map((member) => member.returnTypes()))).flat());
    }
    const owner = wrapped(fn).parent;
    if (
      expected ||
      !owner ||
      !(isVariableDeclaration(owner) || isPropertyDeclaration(owner)) ||
      !isIdentifier(owner.name)
    )
      return false;
    return (await returnsNothing(fn, ctx)) && !isDroppedByCallers(owner.name, ctx);
  }
  if (isMethodDeclaration(fn)) {
    if (isObjectLiteralExpression(fn.parent)) {
      const expected = await (await ctx.types.expectedType(fn.parent))?.property(fn.name.getText());
      if (expected && !expected.isUnknown) return givesOrTakesPromise(await expected.returnTypes());
    }
    for (const { type } of await ctx.types.inheritedTypes(fn))
      if (!(await givesOrTakesPromise(await type.returnTypes()))) return false;
    return isIdentifier(fn.name) && (await returnsNothing(fn, ctx)) && !isDroppedByCallers(fn.name, ctx);
  }
  if (!isFunctionDeclaration(fn)) return false;
  return (await returnsNothing(fn, ctx)) && !(fn.name && isDroppedByCallers(fn.name, ctx));
}

/** Whether a function leaves another promise that never rejects: in an async function that would be a finding. */
async function dropsOther(fn: FunctionNode, node: Node, { types, facts }: FixTools): Promise<boolean> {
  const others: Node[] = [];
  if (!fn.body) return false;
  walkBody(fn.body, (at) => {
    if (isExpressionStatement(at) && unwrap(at.expression) !== unwrap(node)) others.push(at.expression);
  });
  const answers = await Promise.all(
    others.map(async (other) => (await types.thenability(other)).extent !== 'none' && facts.neverRejects(other)),
  );
  return answers.includes(true);
}

async function givesOrTakesPromise(returnTypes: readonly TypeView[]): Promise<boolean> {
  const answers = await Promise.all(returnTypes.map((type) => type.thenability()));
  return answers.some(({ extent }) => extent === 'all' || extent === 'some');
}

async function returnsNothing(fn: FunctionNode, ctx: FixTools): Promise<boolean> {
  return (await ctx.types.returnTypeOf(fn)).isNullish;
}

/** Whether the name is used in this file other than by calls that are awaited, returned or marked: then the promise would be dropped there. */
function isDroppedByCallers(name: Node & { readonly text: string }, { file }: FixTools): boolean {
  return identifiersIn(file.sourceFile, name.text).some(
    (use) => use !== name && !isExportSpecifier(use.parent) && !isOwnedCall(use),
  );
}

function isOwnedCall(name: Node): boolean {
  const callee = isPropertyAccessExpression(name.parent) && name.parent.name === name ? name.parent : name;
  const call = callee.parent;
  if (!call || !isCallExpression(call) || call.expression !== callee) return false;
  const owner = wrapped(call).parent;
  return owner !== undefined && (isAwaitExpression(owner) || isReturnStatement(owner) || isVoidExpression(owner));
}

function functionName(fn: FunctionNode): string {
  const own = (fn as { readonly name?: Node }).name;
  if (own) return `\`${own.getText()}\``;
  const owner = wrapped(fn).parent as (Node & { readonly name?: Node }) | undefined;
  return owner && (isVariableDeclaration(owner) || isPropertyDeclaration(owner))
    ? `\`${owner.name.getText()}\``
    : 'this function';
}
