import type { Knowledge } from '../../knowledge/knowledge.ts';
import type { KnownLock } from '../../knowledge/locks.ts';
import { type CallExpression, isPropertyAccessExpression, SyntaxKind, unwrap } from '../../typescript/ast.ts';
import type { Oracle, TypeView } from '../../typescript/oracle.ts';

interface Tools {
  readonly types: Oracle;
  readonly knowledge: Knowledge;
}

/** What a call acquires: known by where it comes from, or by what the project's own class gives back. */
export async function acquiredBy(call: CallExpression, ctx: Tools): Promise<KnownLock | undefined> {
  const { locks } = ctx.knowledge;
  const callee = unwrap(call.expression);
  const method = isPropertyAccessExpression(callee) ? callee.name.text : '';
  const known = locks.mayAcquire(method || callee.getText())
    ? locks.acquiredBy(await ctx.types.origins(callee))
    : undefined;
  if (known) return known.gives === 'releaser' ? asGiven(known, call, ctx) : known;
  if (locks.mayLend(method || callee.getText())) return lentBy(call, ctx);
  const release = locks.counterpartOf(method);
  return release !== undefined &&
    isPropertyAccessExpression(callee) &&
    callee.expression.kind !== SyntaxKind.ThisKeyword
    ? ownLock(call, method, release, ctx)
    : undefined;
}

/** Older versions of a package may give nothing where newer ones give a function. */
async function asGiven(known: KnownLock, call: CallExpression, ctx: Tools): Promise<KnownLock> {
  const given = await awaitedType(call, ctx);
  return given?.isVoid ? { ...known, gives: 'nothing' } : known;
}

/** A lock of the project's own: a class with `acquire` and `release`, of which the first one waits. */
async function ownLock(
  call: CallExpression,
  method: string,
  release: string,
  ctx: Tools,
): Promise<KnownLock | undefined> {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee)) return undefined;
  const [owner, { extent }] = await Promise.all([ctx.types.typeOf(callee.expression), ctx.types.thenability(call)]);
  if (extent !== 'all') return undefined;
  const [declared] = await owner.heritage();
  if (declared?.from !== 'project') return undefined;
  const [given, counterpart] = await Promise.all([awaitedType(call, ctx), owner.property(release)]);
  const lock = { name: `${declared.name}.${method}`, kind: 'lock', asynchronous: false, isOwn: true } as const;
  if (given && (await given.isCallable())) return { ...lock, gives: 'releaser', release: [] };
  if (given && !given.isPrimitive && !given.isNullish && !given.isUnknown && (await given.property(release)))
    return { ...lock, gives: 'handle', release: [release] };
  if (!counterpart || !(await counterpart.isCallable()) || given?.isPrimitive) return undefined;
  return { ...lock, gives: given?.isNullish === false ? 'resource' : 'nothing', release: [release] };
}

/** What has a `release` of its own has to be given back. */
async function lentBy(call: CallExpression, ctx: Tools): Promise<KnownLock | undefined> {
  const given = (await awaitedType(call, ctx)) ?? (await ctx.types.typeOf(call));
  if (given.isUnknown || given.isPrimitive || given.isNullish) return undefined;
  const release = await given.property('release');
  if (!release || !(await release.isCallable())) return undefined;
  const results = await Promise.all((await release.returnTypes()).map((type) => type.thenability()));
  const asynchronous = results.some(({ extent }) => extent === 'all');
  const lent = { gives: 'handle', release: ['release'], kind: 'client', isGuessed: true } as const;
  return { ...lent, name: call.expression.getText(), asynchronous };
}

async function awaitedType(call: CallExpression, ctx: Tools): Promise<TypeView | undefined> {
  const { thenables } = await ctx.types.thenability(call);
  const [value] = (await thenables[0]?.typeArguments()) ?? [];
  return value;
}
