import {
  hasModifier,
  isFunctionNode,
  isInterfaceDeclaration,
  isMethodDeclaration,
  type Node,
  SyntaxKind,
  spanOf,
} from '../../../typescript/ast.ts';
import type { TypeView } from '../../../typescript/oracle.ts';
import { givesPromise, promiseIn } from './callback.ts';
import { expectsNothing } from './expectation.ts';
import type { Context } from './messages.ts';
import { reportUnlessGuarded } from './report.ts';

/** A method of an object literal against the type that the object is expected to have. */
export async function checkObjectMethod(
  method: Node & { readonly name: Node; readonly parent: Node },
  ctx: Context,
): Promise<void> {
  if (!isMethodDeclaration(method)) return;
  if (!(await givesAny(method, ctx))) return;
  const name = method.name.getText();
  const expected = await ctx.types.expectedType(method.parent as never);
  const types = expected
    ? await Promise.all((await expected.unionMembers()).map((member) => member.property(name)))
    : [];
  const known = types.filter((type): type is TypeView => type !== undefined);
  if (!(await expectsNothing(known))) return;
  await reportUnlessGuarded(
    'assigned',
    { node: method, where: spanOf(method.name), literal: undefined, functions: [method] },
    { name },
    ctx,
  );
}

/** A member of a class or interface against what its bases say of it. */
export function checkMember(member: Node, ctx: Context): Promise<void> | undefined {
  const { name, parent } = member as {
    readonly name?: Node;
    readonly parent: Node & { readonly heritageClauses?: unknown };
  };
  if (!name || !parent.heritageClauses || hasModifier(member, SyntaxKind.StaticKeyword)) return;
  const isDeclared = isInterfaceDeclaration(parent) || hasModifier(member, SyntaxKind.AbstractKeyword);
  // The other signatures of an overloaded method say nothing of their own.
  if (isMethodDeclaration(member) && !member.body && !isDeclared) return;
  return judgeMember(member, name, isDeclared, ctx);
}

async function judgeMember(member: Node, name: Node, isDeclared: boolean, ctx: Context): Promise<void> {
  if (!(await givesAny(member, ctx))) return;
  const inherited = await ctx.types.inheritedTypes(member);
  const verdicts = await Promise.all(inherited.map(({ type }) => expectsNothing([type])));
  const base = inherited.find((_, index) => verdicts[index])?.base;
  if (base === undefined) return;
  const functions = isDeclared ? [] : isFunctionNode(member) ? [member] : await ctx.types.functionsOf(name);
  await reportUnlessGuarded(
    'override',
    { node: member, where: spanOf(name), literal: undefined, functions },
    { name: name.getText(), base },
    ctx,
  );
}

/** Whether a member gives a promise, by its body or by what its type says. */
async function givesAny(member: Node, ctx: Context): Promise<boolean> {
  if (isMethodDeclaration(member) && member.body && (await promiseIn(member, ctx))) return true;
  const { name } = member as { readonly name?: Node };
  return name !== undefined && givesPromise(await ctx.types.typeOf(name), ctx);
}
