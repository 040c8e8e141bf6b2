import { awaitFix } from '../../engine/promise-fixes.ts';
import { namingSpan, shortName } from '../../facts/dropped-name.ts';
import type { Related } from '../../model/finding.ts';
import { isCallExpression, isIdentifier, type Node, SyntaxKind, spanOf, unwrap } from '../../typescript/ast.ts';
import { defineRule, type ReportDetails, type RuleContext } from '../define.ts';
import { together } from '../together.ts';
import { type LocalPromise, localPromise } from './promise-as-value/local.ts';
import { misuseAt } from './promise-as-value/misuse.ts';
import type { Misuse, MisuseKey } from './promise-as-value/misuse-kinds.ts';
import { leavesOf, type Place, placeOf } from './promise-as-value/place.ts';
import { promiseValue } from './promise-as-value/promise.ts';

const messages = {
  condition: {
    text: '`{name}` is a promise, which is always truthy',
    why: 'A promise is an object, so the test passes whatever the promise resolves to.',
    help: 'Await it.',
  },
  maybe: {
    text: '`{name}` may be a promise, and a promise is always truthy',
    why: 'The value is sometimes a promise of the same type. Then the test passes whatever the promise resolves to.',
    help: 'Await it: awaiting what is no promise gives it back.',
  },
  comparison: {
    text: '`{name}` is a promise and never equals `{other}`',
    why: 'The promise itself is compared, not what it resolves to.',
    help: 'Await it.',
  },
  arithmetic: {
    text: '`{name}` is a promise, so this calculation gives NaN',
    why: 'A promise has no value as a number.',
    help: 'Await it.',
  },
  text: {
    text: '`{name}` is a promise and becomes `[object Promise]` in this text',
    why: 'The promise itself is turned into text, not what it resolves to.',
    help: 'Await it.',
  },
  spread: {
    text: '`{name}` is a promise, and spreading a promise copies nothing',
    why: 'The value is not in the promise object, so nothing of it arrives.',
    help: 'Await it.',
  },
  value: {
    text: '`{name}` is a promise, but its value is meant here',
    why: 'The promise itself is used, not what it resolves to.',
    help: 'Await it.',
  },
  serialised: {
    text: '`{name}` is a promise and becomes `{}` when it is serialised',
    why: 'A promise has no members of its own, so what it resolves to is not sent or written.',
    help: 'Await it.',
  },
  printed: {
    text: '`{name}` is a promise, so this prints `Promise {…}`',
    why: 'The promise itself is printed, not what it resolves to.',
    help: 'Await it, or print it in a `then`.',
  },
  mismatch: {
    text: '`{name}` is a promise where `{type}` is expected',
    why: 'Code that reads the value finds a promise instead.',
    help: 'Await it.',
  },
  stored: {
    text: '`{name}` is a promise among plain values',
    why: 'The type of the object takes anything, so nothing tells its reader to await this member.',
    help: 'Await it, or give the member a type that says it is a promise.',
  },
  asserted: {
    text: '`{name}` is a promise, so this assertion does not see its value',
    why: 'The promise itself is tested, not what it resolves to.',
    help: 'Await it.',
  },
  unawaited: {
    text: '`{name}` is not awaited, yet `{variable}` is used as its value',
    why: 'All that uses the variable finds a promise instead of the value.',
    help: 'Await it where it is kept.',
  },
} as const;

type Context = RuleContext<keyof typeof messages & string>;

/** A promise where its value was meant. */
export const promiseAsValue = defineRule({
  id: 'promise-as-value',
  family: 'floating',
  principle: 1,
  summary: 'A promise is used where its value is meant',
  preset: 'recommended',
  severity: 'error',
  since: '0.1.0',
  equivalents: [
    '@typescript-eslint/no-misused-promises',
    '@typescript-eslint/no-misused-spread',
    '@typescript-eslint/restrict-template-expressions',
    '@typescript-eslint/no-base-to-string',
    'biome:noMisusedPromises',
  ],
  options: {},
  messages,
  on: {
    IfStatement: (node, ctx) => check(node.expression, ctx),
    WhileStatement: (node, ctx) => check(node.expression, ctx),
    DoStatement: (node, ctx) => check(node.expression, ctx),
    ForStatement: (node, ctx) => (node.condition ? check(node.condition, ctx) : undefined),
    ConditionalExpression: (node, ctx) => check(node.condition, ctx),
    PrefixUnaryExpression: (node, ctx) => check(node.operand, ctx),
    SwitchStatement: (node, ctx) => check(node.expression, ctx),
    ForOfStatement: (node, ctx) => (node.awaitModifier ? undefined : check(node.expression, ctx)),
    ForInStatement: (node, ctx) => check(node.expression, ctx),
    SpreadElement: (node, ctx) => check(node.expression, ctx),
    SpreadAssignment: (node, ctx) => checkSpread(node.expression, ctx),
    PropertyAssignment: (node, ctx) => check(node.initializer, ctx),
    ShorthandPropertyAssignment: (node, ctx) => check(node.name, ctx),
    TemplateExpression(node, ctx) {
      if (node.parent.kind === SyntaxKind.TaggedTemplateExpression) return;
      return together(node.templateSpans.map((span) => check(span.expression, ctx)));
    },
    BinaryExpression(node, ctx) {
      const operator = node.operatorToken.kind;
      if (operator === SyntaxKind.EqualsToken) return checkAssignment(node.left, node.right, ctx);
      if (operator === SyntaxKind.CommaToken || operator === SyntaxKind.QuestionQuestionToken) return;
      const isLogical = operator === SyntaxKind.BarBarToken || operator === SyntaxKind.AmpersandAmpersandToken;
      return together((isLogical ? [node.left] : [node.left, node.right]).map((operand) => check(operand, ctx)));
    },
    VariableDeclaration({ name, initializer, type }, ctx) {
      if (!initializer) return;
      if (!isIdentifier(name) || type) return check(initializer, ctx);
      // Members that promises do not have pass only where no compiler complains.
      if (ctx.file.isJavaScript && isCallExpression(unwrap(initializer))) return checkKept(name, initializer, ctx);
    },
    CallExpression: (call, ctx) => together(call.arguments.map((argument) => check(argument, ctx))),
    PropertyAccessExpression({ expression }, ctx) {
      if (ctx.file.isJavaScript && isCallExpression(unwrap(expression))) return check(expression, ctx);
    },
    ElementAccessExpression: ({ argumentExpression }, ctx) => check(argumentExpression, ctx),
  },
});

/** Looks at what may come out of an expression whose place decides what is meant. */
function check(expression: Node, ctx: Context): Promise<void> | undefined {
  return together(
    leavesOf(expression).map((leaf) => {
      const place = placeOf(leaf);
      const isDecided = place.kind === 'consumed' || place.kind === 'neutral' || place.kind === 'target';
      return isDecided ? undefined : checkLeaf(leaf, place, ctx);
    }),
  );
}

async function checkKept(name: Node, initializer: Node, ctx: Context): Promise<void> {
  if ((await promiseValue(initializer, ctx))?.extent === 'all') await reportLocal(name, ctx);
}

async function checkLeaf(leaf: Node, place: Place, ctx: Context): Promise<void> {
  const promise = await promiseValue(leaf, ctx);
  if (!promise) return;
  if (isIdentifier(leaf) && (await reportLocal(leaf, ctx))) return;
  const misuse = await misuseAt(leaf, place, promise, ctx);
  if (misuse) report(leaf, misuse, ctx);
}

/** All of a conditional spread counts: `...(ok && load())`. */
function checkSpread(expression: Node, ctx: Context): Promise<void> | undefined {
  return check(expression, ctx);
}

async function checkAssignment(target: Node, value: Node, ctx: Context): Promise<void> {
  await check(value, ctx);
  if (!isIdentifier(target)) return;
  const calls = leavesOf(value).filter(isCallExpression);
  const promises = await Promise.all(calls.map((call) => promiseValue(call, ctx)));
  if (promises.some((promise) => promise?.extent === 'all')) await reportLocal(target, ctx);
}

/** Reports a variable that holds a promise; false where the name stands for something else. */
async function reportLocal(name: Node, ctx: Context): Promise<boolean> {
  const local = await localPromise(name, ctx);
  if (!local) return false;
  if (local.isMistakenEverywhere) reportCreations(local, ctx);
  else
    for (const { node, misuse } of local.misuses)
      report(node, misuse.key === 'printed' ? { ...misuse, severity: 'information' } : misuse, ctx);
  return true;
}

function reportCreations({ name, creations, misuses }: LocalPromise, ctx: Context): void {
  const related: readonly Related[] = misuses
    .slice(0, 3)
    .map(({ node, misuse }) => ({ file: ctx.file.path, span: spanOf(node), message: usedAs[misuse.key] }));
  for (const creation of creations) {
    ctx.report('unawaited', namingSpan(creation), {
      data: { name: shortName(creation), variable: name },
      related,
      fixes: async () => [await awaitFix(creation, ctx)],
    });
  }
}

const usedAs: Readonly<Record<MisuseKey, string>> = {
  condition: 'used as a condition here',
  maybe: 'used as a condition here',
  comparison: 'compared here',
  arithmetic: 'calculated with here',
  text: 'becomes text here',
  spread: 'spread here',
  value: 'used as a value here',
  serialised: 'serialised here',
  printed: 'printed here',
  mismatch: 'used as a value here',
  stored: 'used as a value here',
  asserted: 'asserted here',
};

function report(expression: Node, { key, data, severity }: Misuse, ctx: Context): void {
  const details: ReportDetails = {
    data: { name: shortName(expression), ...data },
    fixes: async () => [await awaitFix(expression, ctx)],
  };
  ctx.report(key, namingSpan(expression), severity ? { ...details, severity } : details);
}
