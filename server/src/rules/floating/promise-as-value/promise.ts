import {
  isCallExpression,
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
}

/** Tells whether an expression is a promise, by its type or else by the definition in the project. */
export async function promiseValue(expression: Node, ctx: RuleContext): Promise<PromiseValue | undefined> {
  const type = await ctx.types.typeOf(expression);
  const { extent, isPromise, nullish } = await type.thenability();
  if (extent === 'all' || extent === 'some') return { extent, isPromise, nullish, type };
  // A comment in JavaScript may promise something else than the function does.
  if (extent !== 'unknown' && !ctx.file.isJavaScript) return undefined;
  return (await isPromiseByDefinition(expression, ctx))
    ? { extent: 'all', isPromise: true, nullish: false, type: undefined }
    : undefined;
}

async function isPromiseByDefinition(expression: Node, ctx: RuleContext): Promise<boolean> {
  const at = unwrap(expression);
  if (isCallExpression(at)) return (await ctx.facts.outcomeOf(at)) === 'promise';
  if (!isIdentifier(at)) return false;
  const [declaration, another] = await ctx.types.declarationsOf(at);
  if (
    !declaration ||
    another ||
    !isVariableDeclaration(declaration) ||
    !declaration.initializer ||
    !isIdentifier(declaration.name)
  )
    return false;
  if ((declaration.parent.flags & NodeFlags.Const) === 0) return false;
  const value = unwrap(declaration.initializer);
  return isCallExpression(value) && (await ctx.facts.outcomeOf(value)) === 'promise';
}

/** Whether a union says `Promise<T> | T`: what is waited for sometimes is the same as what is there at other times. */
export async function isSometimesPromiseOfSame(type: TypeView, ctx: RuleContext): Promise<boolean> {
  const members = await type.unionMembers();
  const answers = await Promise.all(members.map((member) => member.thenability()));
  const plain = members.filter((member, index) => answers[index]?.extent === 'none' && !member.isNullish);
  const promises = members.filter((_, index) => answers[index]?.extent === 'all');
  const awaited = (await Promise.all(promises.map((promise) => promise.typeArguments()))).map(([first]) => first);
  if (plain.length === 0 || awaited.some((value) => value === undefined)) return false;
  const values = (await Promise.all(awaited.map((value) => (value as TypeView).unionMembers())))
    .flat()
    .filter((value) => !value.isNullish);
  const covered = await Promise.all(
    plain.map((member) => anyOf(values.map((value) => ctx.types.isAssignable(member, value)))),
  );
  return values.length > 0 && values.every((value) => !value.isUnknown) && covered.every(Boolean);
}

async function anyOf(answers: readonly Promise<boolean>[]): Promise<boolean> {
  return (await Promise.all(answers)).includes(true);
}
