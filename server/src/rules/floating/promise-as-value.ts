import { awaitFix } from '../../engine/promise-fixes.ts';
import { namingSpan, shortName } from '../../facts/promises/dropped-name.ts';
import type { Related } from '../../model/finding.ts';
import {
  type ArrayLiteralExpression,
  isArrayLiteralExpression,
  isCallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  lastName,
  type Node,
  SyntaxKind,
  spanOf,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { after, type Soon } from '../../typescript/soon.ts';
import { defineRule, type ReportDetails } from '../define.ts';
import { together } from '../together.ts';
import { type LocalPromise, localPromise } from './promise-as-value/local.ts';
import { type Context, messages } from './promise-as-value/messages.ts';
import { misuseAt } from './promise-as-value/misuse.ts';
import type { Misuse, MisuseKey } from './promise-as-value/misuse-kinds.ts';
import { leavesOf, type Place, placeOf } from './promise-as-value/place.ts';
import { promiseValue } from './promise-as-value/promise.ts';

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
    SpreadAssignment: (node, ctx) => check(node.expression, ctx),
    ArrayLiteralExpression: checkList,
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

/** Most operands are no promises by their declarations, and are done with here. */
function checkLeaf(leaf: Node, place: Place, ctx: Context): Soon<void> | undefined {
  const isWorthALook = ctx.file.isJavaScript || ctx.types.mayBe('thenable', leaf);
  return after(isWorthALook, (is) => (is ? judgeLeaf(leaf, place, ctx) : undefined));
}

async function judgeLeaf(leaf: Node, place: Place, ctx: Context): Promise<void> {
  const promise = await promiseValue(leaf, ctx);
  if (!promise) return;
  if (isIdentifier(leaf) && (await reportLocal(leaf, ctx))) return;
  if (await isHeldByPromise(leaf, ctx))
    return ctx.silent(leaf, 'what holds it acts as a promise itself, and once that is awaited it is a plain value');
  const misuse = await misuseAt(leaf, place, promise, ctx);
  if (misuse) report(leaf, misuse, ctx);
  else ctx.silent(leaf, () => welcome(place));
}

/** `(await $('#a')).tagName`: by its type, what was awaited may still be the object that stands for an element to come. */
async function isHeldByPromise(leaf: Node, ctx: Context): Promise<boolean> {
  const at = unwrap(leaf);
  if (!isPropertyAccessExpression(at)) return false;
  const holder = await (await ctx.types.typeOf(at.expression)).declaredIn();
  return holder !== undefined && /Promise|Thenable/.test(holder.name);
}

/** Why a promise may be right where it stands. */
function welcome(place: Place): string {
  switch (place.kind) {
    case 'argument':
      return `\`${shortName(place.call.expression)}\` may want the promise itself`;
    case 'property':
      return 'the property may be there to keep the promise';
    case 'assigned':
      return `\`${shortName(place.target)}\` may be there to keep the promise`;
    case 'element':
      return 'the list may be there to hold promises';
    case 'condition':
      return 'the test may ask whether there is a promise at all';
    case 'member':
      return `\`${place.name ?? 'the member'}\` may be a member of the promise`;
    default:
      return 'it is not certain that a promise stands here';
  }
}

/** Lists keep promises for good reasons, so only those that are printed or serialised with what is around them count. */
function checkList(list: ArrayLiteralExpression, ctx: Context): Promise<void> | undefined {
  let at: Node = wrapped(list);
  while (
    isArrayLiteralExpression(at.parent) ||
    isObjectLiteralExpression(at.parent) ||
    isPropertyAssignment(at.parent)
  ) {
    at = wrapped(at.parent);
  }
  if (!isCallExpression(at.parent) || at.parent.expression === at) return undefined;
  if (!sinkNames.test(lastName(at.parent.expression) ?? '')) return undefined;
  return together(list.elements.map((element) => check(element, ctx)));
}

/** A quick look at the callee before anything is asked. */
const sinkNames =
  /^(?:stringify|json|jsonp|send|log|info|warn|error|debug|trace|dir|table|inspect|format|structuredClone|postMessage|serialize|dump)$/;

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
