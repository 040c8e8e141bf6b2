import type { Severity } from '../../../model/finding.ts';
import {
  type CallExpression,
  isAwaitExpression,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isStringLiteral,
  isVariableDeclaration,
  type NewExpression,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import type { TypeView } from '../../../typescript/oracle.ts';
import type { RuleContext } from '../../define.ts';
import { type Place, placeOf } from './place.ts';
import { isSometimesPromiseOfSame, type PromiseValue } from './promise.ts';

/** How a promise is mistaken for its value; each is a message of the rule. */
export type MisuseKey =
  | 'condition'
  | 'maybe'
  | 'comparison'
  | 'arithmetic'
  | 'text'
  | 'spread'
  | 'value'
  | 'serialised'
  | 'printed'
  | 'mismatch'
  | 'stored'
  | 'asserted';

export interface Misuse {
  readonly key: MisuseKey;
  readonly data?: Readonly<Record<string, string>>;
  readonly severity?: Severity;
}

/** Whether a promise at its place is taken for its value. Undefined where the place has a use for the promise, or in doubt. */
export async function misuseAt(
  expression: Node,
  place: Place,
  promise: PromiseValue,
  ctx: RuleContext,
): Promise<Misuse | undefined> {
  switch (place.kind) {
    case 'condition':
      return conditionMisuse(expression, promise, ctx);
    case 'spread':
      return { key: 'spread' };
    case 'text':
      // A union is often wider than what is there: `marked(text)` is a promise only where it was asked for one.
      return promise.isPromise && promise.extent === 'all' ? { key: 'text' } : undefined;
    case 'property':
      return propertyMisuse(expression, place, promise, ctx);
    case 'argument':
      return promise.isPromise ? argumentMisuse(place.call, place.index, promise, ctx) : undefined;
  }
  if (promise.extent !== 'all' || !promise.isPromise) return undefined;
  switch (place.kind) {
    case 'comparison':
      return (await isComparedWithValue(place.other, place.isOrder, ctx))
        ? { key: 'comparison', data: { other: shown(place.other) } }
        : undefined;
    case 'sum':
      return { key: (await isText(place.other, ctx)) ? 'text' : 'arithmetic' };
    case 'arithmetic':
      return { key: 'arithmetic' };
    case 'object':
      return isStringLiteral(place.key) && promiseMembers.has(place.key.text) ? undefined : { key: 'value' };
    case 'iteration':
    case 'key':
    case 'switch':
      return { key: 'value' };
    case 'pattern':
      return isLoose(promise, ctx) ? { key: 'value' } : undefined;
    case 'member':
      return (await isForeignMember(expression, place.name, promise, ctx)) ? { key: 'value' } : undefined;
    case 'element':
      return sinkMisuse(place.list, ctx);
    case 'assigned':
      return mismatch(place.value, promise, ctx);
    default:
      return undefined;
  }
}

/** The compiler complains about the rest of TypeScript by itself. */
function isLoose({ type }: PromiseValue, ctx: RuleContext): boolean {
  return type === undefined || ctx.file.isJavaScript;
}

async function conditionMisuse(expression: Node, promise: PromiseValue, ctx: RuleContext): Promise<Misuse | undefined> {
  if (promise.extent === 'some') {
    const { type } = promise;
    const isSame =
      type !== undefined &&
      promise.isPromise &&
      (await isTestOfValue(type)) &&
      (await isSometimesPromiseOfSame(type, ctx));
    return isSame ? { key: 'maybe', severity: 'warning' } : undefined;
  }
  if (promise.nullish || !(await isAlwaysThere(expression, ctx))) return undefined;
  return { key: 'condition' };
}

/** Whether a test of a union asks for a yes or no, or a text, and not only whether there is something. */
async function isTestOfValue(type: TypeView): Promise<boolean> {
  const members = await type.unionMembers();
  const answers = await Promise.all(members.map((member) => member.thenability()));
  const plain = members.filter((member, index) => answers[index]?.extent === 'none' && !member.isNullish);
  if (!plain.every((member) => member.isPrimitive)) return false;
  if (members.every((member) => !member.isNullish)) return true;
  return (await Promise.all(plain.map((member) => member.text()))).some(
    (text) => text === 'true' || text === 'false' || text === 'boolean',
  );
}

/** Whether an expression of a promise's type is one, and not nothing: a check for nothing is legitimate. */
async function isAlwaysThere(expression: Node, ctx: RuleContext): Promise<boolean> {
  const at = unwrap(expression);
  // An element may be missing, whatever its type says, and an assertion may hide that a member is.
  if (isElementAccessExpression(at) || (at !== expression && isOptional(at))) return false;
  if (isPropertyAccessExpression(at) && isGivenElsewhere(at, ctx)) return false;
  if (!isIdentifier(at) && !isPropertyAccessExpression(at)) return true;
  const declarations = await ctx.types.declarationsOf(at);
  if (declarations.length === 0) return false;
  const isLater = (declaration: Node): boolean => {
    if (isVariableDeclaration(declaration)) {
      const { initializer, exclamationToken } = declaration;
      const isLoop = declaration.parent.parent.kind === SyntaxKind.ForOfStatement;
      return (
        exclamationToken !== undefined ||
        (initializer === undefined && !isLoop) ||
        (initializer !== undefined && isElementAccessExpression(unwrap(initializer)))
      );
    }
    if (isPropertyDeclaration(declaration)) return declaration.postfixToken?.kind === SyntaxKind.ExclamationToken;
    return declaration.kind === SyntaxKind.BindingElement || declaration.kind === SyntaxKind.BinaryExpression;
  };
  if (declarations.some(isLater)) return false;
  if (ctx.types.checksNull && !ctx.file.isJavaScript) return true;
  return declarations.every(
    (declaration) =>
      isVariableDeclaration(declaration) &&
      declaration.initializer !== undefined &&
      !isNothing(declaration.initializer),
  );
}

/** `a?.b()` */
function isOptional(node: Node): boolean {
  const at = unwrap(node) as Node & { readonly questionDotToken?: Node; readonly expression?: Node };
  if (at.questionDotToken) return true;
  const isChain = isCallExpression(at) || isPropertyAccessExpression(at) || isElementAccessExpression(at);
  return isChain && at.expression !== undefined && isOptional(at.expression);
}

/** A member that the file gives a value or takes it away: it may be missing at times, whatever its type says. */
function isGivenElsewhere(access: Node, ctx: RuleContext): boolean {
  const text = access.getText().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?:^|[^\\w.])(?:delete\\s+${text}\\b|${text}\\s*(?:\\?\\?|\\|\\|)?=(?!=))`).test(ctx.file.text);
}

function isNothing(node: Node): boolean {
  return node.kind === SyntaxKind.NullKeyword || (isIdentifier(node) && node.text === 'undefined');
}

async function isComparedWithValue(other: Node, isOrder: boolean, ctx: RuleContext): Promise<boolean> {
  if (isOrder) return true;
  const type = await ctx.types.typeOf(other);
  const { extent, nullish } = await type.thenability();
  if (extent !== 'none' || type.isNever) return false;
  if (!nullish) return !(await type.admitsAnything());
  return (await type.unionMembers()).some((member) => member.isPrimitive);
}

async function isText(other: Node, ctx: RuleContext): Promise<boolean> {
  return /^(?:string|["'`])/.test(await (await ctx.types.typeOf(other)).text());
}

const promiseMembers = new Set(['then', 'catch', 'finally', 'constructor', 'toString', 'valueOf', 'hasOwnProperty']);
/** Members that promise libraries add to what looks like a plain promise in JavaScript. */
const libraryMembers = new Set(
  'abort any asCallback bind call cancel delay done each error fail filter get isCancelled isFulfilled isPending isRejected map mapSeries nodeify pipe promise props reduce reflect return some spread suppressUnhandledRejections tap tapCatch throw timeout'.split(
    ' ',
  ),
);

/** Whether a member is none that promises have, in code where no compiler complains about it. */
async function isForeignMember(
  expression: Node,
  name: string | undefined,
  promise: PromiseValue,
  ctx: RuleContext,
): Promise<boolean> {
  if (!isLoose(promise, ctx)) return false;
  if (name === undefined) return true;
  if (promiseMembers.has(name) || libraryMembers.has(name)) return false;
  const access = wrapped(expression).parent;
  const isWritten = wrapped(access).parent.kind === SyntaxKind.BinaryExpression && placeOf(access).kind === 'target';
  if (isWritten) return false;
  return promise.type === undefined || (await promise.type.propertySymbol(name)) === undefined;
}

/** What a call does with an argument: known by name, or plain from a parameter's type. */
async function argumentMisuse(
  call: CallExpression | NewExpression,
  index: number,
  promise: PromiseValue,
  ctx: RuleContext,
): Promise<Misuse | undefined> {
  if (promise.extent !== 'all') return undefined;
  const known = await sinkOfArgument(call, index, ctx);
  if (known) return known.key === 'asserted' && promise.nullish ? undefined : known;
  const types = await ctx.types.parameterTypes(call, index);
  if (types.length === 0) return undefined;
  for (const type of types) {
    const members = (await type.unionMembers()).filter((member) => !member.isNullish);
    if (members.length === 0 || !members.every((member) => member.isPrimitive)) return undefined;
  }
  return { key: 'mismatch', data: { type: await (types[0] as TypeView).text() } };
}

async function sinkOfArgument(
  call: CallExpression | NewExpression,
  index: number,
  ctx: RuleContext,
): Promise<Misuse | undefined> {
  const callee = unwrap(call.expression);
  if (isIdentifier(callee) && callee.text === 'expect' && index === 0) return expectation(call, ctx);
  const use = isNewExpression(call) ? undefined : ctx.knowledge.valueUse(await ctx.types.origins(callee), index);
  switch (use) {
    case 'printed':
      return { key: 'printed', severity: 'warning' };
    case 'serialised':
      return { key: 'serialised' };
    case 'converted':
      return { key: 'value' };
    case 'asserted':
      return { key: 'asserted' };
    case 'compared': {
      const other = call.arguments?.[index === 0 ? 1 : 0];
      return other && (await isComparedWithValue(other, false, ctx)) ? { key: 'asserted' } : undefined;
    }
  }
  return isResponse(callee) && (await ctx.types.typeOf(callee)).isUnknown ? { key: 'serialised' } : undefined;
}

/** `res.json(…)` where nothing is known of `res`. */
function isResponse(callee: Node): boolean {
  if (!isPropertyAccessExpression(callee) || !['json', 'send', 'jsonp'].includes(callee.name.text)) return false;
  let receiver = unwrap(callee.expression);
  while (isCallExpression(receiver) && isPropertyAccessExpression(receiver.expression))
    receiver = unwrap(receiver.expression.expression);
  return isIdentifier(receiver) && ['res', 'response', 'reply'].includes(receiver.text);
}

const valueMatchers = new Set(
  'toBe toEqual toStrictEqual toBeTruthy toBeFalsy toBeNull toBeNaN toContain toContainEqual toHaveLength toMatch toMatchObject toBeGreaterThan toBeGreaterThanOrEqual toBeLessThan toBeLessThanOrEqual toBeCloseTo'.split(
    ' ',
  ),
);

/** `expect(promise).toBe(value)`: the matcher sees the promise, unless `resolves` or `rejects` stands between. */
async function expectation(call: Node, ctx: RuleContext): Promise<Misuse | undefined> {
  let access = wrapped(call).parent;
  if (isPropertyAccessExpression(access) && access.name.text === 'not') access = wrapped(access).parent;
  if (!isPropertyAccessExpression(access) || !valueMatchers.has(access.name.text)) return undefined;
  const matcher = access.parent;
  if (!isCallExpression(matcher) || matcher.expression !== access) return undefined;
  // Some runners retry a matcher on a promise; then it is awaited.
  if (isAwaitExpression(wrapped(matcher).parent)) return undefined;
  const [wanted] = matcher.arguments;
  return !wanted || (await isComparedWithValue(wanted, false, ctx)) ? { key: 'asserted' } : undefined;
}

/** What becomes of an object or array literal that is, or is inside of, the argument of a call that serialises or prints it. */
async function sinkMisuse(literal: Node, ctx: RuleContext): Promise<Misuse | undefined> {
  const place = placeOf(literal);
  if (place.kind === 'property') return sinkMisuse(place.property.parent, ctx);
  if (place.kind === 'element') return sinkMisuse(place.list, ctx);
  if (place.kind !== 'argument') return undefined;
  const sink = await sinkOfArgument(place.call, place.index, ctx);
  return sink?.key === 'serialised' || sink?.key === 'printed' ? sink : undefined;
}

async function propertyMisuse(
  expression: Node,
  place: Extract<Place, { kind: 'property' }>,
  promise: PromiseValue,
  ctx: RuleContext,
): Promise<Misuse | undefined> {
  if (!promise.isPromise) return undefined;
  const literal = place.property.parent;
  const sink = await sinkMisuse(literal, ctx);
  if (sink) return sink;
  if (promise.extent !== 'all') return undefined;
  return (await mismatch(place.value, promise, ctx)) ?? storedMisuse(expression, place, ctx);
}

/** The type of the place is known, has no room for a promise, and yet the compiler let it pass, or was not asked. */
async function mismatch(value: Node, promise: PromiseValue, ctx: RuleContext): Promise<Misuse | undefined> {
  if (promise.extent !== 'all') return undefined;
  const expected = await ctx.types.expectedType(value);
  if (!expected || expected.isUnknown || expected.isNever) return undefined;
  const { extent } = await expected.thenability();
  if (extent !== 'none') return undefined;
  for (const member of await expected.unionMembers())
    if (member.isUnknown || (await member.admitsAnything())) return undefined;
  if ((await expected.unionMembers()).every((member) => member.isNullish)) return undefined;
  return { key: 'mismatch', data: { type: shortened(await expected.text()) } };
}

/** A bag of values: an object whose type takes anything, in which a promise is seldom meant. */
async function storedMisuse(
  expression: Node,
  place: Extract<Place, { kind: 'property' }>,
  ctx: RuleContext,
): Promise<Misuse | undefined> {
  const at = unwrap(expression);
  // Who writes `Promise.resolve(…)` means a promise.
  if (!isCallExpression(at) || /^Promise\b/.test(at.getText())) return undefined;
  const { name } = place.property as Node & { readonly name: Node };
  if (namesPromise.test(name.getText())) return undefined;
  const literal = place.property.parent;
  const bag = await ctx.types.expectedType(literal);
  if (!bag || bag.isUnknown || bag.isTypeParameter) return undefined;
  const value = await ctx.types.expectedType(place.value);
  if (!value?.isUnknown) return undefined;
  const isKey =
    name.kind !== SyntaxKind.ComputedPropertyName && (await bag.propertySymbol(name.getText())) !== undefined;
  return isKey ? undefined : { key: 'stored', severity: 'warning' };
}

const namesPromise = /promise|pending|deferred|future|lazy|task|loader|async/i;

function shown(node: Node): string {
  return shortened(node.getText());
}

function shortened(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ');
  return line.length > 30 ? `${line.slice(0, 29)}…` : line;
}
