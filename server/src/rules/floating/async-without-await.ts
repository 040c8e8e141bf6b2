import {
  type FunctionNode,
  hasModifier,
  isAsyncFunction,
  isBlock,
  isCallExpression,
  isClassDeclaration,
  isClassExpression,
  isExpressionStatement,
  isFunctionDeclaration,
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
  isVariableDeclaration,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
  wrapped,
} from '../../typescript/ast.ts';
import type { TypeView } from '../../typescript/oracle.ts';
import { suspends } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { startsPromises } from './async-without-await/starts-promises.ts';
import { callOf, memberUsesOf, usesOf } from './async-without-await/uses.ts';
import { withoutAsync } from './async-without-await/without-async.ts';

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
    'eslint/require-await',
    'typescript/require-await',
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
  if (!isAsyncFunction(fn) || isGenerator(fn) || suspends(fn)) return;
  if (ctx.file.isTest) return ctx.silent(fn, 'functions of tests are async by habit of their runner');
  if (isPlaceholder(fn)) return ctx.silent(fn, 'its body stands for work that is still to come');
  if (hasModifier(fn, SyntaxKind.Decorator) || isServerAction(fn, ctx))
    return ctx.silent(fn, 'a framework that calls it may ask for a promise');
  if (await isDeclaredAside(fn, ctx)) return ctx.silent(fn, 'an overload promises a promise to its callers');
  if (await returnsPromise(fn, ctx)) return ctx.silent(fn, 'it returns a promise, which `async` waits for');
  if (await isExpectedToBeAsync(fn, ctx))
    return ctx.silent(fn, 'whoever it is given to, or what it overrides, asks for a promise, or may do so');
  if (await startsPromises(fn, ctx))
    return ctx.silent(fn, 'a promise in it has no owner: an `await` may be missing, rather than `async` too much');
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

/** `get(id: string): Promise<User>;` above the function that does it: what callers see is said there. */
function isDeclaredAside(fn: FunctionNode, ctx: RuleContext): Promise<boolean> | false {
  const { name } = fn as { readonly name?: Node };
  if (!name || (!isMethodDeclaration(fn) && !isFunctionDeclaration(fn))) return false;
  const { members, statements } = fn.parent as {
    readonly members?: readonly Node[];
    readonly statements?: readonly Node[];
  };
  const siblings = (members ?? statements ?? []) as readonly (FunctionNode & { readonly name?: Node })[];
  const declared = siblings.flatMap(({ kind, name: other, body, type }) =>
    kind === fn.kind && !body && type && other?.getText() === name.getText() ? [type] : [],
  );
  return (
    declared.length > 0 && anyOf(declared.map(async (type) => (await ctx.types.thenability(type)).extent !== 'none'))
  );
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
  const { parent } = wrapped(fn);
  // The callee's type is not known.
  if (isCallExpression(parent) || parent.kind === SyntaxKind.NewExpression || parent.kind === SyntaxKind.JsxExpression)
    return unwrap((parent as Node & { readonly expression: Node }).expression) !== fn;
  if (isPropertyDeclaration(parent) || isPropertyAssignment(parent)) return isExpectedMember(parent, ctx);
  if (isVariableDeclaration(parent) && isIdentifier(parent.name)) return isUsedWhereAsyncIsExpected(parent.name, ctx);
  return false;
}

async function isExpectedMember(member: Node & { readonly name?: Node }, ctx: RuleContext): Promise<boolean> {
  const owner = member.parent;
  if (isObjectLiteralExpression(owner)) {
    const expected = await ctx.types.expectedType(owner);
    const name = (member.name as (Node & { readonly text?: string }) | undefined)?.text;
    // Whoever takes the object may ask for a promise.
    if (!expected || expected.isUnknown || name === undefined) return true;
    const members = await expected.unionMembers();
    const types = await Promise.all(members.map(async (each) => (await each.property(name)) ?? each.indexedType()));
    return anyOf(types.map((type) => type !== undefined && wantsPromise(type)));
  }
  // A protected member is there to be overridden, by one that may wait.
  if (hasModifier(member, SyntaxKind.OverrideKeyword) || hasModifier(member, SyntaxKind.ProtectedKeyword)) return true;
  if (!isClassDeclaration(owner) && !isClassExpression(owner)) return false;
  const bases = (owner.heritageClauses ?? []).flatMap((clause) => clause.types);
  const isOpen = bases.map(async (base) => {
    const type = await ctx.types.typeOf(base);
    return type.isUnknown || (await type.admitsAnything());
  });
  if (await anyOf(isOpen)) return true;
  const inherited = await ctx.types.inheritedTypes(member);
  if (await anyOf(inherited.map(({ type }) => wantsPromise(type)))) return true;
  return member.name !== undefined && isIdentifier(member.name) && isUsedWhereAsyncIsExpected(member.name, ctx);
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

/** Whether the function is handed on, in this file, to where a promise is asked for, or its result is. */
async function isUsedWhereAsyncIsExpected(name: Node & { readonly text: string }, ctx: RuleContext): Promise<boolean> {
  const isMember = !isVariableDeclaration(name.parent) && !isFunctionDeclaration(name.parent);
  return anyOf(
    (isMember ? memberUsesOf(name, ctx) : usesOf(name, ctx)).map(async (use) => {
      const call = callOf(use);
      const expected = await ctx.types.expectedType(call ?? use);
      if (!expected) return false;
      return call ? (await expected.thenability()).extent === 'all' : wantsPromise(expected);
    }),
  );
}

function nameOf(fn: FunctionNode): string | undefined {
  const { name } = fn as { readonly name?: Node };
  if (name) return name.getText();
  const { parent } = wrapped(fn);
  const isNamed = isVariableDeclaration(parent) || isPropertyAssignment(parent) || isPropertyDeclaration(parent);
  return isNamed && parent.name.getText().length <= 40 ? parent.name.getText() : undefined;
}
