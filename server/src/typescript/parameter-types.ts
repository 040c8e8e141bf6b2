import { SyntaxKind } from './ast.ts';
import type { CheckerQueries } from './checker-queries.ts';
import { TypeView } from './type-view.ts';

type Signature = Parameters<CheckerQueries['returnType']>[0];

/**
 * The types of a parameter, one for every overload and every member of a union of callees; rest parameters are opened.
 * @param kind of the call: a `new` asks for the construct signatures
 */
export async function parameterTypes(
  callee: TypeView,
  kind: SyntaxKind,
  index: number,
  queries: CheckerQueries,
): Promise<readonly TypeView[]> {
  const found: TypeView[] = [];
  for (const member of await callee.unionMembers()) {
    const signatures = await (kind === SyntaxKind.NewExpression
      ? queries.constructSignatures(member.type)
      : queries.callSignatures(member.type));
    for (const signature of signatures) {
      const last = signature.parameters.length - 1;
      if (!signature.hasRestParameter || index < last) {
        if (index <= last) found.push(new TypeView(await queries.parameterType(signature, index), queries));
        continue;
      }
      found.push(...(await restTypes(signature, index - last, queries)));
    }
  }
  return found;
}

async function restTypes(signature: Signature, offset: number, queries: CheckerQueries): Promise<readonly TypeView[]> {
  const rest = (await signature.getParameters()).at(-1);
  if (!rest) return [];
  const out: TypeView[] = [];
  for (const member of await new TypeView(await queries.typeOfSymbol(rest), queries).unionMembers()) {
    const elements = await member.elements();
    const element = member.isTuple ? elements?.[offset] : elements?.[0];
    if (element) out.push(element);
  }
  return out;
}
