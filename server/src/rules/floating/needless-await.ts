import { namingSpan, shortName } from '../../facts/promises/dropped-name.ts';
import type { Fix, TextEdit } from '../../model/finding.ts';
import {
  type AwaitExpression,
  type ForOfStatement,
  isIdentifier,
  isNumericLiteral,
  isPropertyAccessExpression,
  type Node,
  SyntaxKind,
  unwrap,
  type VariableDeclarationList,
} from '../../typescript/ast.ts';
import type { TypeView } from '../../typescript/oracle.ts';
import { awaitKeyword, isAwaitUsing, isNothing } from '../../typescript/promise-syntax.ts';
import { defineRule } from '../define.ts';
import { reportCombination } from './needless-await/combinators.ts';
import { type Context, holdsPromises, isNeverPromise, mayBePromiseAfterAll, options } from './needless-await/plain.ts';

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
    'typescript/await-thenable',
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
    plainElements: {
      text: '`{name}` holds no promises: `Promise.{method}` has nothing to wait for',
      why: 'The values are there already.',
      help: 'Use the values as they are, or check whether the callback was meant to return a promise.',
    },
    mixedElements: {
      text: '`{name}` holds plain values beside promises',
      why: '`Promise.{method}` takes a plain value for a promise that is fulfilled already.',
      help: 'Keep promises and values apart.',
    },
    nestedArrays: {
      text: '`{name}` holds arrays: `Promise.{method}` does not wait for the promises in them',
      why: '`Promise.{method}` looks at the elements of its own array only. The promises in the inner arrays are not awaited, and nobody sees them reject.',
      help: 'Flatten the array first.',
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
    ForOfStatement(node, ctx) {
      if (node.awaitModifier) return reportIteration(node, ctx);
    },
    VariableDeclarationList(node, ctx) {
      if (isAwaitUsing(node)) return reportDisposal(node, ctx);
    },
    CallExpression: reportCombination,
  },
});

async function reportAwait(node: AwaitExpression, ctx: Context): Promise<void> {
  const operand = unwrap(node.expression);
  const silent = (reason: (name: string) => string): void =>
    ctx.silent(node, () => reason(`\`${shortName(node.expression)}\``));
  if (isDeliberateYield(operand)) return silent((name) => `awaiting ${name} is a way to give other tasks a turn`);
  if (ctx.file.isJavaScript) return silent((name) => `nobody checks in JavaScript that ${name} is never a promise`);
  // What is declared to be a promise is the usual case, and costs little to know.
  const { extent } = await ctx.types.thenability(node.expression);
  if (extent === 'all' || extent === 'some') return;
  const type = await ctx.types.typeOf(node.expression);
  if (!(await isNeverPromise(type))) {
    return type.isUnknown ? silent((name) => `nothing is known of ${name}, so it may be a promise`) : undefined;
  }
  if (await mayBePromiseAfterAll(operand, type, ctx))
    return silent((name) => `${name} may be a promise all the same: its type does not rule that out`);
  // An array of promises that is awaited as it is leaves them unhandled, which is another problem.
  if (await holdsPromises(type))
    return silent((name) => `${name} is a list of promises, of which floating-promise speaks`);
  const isUncalled = (isIdentifier(operand) || isPropertyAccessExpression(operand)) && (await returnsPromise(type));
  const remove = (): Fix => ctx.fix.choice('Remove `await`', ctx.fix.removeAwait(node));
  const name = shortName(node.expression);
  if (!isUncalled && ctx.file.isTest && ctx.options.inTests === 'allow')
    return silent((name) => `this is a test, where an \`await\` before ${name} does no harm`);
  if (!isUncalled) {
    ctx.report('plainValue', awaitKeyword(node), { data: { name }, fixes: () => [remove()] });
    return;
  }
  ctx.report('uncalled', awaitKeyword(node), {
    data: { name },
    severity: 'warning',
    fixes: () => [ctx.fix.choice(`Call it: \`${name}()\``, ctx.fix.after(node.expression, '()')), remove()],
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
    data: { name: shortName(node.expression) },
    fixes: () => [ctx.fix.choice('Use a plain `for…of`', withoutModifier(node.awaitModifier ?? node, ctx))],
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
        isOnly ? { start: list.getStart(), end: list.getStart() + 'await'.length } : namingSpan(initializer),
        {
          data: { name: shortName(initializer) },
          fixes: () => [isOnly ? ctx.fix.choice('Use a plain `using`', withoutModifier(list, ctx)) : undefined],
        },
      );
    }),
  );
}

/** `for await (…)` becomes `for (…)`, and `await using` becomes `using`. */
function withoutModifier(at: Node, ctx: Context): TextEdit {
  const start = at.getStart();
  const space = /^\s*/.exec(ctx.file.text.slice(start + 'await'.length))?.[0].length ?? 0;
  return ctx.fix.remove({ start, end: start + 'await'.length + space });
}
