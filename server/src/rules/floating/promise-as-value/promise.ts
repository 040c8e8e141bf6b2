import {
  type CallExpression,
  isAsExpression,
  isAsyncFunction,
  isAwaitExpression,
  isCallExpression,
  isConditionalExpression,
  isGenerator,
  isIdentifier,
  isVariableDeclaration,
  type Node,
  NodeFlags,
  unwrap,
} from '../../../typescript/ast.ts';
import type { TypeView } from '../../../typescript/oracle.ts';
import type { RuleContext } from '../../define.ts';

/** What is known of an expression that is, or may be, a promise. */
export interface PromiseValue {
  /** `some` where only a part of the type's union can be awaited. */
  readonly extent: 'all' | 'some';
  /** Whether it is the built-in Promise, and not another thenable. */
  readonly isPromise: boolean;
  readonly nullish: boolean;
  /** Undefined where the definition decided, because the type says nothing. */
  readonly type: TypeView | undefined;
  /** The call that made it, where it is known. */
  readonly call: CallExpression | undefined;
}

/** Tells whether an expression is a promise, by its type or else by the definition in the project. */
export async function promiseValue(expression: Node, ctx: RuleContext): Promise<PromiseValue | undefined> {
  if (!ctx.file.isJavaScript && !(await ctx.types.mayBe('thenable', expression))) return undefined;
  const type = await ctx.types.typeOf(expression);
  const { extent, isPromise, nullish } = await type.thenability();
  const at = unwrap(expression);
  const call = isCallExpression(at) ? at : undefined;
  if (isIdentifier(at) && (await isSaidToBePromise(at, ctx))) return undefined;
  if (extent === 'all' || extent === 'some') return { extent, isPromise, nullish, type, call };
  // A comment in JavaScript may promise something else than the function does.
  if (extent !== 'unknown' && !ctx.file.isJavaScript) return undefined;
  const made = await promiseCall(at, ctx);
  return made && { extent: 'all', isPromise: true, nullish: false, type: undefined, call: made };
}

/**
 * `const all = await load() as Promise<object>`, `const all = isPromise(found) ? await found : found`: what has been
 * awaited is none, whatever its type says where that of a function does not resolve.
 */
async function isSaidToBePromise(name: Node, ctx: RuleContext): Promise<boolean> {
  const [declaration] = await ctx.types.declarationsOf(name);
  const value = declaration && isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  if (!value) return false;
  if (isAsExpression(value)) return isAwaitExpression(unwrap(value));
  const choice = unwrap(value);
  if (!isConditionalExpression(choice)) return false;
  const [yes, no] = [unwrap(choice.whenTrue), unwrap(choice.whenFalse)];
  const isOther = (awaited: Node, plain: Node): boolean =>
    isAwaitExpression(awaited) && unwrap(awaited.expression).getText() === plain.getText();
  return isOther(yes, no) || isOther(no, yes);
}

/** The call that makes the promise, by its definition: the expression itself, or what the constant of that name was set to. */
async function promiseCall(at: Node, ctx: RuleContext): Promise<CallExpression | undefined> {
  if (isCallExpression(at)) return (await ctx.facts.outcomeOf(at)) === 'promise' ? at : undefined;
  if (!isIdentifier(at)) return undefined;
  const { nodes, isAll } = await ctx.types.sourcesOf(at);
  const [declaration, another] = nodes;
  if (
    !isAll ||
    !declaration ||
    another ||
    !isVariableDeclaration(declaration) ||
    !declaration.initializer ||
    !isIdentifier(declaration.name) ||
    (declaration.parent.flags & NodeFlags.Const) === 0
  )
    return undefined;
  const value = unwrap(declaration.initializer);
  return isCallExpression(value) && (await ctx.facts.outcomeOf(value)) === 'promise' ? value : undefined;
}

/** Whether a promise may be of a library's own kind, with more members than the standard says. */
export async function mayHaveMore({ call, type }: PromiseValue, name: string, ctx: RuleContext): Promise<boolean> {
  const isTypical = libraryMembers.has(name);
  if (!call) return isTypical;
  const functions = await ctx.facts.calledFunctions(call);
  if (functions.length > 0) return isTypical && !functions.every((fn) => isAsyncFunction(fn) && !isGenerator(fn));
  // A package that is known by its name alone may give anything that can be awaited.
  return (
    (isTypical || type === undefined) &&
    !ctx.knowledge.promises.givesNodePromise(await ctx.types.origins(call.expression))
  );
}

/** Members that promise libraries add to what looks like a plain promise in JavaScript. */
const libraryMembers = new Set(
  'abort any asCallback bind call cancel delay done each error fail filter get isCancelled isFulfilled isPending isRejected map mapSeries nodeify pipe promise props reduce reflect return some spread suppressUnhandledRejections tap tapCatch throw timeout'.split(
    ' ',
  ),
);
