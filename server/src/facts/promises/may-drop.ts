import { type AwaitExpression, isAwaitExpression, type Node } from '../../typescript/ast.ts';
import type { FileView } from '../../typescript/file-view.ts';
import type { Oracle, TypeView } from '../../typescript/oracle.ts';
import { after, allOf, type Soon } from '../../typescript/soon.ts';
import { partsOf } from './dropped-parts.ts';

/** Whether evaluating an expression for nothing may drop a promise, by what costs little to know. `false` is certain. */
export function mayDrop(
  expression: Node,
  allowVoid: boolean,
  tools: { readonly file: FileView; readonly types: Oracle },
): Soon<boolean> {
  const parts = partsOf(expression, allowVoid);
  if (parts.length === 0 || tools.file.isJavaScript || parts.some(({ isVoided }) => isVoided)) return parts.length > 0;
  return after(allOf(parts.map(({ node }) => mayBeDropped(node, tools.types))), (answers) => answers.includes(true));
}

function mayBeDropped(node: Node, types: Oracle): Soon<boolean> {
  if (isAwaitExpression(node)) return mayGiveList(node, types);
  return after(types.thenability(node), ({ extent }) => {
    if (extent !== 'none') return true;
    return after(types.declaredTypes(node), (declared) => {
      if (!declared) return true;
      return after(allOf(declared.map(mayKeepPromises)), (answers) => answers.includes(true));
    });
  });
}

function mayGiveList({ expression }: AwaitExpression, types: Oracle): Soon<boolean> {
  return after(types.thenability(expression), ({ extent, thenables }) => {
    if (extent !== 'all') return extent !== 'unknown';
    return after(allOf(thenables.map((thenable) => thenable.typeArguments())), (values) =>
      after(allOf(values.flat().map(mayKeepPromises)), (answers) => answers.includes(true)),
    );
  });
}

/** A list or a generator, or what may be one. */
export function mayKeepPromises(type: TypeView): Soon<boolean> {
  if (type.isPrimitive || type.isNullish || type.isNever) return false;
  if (type.isTypeParameter) return true;
  if (type.type.isUnionType()) {
    return after(type.unionMembers(), (members) =>
      after(allOf(members.map(mayKeepPromises)), (answers) => answers.includes(true)),
    );
  }
  return after(
    type.elements(),
    (elements) =>
      elements !== undefined || after(type.classDeclaredIn(), (declared) => declared?.name === 'AsyncGenerator'),
  );
}
