import type { TextEdit } from '../../model/finding.ts';
import {
  type FunctionNode,
  hasModifier,
  isArrowFunction,
  isAsyncFunction,
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isClassDeclaration,
  isClassExpression,
  isExpressionStatement,
  isFunctionDeclaration,
  isFunctionExpression,
  isFunctionNode,
  isGenerator,
  isIdentifier,
  isMethodDeclaration,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isReturnStatement,
  isStringLiteral,
  isThrowStatement,
  isTypeReferenceNode,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
} from '../../typescript/ast.ts';
import { withoutAwait } from '../../typescript/await-removal.ts';
import type { TypeView } from '../../typescript/oracle.ts';
import { suspends } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';

export const asyncWithoutAwait = defineRule({
  id: 'async-without-await',
  family: 'floating',
  principle: 1,
  summary: 'An async function that never waits for anything',
  preset: 'strict',
  severity: 'information',
  since: '0.1.0',
  equivalents: [
    '@typescript-eslint/require-await',
    'require-await',
    'oxlint:require-await',
    'oxlint:typescript/require-await',
    'biome:useAwait',
  ],
  options: {},
  messages: {
    named: {
      text: '`{name}` is async but never waits for anything',
      why: 'Its callers have to await a value that is there at once, and what it throws reaches them as a rejection.',
      help: 'Remove `async`, or add the `await` that is missing.',
    },
    anonymous: {
      text: 'This async function never waits for anything',
      why: 'Whoever calls it has to await a value that is there at once, and what it throws becomes a rejection.',
      help: 'Remove `async`, or add the `await` that is missing.',
    },
  },
  on: {
    FunctionDeclaration: check,
    FunctionExpression: check,
    ArrowFunction: check,
    MethodDeclaration: check,
  },
});

async function check(fn: FunctionNode, ctx: RuleContext): Promise<void> {
  // Tests are async by habit of their runner, and generators because of how they are consumed.
  if (!isAsyncFunction(fn) || isGenerator(fn) || ctx.file.isTest || isPlaceholder(fn) || suspends(fn)) return;
  if (hasModifier(fn, SyntaxKind.Decorator) || isServerAction(fn, ctx)) return;
  if (await returnsPromise(fn, ctx)) return;
  if (await isExpectedToBeAsync(fn, ctx)) return;
  const name = nameOf(fn);
  const keyword = fn.modifiers?.find((modifier) => modifier.kind === SyntaxKind.AsyncKeyword);
  ctx.report(name === undefined ? 'anonymous' : 'named', keyword ?? fn, {
    data: { name: name ?? '' },
    fixes: async () => {
      const edits = await withoutAsync(fn, ctx);
      return [edits && ctx.fix.choice('Remove `async`', edits)];
    },
  });
}

/** An empty body, or one that only throws "not implemented", stands for work that is still to come. */
function isPlaceholder({ body }: FunctionNode): boolean {
  if (!body) return true;
  if (!isBlock(body)) return false;
  const [first] = body.statements;
  return first === undefined || (body.statements.length === 1 && isThrowStatement(first));
}

/** Server actions have to be async, whatever they do. */
function isServerAction({ body }: FunctionNode, ctx: RuleContext): boolean {
  return (
    isDirective(ctx.file.sourceFile.statements[0]) ||
    (body !== undefined && isBlock(body) && isDirective(body.statements[0]))
  );
}

function isDirective(statement: Node | undefined): boolean {
  return (
    statement !== undefined &&
    isExpressionStatement(statement) &&
    isStringLiteral(statement.expression) &&
    statement.expression.text === 'use server'
  );
}

/** A returned promise, or a value that may be one, is waited for by `async` itself. */
async function returnsPromise({ body }: FunctionNode, ctx: RuleContext): Promise<boolean> {
  const returned: Node[] = [];
  if (body && !isBlock(body)) returned.push(body);
  else if (body) {
    walkBody(body, (node) => {
      if (isReturnStatement(node) && node.expression) returned.push(node.expression);
      return !isFunctionNode(node);
    });
  }
  const answers = await Promise.all(returned.map((value) => ctx.types.thenability(value)));
  return answers.some(({ extent }) => extent !== 'none');
}

/** Whether what is around the function asks for one that returns a promise, or may do so. */
async function isExpectedToBeAsync(fn: FunctionNode, ctx: RuleContext): Promise<boolean> {
  if (isMethodDeclaration(fn)) return isExpectedMember(fn, ctx);
  if (isFunctionDeclaration(fn)) return fn.name !== undefined && isUsedWhereAsyncIsExpected(fn.name, ctx);
  const expected = await ctx.types.expectedType(fn);
  if (expected) return wantsPromise(expected);
  const { parent } = outermost(fn);
  // The callee's type is not known.
  if (isCallExpression(parent) || parent.kind === SyntaxKind.NewExpression || parent.kind === SyntaxKind.JsxExpression)
    return unwrap((parent as Node & { readonly expression: Node }).expression) !== fn;
  if (isPropertyDeclaration(parent)) return isExpectedMember(parent, ctx);
  if (isVariableDeclaration(parent) && isIdentifier(parent.name)) return isUsedWhereAsyncIsExpected(parent.name, ctx);
  return false;
}

function outermost(node: Node): Node {
  let at = node;
  while (at.parent && unwrap(at.parent) === node) at = at.parent;
  return at;
}

async function isExpectedMember(member: Node & { readonly name?: Node }, ctx: RuleContext): Promise<boolean> {
  const owner = member.parent;
  if (isObjectLiteralExpression(owner)) {
    const expected = await ctx.types.expectedType(owner);
    const name = (member.name as (Node & { readonly text?: string }) | undefined)?.text;
    if (!expected) return isCallExpression(outermost(owner).parent);
    if (expected.isUnknown || name === undefined) return true;
    const types = await Promise.all((await expected.unionMembers()).map((each) => each.property(name)));
    return anyOf(types.map((type) => type !== undefined && wantsPromise(type)));
  }
  if (hasModifier(member, SyntaxKind.OverrideKeyword)) return true;
  if (!isClassDeclaration(owner) && !isClassExpression(owner)) return false;
  const bases = (owner.heritageClauses ?? []).flatMap((clause) => clause.types);
  const isOpen = bases.map(async (base) => {
    const type = await ctx.types.typeOf(base);
    return type.isUnknown || (await type.admitsAnything());
  });
  if (await anyOf(isOpen)) return true;
  const inherited = await ctx.types.inheritedTypes(member);
  return anyOf(inherited.map(({ type }) => wantsPromise(type)));
}

/** Whether a function of this type may be asked for a promise: some signature returns one, or something unknown. */
async function wantsPromise(type: TypeView): Promise<boolean> {
  if (type.isUnknown) return true;
  const members = await type.unionMembers();
  const returned = (await Promise.all(members.map((member) => member.returnTypes()))).flat();
  return anyOf(returned.map(async (each) => (await each.thenability()).extent !== 'none'));
}

async function anyOf(answers: readonly (boolean | Promise<boolean>)[]): Promise<boolean> {
  return (await Promise.all(answers)).includes(true);
}

/** Whether the function is handed on, in this file, to where a promise is asked for. */
async function isUsedWhereAsyncIsExpected(name: Node & { readonly text: string }, ctx: RuleContext): Promise<boolean> {
  const handedOn = usesOf(name, ctx).filter((use) => !isCallee(use));
  return anyOf(
    handedOn.map(async (use) => {
      const expected = await ctx.types.expectedType(use);
      return expected !== undefined && wantsPromise(expected);
    }),
  );
}

/** The identifiers of the same text in the file, apart from the declaration, member names and property keys. */
function usesOf(name: Node & { readonly text: string }, ctx: RuleContext): readonly Node[] {
  const found: Node[] = [];
  if (ctx.file.text.split(name.text).length <= 2) return found;
  const enter = (node: Node): void => {
    if (isIdentifier(node) && node.text === name.text && node !== name && !isMemberName(node)) found.push(node);
    node.forEachChild(enter);
  };
  enter(ctx.file.sourceFile);
  return found;
}

function isMemberName(node: Node): boolean {
  const { parent } = node;
  if (parent.kind === SyntaxKind.PropertyAccessExpression)
    return (parent as Node & { readonly name: Node }).name === node;
  return isPropertyAssignment(parent) && parent.name === node;
}

function isCallee(use: Node): boolean {
  const { parent } = use;
  return isCallExpression(parent) && parent.expression === use;
}

function nameOf(fn: FunctionNode): string | undefined {
  const { name } = fn as { readonly name?: Node };
  if (name) return name.getText();
  const { parent } = outermost(fn);
  const isNamed = isVariableDeclaration(parent) || isPropertyAssignment(parent) || isPropertyDeclaration(parent);
  return isNamed && parent.name.getText().length <= 40 ? parent.name.getText() : undefined;
}

/**
 * Takes `async` and a written `Promise<…>` away, and the `await` from the calls of a function that only this file uses.
 * @returns undefined where somebody may depend on the promise
 */
async function withoutAsync(fn: FunctionNode, ctx: RuleContext): Promise<readonly TextEdit[] | undefined> {
  const keyword = fn.modifiers?.find((modifier) => modifier.kind === SyntaxKind.AsyncKeyword);
  const type = unwrappedReturnType(fn, ctx);
  if (!keyword || type === undefined) return undefined;
  const callers = await awaitsOfCallers(fn, ctx);
  if (!callers) return undefined;
  const space = /^[ \t]*/.exec(ctx.file.text.slice(keyword.end))?.[0].length ?? 0;
  return [ctx.fix.remove({ start: keyword.getStart(), end: keyword.end + space }), ...type, ...callers];
}

/** The edit that makes `Promise<T>` a `T`; none where nothing is written, undefined where another name is. */
function unwrappedReturnType(fn: FunctionNode, ctx: RuleContext): readonly TextEdit[] | undefined {
  if (!fn.type) return [];
  const [argument] =
    isTypeReferenceNode(fn.type) && fn.type.typeName.getText() === 'Promise' ? (fn.type.typeArguments ?? []) : [];
  if (!argument) return undefined;
  return [
    ctx.fix.remove({ start: fn.type.getStart(), end: argument.getStart() }),
    ctx.fix.remove({ start: argument.end, end: fn.type.end }),
  ];
}

/** The removals of `await` before every call. Undefined where the function is visible elsewhere or its promise is used in another way. */
async function awaitsOfCallers(fn: FunctionNode, ctx: RuleContext): Promise<readonly TextEdit[] | undefined> {
  if (isArrowFunction(fn) || isFunctionExpression(fn)) {
    const { parent } = outermost(fn);
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
    const { parent } = outermost(call);
    if (isExpressionStatement(parent)) continue;
    if (!isAwaitExpression(parent)) return undefined;
    const removal = withoutAwait(parent, ctx.fix);
    if (!removal || !callerStillSuspends(parent)) return undefined;
    edits.push(...removal);
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
