import { shortName } from '../../facts/promises/dropped-name.ts';
import {
  isComputedPropertyName,
  isFunctionNode,
  isIdentifier,
  isJsxExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  type MethodDeclaration,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import type { TypeView } from '../../typescript/oracle.ts';
import { isUsing } from '../../typescript/promise-syntax.ts';
import { after } from '../../typescript/soon.ts';
import { defineRule } from '../define.ts';
import { together } from '../together.ts';
import { checkArguments } from './async-callback-ignored/arguments.ts';
import {
  alternatives,
  type Callback,
  givesPromise,
  mayGivePromise,
  promiseCallback,
  promiseIn,
} from './async-callback-ignored/callback.ts';
import { expectsNothing } from './async-callback-ignored/expectation.ts';
import { checkMember, checkObjectMethod } from './async-callback-ignored/members.ts';
import { type Context, messages, options } from './async-callback-ignored/messages.ts';
import { reportUnlessGuarded } from './async-callback-ignored/report.ts';

/** An async function given to a caller that has no use for its promise. */
export const asyncCallbackIgnored = defineRule({
  id: 'async-callback-ignored',
  family: 'floating',
  principle: 1,
  summary: 'An async function is called by someone who ignores its promise',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [
    '@typescript-eslint/no-misused-promises',
    '@typescript-eslint/strict-void-return',
    'biome:noMisusedPromises',
  ],
  options,
  messages,
  on: {
    CallExpression: (call, ctx) => checkArguments(call, call.arguments, ctx),
    NewExpression(call, ctx) {
      // The executor of a promise has a rule of its own.
      if (isIdentifier(call.expression) && call.expression.text === 'Promise') return;
      return checkArguments(call, call.arguments ?? [], ctx);
    },
    async JsxAttribute(attribute, ctx) {
      const { initializer, name } = attribute;
      if (!initializer || !isJsxExpression(initializer) || !initializer.expression) return;
      const event = name.getText();
      const isNative = /^[a-z]/.test(
        (attribute.parent.parent as unknown as { readonly tagName: Node }).tagName.getText(),
      );
      await checkPlace(initializer.expression, ctx, async (callback, expected) => {
        if (expected?.isUnknown !== false) {
          if (isNative && /^on[A-Z]/.test(event) && callback.functions.length > 0)
            await reportUnlessGuarded('listener', callback, { event }, ctx);
        } else if (await expectsNothing([expected])) await reportUnlessGuarded('listener', callback, { event }, ctx);
      });
    },
    PropertyAssignment(property, ctx) {
      if (!isComputedPropertyName(property.name))
        return checkAssigned(property.initializer, property.name.getText(), ctx);
    },
    ShorthandPropertyAssignment: (property, ctx) => checkAssigned(property.name, property.name.getText(), ctx),
    VariableDeclaration({ initializer, name, parent, type }, ctx) {
      if (!initializer) return;
      if (isUsing(parent)) return checkDisposal(initializer, ctx);
      if (!type) return;
      const isDisposable = /Disposable/.test(type.getText());
      return together([
        checkAssigned(initializer, name.getText(), ctx),
        isDisposable ? checkDisposalOf(initializer, name, ctx) : undefined,
      ]);
    },
    BinaryExpression(assignment, ctx) {
      if (!assignmentOperators.has(assignment.operatorToken.kind)) return;
      const target = unwrap(assignment.left);
      const name = shortName(target);
      return checkPlace(assignment.right, ctx, async (callback, expected) => {
        if (expected && !expected.isUnknown && (await expectsNothing([expected])))
          await reportUnlessGuarded('assigned', callback, { name }, ctx);
        else if (isPropertyAccessExpression(target) && (await isEventProperty(target.name, expected, ctx))) {
          await reportUnlessGuarded('listener', callback, { event: target.name.text }, ctx);
        }
      });
    },
    ReturnStatement(statement, ctx) {
      if (statement.expression) return checkReturned(statement.expression, ctx);
    },
    ArrowFunction(fn, ctx) {
      if (fn.body.kind !== SyntaxKind.Block) return checkReturned(fn.body, ctx);
    },
    ArrayLiteralExpression(list, ctx) {
      // Names in lists are many and seldom functions; what is written in place is looked at.
      return together(list.elements.filter(isFunctionNode).map((element) => checkReturned(element, ctx)));
    },
    MethodDeclaration(method, ctx) {
      if (isDisposeMethod(method.name)) return checkDisposeMethod(method, ctx);
      if (isComputedPropertyName(method.name)) return;
      return isObjectLiteralExpression(method.parent) ? checkObjectMethod(method, ctx) : checkMember(method, ctx);
    },
    PropertyDeclaration(property, ctx) {
      const { initializer, name, type } = property;
      return together([
        checkMember(property, ctx),
        initializer && type ? checkAssigned(initializer, name.getText(), ctx) : undefined,
      ]);
    },
    GetAccessor: checkMember,
    InterfaceDeclaration({ heritageClauses, members }, ctx) {
      if (heritageClauses) return together(members.map((member) => checkMember(member, ctx)));
    },
  },
});

const assignmentOperators = new Set<SyntaxKind>([
  SyntaxKind.EqualsToken,
  SyntaxKind.BarBarEqualsToken,
  SyntaxKind.AmpersandAmpersandEqualsToken,
  SyntaxKind.QuestionQuestionEqualsToken,
]);

/** Asks what the place of an expression expects, for each function that gives a promise and may stand there. */
function checkPlace(
  place: Node,
  ctx: Context,
  judge: (callback: Callback, expected: TypeView | undefined) => Promise<void>,
): Promise<void> | undefined {
  const check = async (expression: Node): Promise<void> => {
    const callback = await promiseCallback(expression, ctx);
    if (callback) await judge(callback, await ctx.types.expectedType(expression));
  };
  return together(
    alternatives(place).map((expression) =>
      after(mayGivePromise(expression, ctx), (may) => (may ? check(expression) : undefined)),
    ),
  );
}

function checkAssigned(value: Node, name: string, ctx: Context): Promise<void> | undefined {
  return checkPlace(value, ctx, async (callback, expected) => {
    if (expected && !expected.isUnknown && (await expectsNothing([expected])))
      await reportUnlessGuarded('assigned', callback, { name }, ctx);
    else if (expected) ctx.silent(callback.node, () => `\`${name}\` may hold a function that gives a promise`);
  });
}

function checkReturned(value: Node, ctx: Context): Promise<void> | undefined {
  return checkPlace(value, ctx, async (callback, expected) => {
    if (expected && !expected.isUnknown && (await expectsNothing([expected])))
      await reportUnlessGuarded('returned', callback, {}, ctx);
    else if (expected) ctx.silent(callback.node, 'whoever gets it may take a function that gives a promise');
  });
}

/** `element.onclick = …`: the page's own event properties, whose type returns any. */
async function isEventProperty(
  name: Node & { readonly text: string },
  expected: TypeView | undefined,
  ctx: Context,
): Promise<boolean> {
  if (!/^on[a-z]+$/.test(name.text)) return false;
  if (!expected || expected.isUnknown) return true;
  return (await ctx.types.symbolOf(name))?.declaredIn?.from === 'lib';
}

function isDisposeMethod(name: Node): boolean {
  return isComputedPropertyName(name) && name.expression.getText() === 'Symbol.dispose';
}

async function checkDisposeMethod(method: MethodDeclaration, ctx: Context): Promise<void> {
  const where = await promiseIn(method, ctx);
  if (where) ctx.report('disposal', where);
}

async function checkDisposal(initializer: Node, ctx: Context): Promise<void> {
  const dispose = await (await ctx.types.typeOf(initializer)).wellKnown('dispose');
  if (dispose && (await givesPromise(dispose, ctx))) ctx.report('disposal', initializer);
}

async function checkDisposalOf(initializer: Node, name: Node, ctx: Context): Promise<void> {
  const declared = await (await ctx.types.typeOf(name)).wellKnown('dispose');
  if (declared && (await expectsNothing([declared]))) await checkDisposal(initializer, ctx);
}
