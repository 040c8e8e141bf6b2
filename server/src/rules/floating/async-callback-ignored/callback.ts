import { constantValue } from '../../../facts/definitions.ts';
import { returnedExpressions } from '../../../facts/promises/outcome.ts';
import { firstUnguarded } from '../../../facts/rejection/unguarded.ts';
import { keptFunction } from '../../../facts/same-function.ts';
import type { Span } from '../../../model/span.ts';
import {
  type ArrowFunction,
  type CallExpression,
  calleeName,
  type FunctionExpression,
  type FunctionNode,
  isArrowFunction,
  isAsyncFunction,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isFunctionExpression,
  isFunctionNode,
  isGenerator,
  isIdentifier,
  isPropertyAccessExpression,
  type Node,
  SyntaxKind,
  spanOf,
  unwrap,
} from '../../../typescript/ast.ts';
import type { TypeView } from '../../../typescript/oracle.ts';
import { after, allOf, type Soon } from '../../../typescript/soon.ts';
import type { RuleContext } from '../../define.ts';

/** A function that gives a promise, in a place where somebody calls it. */
export interface Callback {
  readonly node: Node;
  /** What a message points at: `async`, the call whose promise is returned, or the function's name. */
  readonly where: Span;
  /** The function itself where it is written in its place. */
  readonly literal: ArrowFunction | FunctionExpression | undefined;
  /** The definitions that are known; empty where the project has none. */
  readonly functions: readonly FunctionNode[];
}

/** The expressions that an expression may stand for, through parentheses, conditions and fallbacks. An `as` is a decision. */
export function alternatives(expression: Node): readonly Node[] {
  switch (expression.kind) {
    case SyntaxKind.ParenthesizedExpression:
    case SyntaxKind.NonNullExpression:
    case SyntaxKind.SatisfiesExpression:
      return alternatives((expression as Node & { readonly expression: Node }).expression);
  }
  if (isConditionalExpression(expression))
    return [...alternatives(expression.whenTrue), ...alternatives(expression.whenFalse)];
  if (isBinaryExpression(expression)) {
    switch (expression.operatorToken.kind) {
      case SyntaxKind.BarBarToken:
      case SyntaxKind.QuestionQuestionToken:
        return [...alternatives(expression.left), ...alternatives(expression.right)];
      case SyntaxKind.AmpersandAmpersandToken:
      case SyntaxKind.CommaToken:
        return alternatives(expression.right);
      default:
        return [];
    }
  }
  return mayBeFunction(expression) ? [expression] : [];
}

/** A quick look, so that literals and the like cost no question. */
function mayBeFunction({ kind }: Node): boolean {
  switch (kind) {
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.FunctionExpression:
    case SyntaxKind.Identifier:
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.ElementAccessExpression:
    case SyntaxKind.CallExpression:
      return true;
    default:
      return false;
  }
}

/** Whether calling an expression's value may give a promise, by what costs little to know. `false` is certain. */
export function mayGivePromise(node: Node, ctx: RuleContext): Soon<boolean> {
  if (isArrowFunction(node) || isFunctionExpression(node)) {
    if (isGenerator(node)) return false;
    if (isAsyncFunction(node)) return true;
    const values = returnedExpressions(node).filter((value) => mayBePromise(unwrap(value)));
    return after(allOf(values.map((value) => ctx.types.mayBe('thenable', value))), (answers) => answers.includes(true));
  }
  return ctx.file.isJavaScript || ctx.types.mayBe('function', node);
}

/** What an expression is as a callback, if calling it gives a promise. */
export async function promiseCallback(node: Node, ctx: RuleContext): Promise<Callback | undefined> {
  if (isArrowFunction(node) || isFunctionExpression(node)) {
    const where = await promiseIn(node, ctx);
    return where && { node, where, literal: node, functions: [node] };
  }
  if (!(await mayGivePromise(node, ctx))) return undefined;
  const type = await ctx.types.typeOf(node);
  const inner =
    isCallExpression(node) && !type.isUnknown && (await givesPromise(type, ctx))
      ? await wrappedCallback(node, ctx)
      : undefined;
  if (inner) return inner;
  if (type.isUnknown) {
    const found = await ctx.types.functionsOf(node);
    const functions = found.length > 0 ? found : await memoized(node, ctx);
    return functions.some(isPlainAsync) ? { node, where: nameOf(node), literal: undefined, functions } : undefined;
  }
  if (type.isPrimitive || type.isNullish || !(await givesPromise(type, ctx))) return undefined;
  const found = isCallExpression(node) ? await handlersMadeBy(node, ctx) : await ctx.types.functionsOf(node);
  const functions = found.length > 0 ? found : await memoized(node, ctx);
  return { node, where: nameOf(node), literal: undefined, functions };
}

/** `const save = useCallback(async () => …, [])`: who calls `save` calls the function in it. */
async function memoized(name: Node, ctx: RuleContext): Promise<readonly FunctionNode[]> {
  if (!isIdentifier(name)) return [];
  const value = await constantValue(name, ctx.types);
  const call = value && unwrap(value);
  const kept = call && isCallExpression(call) ? keptFunction(call) : undefined;
  if (!kept) return [];
  return isFunctionNode(unwrap(kept)) ? [unwrap(kept) as FunctionNode] : ctx.types.functionsOf(kept);
}

/** `after(3, async () => …)`: the function written inside a call that gives it back in another shape. */
async function wrappedCallback(call: CallExpression, ctx: RuleContext): Promise<Callback | undefined> {
  const literals = call.arguments.filter((argument) => isArrowFunction(argument) || isFunctionExpression(argument));
  const places = await Promise.all(literals.map((literal) => promiseIn(literal, ctx)));
  const index = places.findIndex((place) => place !== undefined);
  const literal = literals[index];
  const where = places[index];
  if (!literal || !where) return undefined;
  const handling = await handlersMadeBy(call, ctx);
  return { node: literal, where, literal, functions: handling.length > 0 ? handling : [literal] };
}

/** The functions that a call gives back, where all of them handle rejections: `const wrap = (fn) => (req, res, next) => run(fn).catch(next)`. */
async function handlersMadeBy(call: CallExpression, ctx: RuleContext): Promise<readonly FunctionNode[]> {
  const callee = unwrap(call.expression);
  // `this.answer.bind(this)` is the method itself.
  if (isPropertyAccessExpression(callee) && callee.name.text === 'bind')
    return ctx.types.functionsOf(callee.expression);
  const makers = await ctx.types.functionsOf(call.expression);
  const made = makers.flatMap((maker) => returnedExpressions(maker)).map(unwrap);
  if (!made.every(isFunctionNode)) return [];
  const open = await Promise.all(made.map((fn) => firstUnguarded(fn, ctx.types, ctx.facts)));
  return open.every((place) => place === undefined) ? made : [];
}

/** Whether calling a value of the type gives a promise that somebody ought to handle, at least sometimes. */
export async function givesPromise(type: TypeView, ctx: RuleContext): Promise<boolean> {
  for (const member of await ((await type.constrained()) ?? type).unionMembers()) {
    for (const result of await member.returnTypes()) {
      if (await isOpenPromise(result, ctx)) return true;
    }
  }
  return false;
}

/** Whether a value may be a promise, and not one of those that need no handling, such as a reply of Fastify. */
async function isOpenPromise(type: TypeView, ctx: RuleContext): Promise<boolean> {
  const { extent, thenables } = await type.thenability();
  if (extent !== 'all' && extent !== 'some') return false;
  const verdicts = await Promise.all(
    thenables.map(async (thenable) => {
      if (await thenable.propertySymbol('__linterBrands')) return true;
      const declared = [...(await thenable.heritage()), await thenable.declaredIn()];
      return declared.some((place) => place !== undefined && ctx.knowledge.promises.isSafePromise(place));
    }),
  );
  return verdicts.includes(false);
}

/** The place inside a function that makes it give a promise: its `async`, or what it returns. */
export async function promiseIn(fn: FunctionNode, ctx: RuleContext): Promise<Span | undefined> {
  if (isGenerator(fn)) return undefined;
  if (isAsyncFunction(fn)) return asyncKeyword(fn);
  const values = returnedExpressions(fn).filter((value) => mayBePromise(unwrap(value)));
  const answers = await Promise.all(
    values.map(
      async (value) => (await ctx.types.mayBe('thenable', value)) && isOpenPromise(await ctx.types.typeOf(value), ctx),
    ),
  );
  const value = values[answers.indexOf(true)];
  if (!value) return undefined;
  const name = nameOf(value);
  // The head of a long function is where its place, and a comment about it, is.
  const { text } = fn.getSourceFile();
  return text.slice(fn.getStart(), name.start).includes('\n') ? headOf(fn) : name;
}

/** A function up to its arrow or its body, or as much of that as stands on its first line. */
function headOf(fn: FunctionNode): Span {
  const start = fn.getStart();
  const { equalsGreaterThanToken, body } = fn as { readonly equalsGreaterThanToken?: Node; readonly body?: Node };
  const end = equalsGreaterThanToken?.end ?? body?.getStart() ?? fn.end;
  const [line = ''] = fn.getSourceFile().text.slice(start, end).split(/\r?\n/);
  return { start, end: start + line.trimEnd().length };
}

function isPlainAsync(fn: FunctionNode): boolean {
  return isAsyncFunction(fn) && !isGenerator(fn);
}

function asyncKeyword(fn: FunctionNode): Span {
  const { modifiers } = fn as { readonly modifiers?: readonly Node[] };
  return spanOf(modifiers?.find(({ kind }) => kind === SyntaxKind.AsyncKeyword) ?? fn);
}

function mayBePromise({ kind }: Node): boolean {
  switch (kind) {
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NumericLiteral:
    case SyntaxKind.TrueKeyword:
    case SyntaxKind.FalseKeyword:
    case SyntaxKind.NullKeyword:
    case SyntaxKind.TemplateExpression:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
    case SyntaxKind.ArrayLiteralExpression:
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.FunctionExpression:
    case SyntaxKind.PrefixUnaryExpression:
    case SyntaxKind.VoidExpression:
    case SyntaxKind.JsxElement:
    case SyntaxKind.JsxSelfClosingElement:
    case SyntaxKind.JsxFragment:
      return false;
    default:
      return true;
  }
}

/** The last name of an expression, which is what a reader looks for. */
function nameOf(node: Node): Span {
  const at = unwrap(node);
  if (isCallExpression(at)) return spanOf(calleeName(at));
  return spanOf(isPropertyAccessExpression(at) ? at.name : at);
}
