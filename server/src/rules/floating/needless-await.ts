import { flag } from '../../model/rule.ts';
import {
  type AwaitExpression,
  type CallExpression,
  type ForOfStatement,
  isArrayLiteralExpression,
  isAwaitExpression,
  isCallExpression,
  isConstructorDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isNumericLiteral,
  isSpreadElement,
  type Node,
  SyntaxKind,
  unwrap,
  type VariableDeclarationList,
} from '../../typescript/ast.ts';
import { withoutAwait, withoutAwaitModifier } from '../../typescript/await-removal.ts';
import type { TypeView } from '../../typescript/oracle.ts';
import { awaitKeyword, headOf, isAwaitUsing, isNothing, memberOf, nameOf } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';

const options = {
  allowMixedPromiseArrays: flag(
    true,
    'Allow arrays that hold promises and plain values side by side in `Promise.all` and its kin.',
  ),
  checkVoidCallbacks: flag(
    false,
    'Report `await` of a `void` callback or interface method too, although an async function may stand behind it.',
  ),
} as const;

type Context = RuleContext<string, typeof options>;

export const needlessAwait = defineRule({
  id: 'needless-await',
  family: 'floating',
  principle: 1,
  summary: 'Something is awaited that can never be a promise',
  preset: 'recommended',
  severity: 'information',
  since: '0.1.0',
  equivalents: [
    '@typescript-eslint/await-thenable',
    'oxlint:typescript/await-thenable',
    'biome:useAwaitThenable',
    'biome:noUselessAwait',
    'unicorn/no-unnecessary-await',
    'unicorn/no-single-promise-in-promise-methods',
    'unicorn/no-await-in-promise-methods',
    'biome:noAwaitInPromiseMethods',
    'biome:noSinglePromiseInPromiseMethods',
  ],
  options,
  messages: {
    plainValue: {
      text: '`{name}` is never a promise: there is nothing to await',
      why: 'The value is there already. The `await` only gives other tasks a turn, and makes the line look asynchronous.',
      help: 'Remove `await`.',
    },
    uncalled: {
      text: '`{name}` is a function that is not called: `await` does not wait for its work',
      why: 'Awaiting a function gives the function back at once; the work that it stands for is not even started.',
      help: 'Call it.',
    },
    plainIteration: {
      text: '`for await` over `{name}`, which holds no promises',
      why: 'The values are there already. Every round gives other tasks a turn for nothing.',
      help: 'Use a plain `for…of` loop.',
    },
    plainDisposal: {
      text: '`await using` of `{name}`, which is disposed synchronously',
      why: 'The value has no `[Symbol.asyncDispose]`: there is no disposal to wait for.',
      help: 'Use a plain `using` declaration.',
    },
    plainElement: {
      text: '`{name}` is never a promise: `Promise.{method}` has nothing to wait for',
      why: 'The value is there already, so it takes no part in the waiting.',
      help: 'Leave it out of the array, or check whether a call is missing.',
    },
    arrayInArray: {
      text: '`{name}` is an array inside the array: `Promise.{method}` does not wait for what it holds',
      why: '`Promise.{method}` looks at the elements of its own array only. The promises in the inner array are not awaited, and nobody sees them reject.',
      help: 'Spread the inner array, or pass it by itself.',
    },
    singleElement: {
      text: '`Promise.{method}` of a single promise',
      why: 'There is nothing to combine.',
      help: 'Await the promise itself.',
    },
    awaitedElement: {
      text: '`await` inside the array: the calls run one after another before `Promise.{method}` begins',
      why: 'Each element is awaited before the next one is even started, so nothing overlaps.',
      help: 'Remove the `await` inside the array.',
    },
  },
  on: {
    async AwaitExpression(node, ctx) {
      await reportAwait(node, ctx);
    },
    async ForOfStatement(node, ctx) {
      if (node.awaitModifier) await reportIteration(node, ctx);
    },
    async VariableDeclarationList(node, ctx) {
      if (isAwaitUsing(node)) await reportDisposal(node, ctx);
    },
    async CallExpression(node, ctx) {
      await reportCombination(node, ctx);
    },
  },
});

async function reportAwait(node: AwaitExpression, ctx: Context): Promise<void> {
  const operand = unwrap(node.expression);
  if (isDeliberateYield(operand) || ctx.file.isJavaScript) return;
  const type = await ctx.types.typeOf(node.expression);
  if (!(await isNeverPromise(type)) || (await mayBePromiseAfterAll(operand, type, ctx))) return;
  const isUncalled = (await type.isCallable()) && !isCallExpression(operand);
  ctx.report(isUncalled && (await returnsPromise(type)) ? 'uncalled' : 'plainValue', awaitKeyword(node), {
    data: { name: nameOf(node.expression) },
    ...(isUncalled && { severity: 'warning' }),
    fixes: () => {
      const edits = withoutAwait(node, ctx.fix);
      return [
        isUncalled
          ? ctx.fix.choice(`Call it: \`${nameOf(node.expression)}()\``, ctx.fix.after(node.expression, '()'))
          : undefined,
        edits && ctx.fix.choice('Remove `await`', edits),
      ];
    },
  });
}

/** `await null`, `await 0`, `await undefined` and `await void 0` are written to give other tasks a turn. */
function isDeliberateYield(operand: Node): boolean {
  return (
    isNothing(operand) ||
    isNumericLiteral(operand) ||
    operand.kind === SyntaxKind.TrueKeyword ||
    operand.kind === SyntaxKind.FalseKeyword
  );
}

async function isNeverPromise(type: TypeView): Promise<boolean> {
  const { extent } = await type.thenability();
  return extent === 'none' && !(await isOpenEnded(type));
}

/** Types that say so little that a promise fits them, and classes whose base is not known. */
async function isOpenEnded(type: TypeView): Promise<boolean> {
  const members = await type.unionMembers();
  return (await Promise.all(members.map((member) => member.admitsAnything()))).includes(true);
}

/** Where the type says no and the program may still say yes. */
async function mayBePromiseAfterAll(operand: Node, type: TypeView, ctx: Context): Promise<boolean> {
  if (isCallExpression(operand))
    return (await hasVoid(type)) && !ctx.options.checkVoidCallbacks && !(await isFixedFunction(operand, ctx));
  // A variable that is assigned in a callback is narrowed to its first value, `undefined`, although it holds a promise by now.
  if (isIdentifier(operand) && (type.isNullish || type.isNever)) return !(await isDeclaredPlain(operand, ctx));
  return false;
}

async function hasVoid(type: TypeView): Promise<boolean> {
  return (await type.unionMembers()).some((member) => member.isVoid);
}

async function isDeclaredPlain(name: Node, ctx: Context): Promise<boolean> {
  const declarations = await ctx.types.declarationsOf(name);
  const types = await Promise.all(
    declarations.map((declaration) => ctx.types.typeOf((declaration as { readonly name?: Node }).name ?? declaration)),
  );
  const plain = await Promise.all(
    types.map(async (type) => !type.isNullish && !type.isNever && (await isNeverPromise(type))),
  );
  return plain.length > 0 && !plain.includes(false);
}

/**
 * Whether the very function that a call enters is known. A `void` callback, interface method or overridable method may
 * be implemented by an async function, and then the `await` is right.
 */
async function isFixedFunction(call: CallExpression, ctx: Context): Promise<boolean> {
  const declarations = await ctx.types.declarationsOf(call.expression);
  return declarations.length > 0 && declarations.every(isFixed);
}

function isFixed(declaration: Node): boolean {
  if (isFunctionDeclaration(declaration)) return true;
  if (isConstructorDeclaration(declaration)) return true;
  if (isMethodDeclaration(declaration)) return (declaration.body?.statements.length ?? 0) > 0;
  const { initializer, parent } = declaration as Node & { readonly initializer?: Node };
  const isConstant = declaration.kind === SyntaxKind.VariableDeclaration && (parent.flags & 2) !== 0;
  return (
    isConstant &&
    initializer !== undefined &&
    (initializer.kind === SyntaxKind.ArrowFunction || initializer.kind === SyntaxKind.FunctionExpression)
  );
}

async function returnsPromise(type: TypeView): Promise<boolean> {
  const returned = await Promise.all((await type.returnTypes()).map((each) => each.thenability()));
  return returned.some(({ extent }) => extent === 'all' || extent === 'some');
}

async function reportIteration(node: ForOfStatement, ctx: Context): Promise<void> {
  if (ctx.file.isJavaScript) return;
  const type = await ctx.types.typeOf(node.expression);
  const members = await type.unionMembers();
  const plain = await Promise.all(
    members.map(
      async (member) =>
        !member.isUnknown && !(await member.hasWellKnown('asyncIterator')) && (await holdsNoPromises(member)),
    ),
  );
  if (members.length === 0 || plain.includes(false)) return;
  ctx.report('plainIteration', node.awaitModifier ?? node, {
    data: { name: nameOf(node.expression) },
    fixes: () => [ctx.fix.choice('Use a plain `for…of`', withoutAwaitModifier(node, ctx.fix))],
  });
}

/** Whether everything that an iterable gives is known and none of it can be a promise. */
async function holdsNoPromises(type: TypeView): Promise<boolean> {
  if (type.isPrimitive) return true;
  const values = await type.iteratedTypes();
  return values !== undefined && !(await Promise.all(values.map(isNeverPromise))).includes(false);
}

async function reportDisposal(list: VariableDeclarationList, ctx: Context): Promise<void> {
  if (ctx.file.isJavaScript) return;
  await Promise.all(
    list.declarations.map(async ({ initializer }) => {
      if (!initializer) return;
      const members = await (await ctx.types.typeOf(initializer)).unionMembers();
      const named = members.filter((member) => !member.isNullish);
      const plain = await Promise.all(
        named.map(
          async (member) =>
            !(await member.admitsAnything()) &&
            !(await member.hasWellKnown('asyncDispose')) &&
            (await member.hasWellKnown('dispose')),
        ),
      );
      if (plain.length === 0 || plain.includes(false)) return;
      const isOnly = list.declarations.length === 1;
      ctx.report(
        'plainDisposal',
        isOnly ? { start: list.getStart(), end: list.getStart() + 'await'.length } : headOf(initializer),
        {
          data: { name: nameOf(initializer) },
          fixes: () => [
            isOnly ? ctx.fix.choice('Use a plain `using`', withoutAwaitModifier(list, ctx.fix)) : undefined,
          ],
        },
      );
    }),
  );
}

const combinators = new Set(['all', 'allSettled', 'race', 'any']);

/** `Promise.all` and its kin, whatever their receiver is called. */
async function reportCombination(call: CallExpression, ctx: Context): Promise<void> {
  const member = memberOf(call.expression);
  const argument = call.arguments[0];
  if (!member || !argument || !combinators.has(member.name)) return;
  const origins = await ctx.types.origins(member.base);
  if (
    !origins.some(({ module, path }) => module === 'global' && path.at(-1) === 'Promise') &&
    !(await isPromiseMethod(call, ctx))
  )
    return;
  const method = member.name;
  const list = unwrap(argument);
  if (!isArrayLiteralExpression(list)) return reportPlainList(argument, method, ctx);
  const elements = list.elements.filter((element) => element.kind !== SyntaxKind.OmittedExpression);
  const [single] = elements;
  if (
    single &&
    elements.length === 1 &&
    !isSpreadElement(single) &&
    (await reportSingle(single, method, member.at, ctx))
  )
    return;
  await Promise.all(elements.map((element) => reportElement(element, method, ctx)));
}

/** A static method of a class that extends Promise. */
async function isPromiseMethod(call: CallExpression, ctx: Context): Promise<boolean> {
  const origins = await ctx.types.origins(call.expression);
  return origins.some(({ module, path }) => module === 'global' && path.at(-2) === 'PromiseConstructor');
}

/** @returns whether the single element was spoken of as such */
async function reportSingle(element: Node, method: string, name: Node, ctx: Context): Promise<boolean> {
  // One outcome object is what `allSettled` is used for.
  if (method === 'allSettled' || isAwaitExpression(unwrap(element))) return false;
  const { extent } = await ctx.types.thenability(element);
  if (extent !== 'all') return false;
  ctx.report('singleElement', name, { data: { method } });
  return true;
}

async function reportElement(element: Node, method: string, ctx: Context): Promise<void> {
  if (isSpreadElement(element)) return;
  const value = unwrap(element);
  if (isAwaitExpression(value)) {
    ctx.report('awaitedElement', awaitKeyword(value), {
      data: { method },
      fixes: () => {
        const edits = withoutAwait(value, ctx.fix);
        return [edits && ctx.fix.choice('Remove the inner `await`', edits)];
      },
    });
    return;
  }
  // A literal null or undefined keeps a place in a tuple of results.
  if (isNothing(value) || ctx.file.isJavaScript) return;
  const type = await ctx.types.typeOf(element);
  if (type.isNullish || !(await isNeverPromise(type))) return;
  if (await holdsPromises(type)) {
    ctx.report('arrayInArray', headOf(element), {
      data: { name: nameOf(element), method },
      severity: 'warning',
      fixes: () => [ctx.fix.choice('Spread the inner array', ctx.fix.before(element, '...'))],
    });
    return;
  }
  if (!ctx.options.checkVoidCallbacks && (await mayBePromiseAfterAll(value, type, ctx))) return;
  ctx.report('plainElement', headOf(element), { data: { name: nameOf(element), method } });
}

async function holdsPromises(type: TypeView): Promise<boolean> {
  const elements = (await type.elements()) ?? [];
  const found = await Promise.all(elements.map((element) => element.thenability()));
  return found.some(({ extent }) => extent === 'all' || extent === 'some');
}

async function reportPlainList(argument: Node, method: string, ctx: Context): Promise<void> {
  if (ctx.file.isJavaScript) return;
  const lists = await (await ctx.types.typeOf(argument)).unionMembers();
  const values = (await Promise.all(lists.map(async (list) => (await list.iteratedTypes()) ?? []))).flat();
  if (values.length === 0) return;
  const members = (await Promise.all(values.map((value) => value.unionMembers()))).flat();
  const plain = await Promise.all(members.map(isNeverPromise));
  const isReported = ctx.options.allowMixedPromiseArrays ? !plain.includes(false) : plain.includes(true);
  if (!isReported || (ctx.options.allowMixedPromiseArrays && members.some((member) => member.isVoid))) return;
  ctx.report('plainElement', headOf(argument), { data: { name: nameOf(argument), method } });
}
