import { holderOf } from '../../../facts/lifetime/held-values.ts';
import {
  type CallExpression,
  calleeName,
  isCallExpression,
  isIdentifier,
  type Node,
  wrapped,
} from '../../../typescript/ast.ts';
import { namesIn } from '../../../typescript/references.ts';

/** Methods that say that something was open. */
const closing = new Set(['release', 'close', 'dispose', 'destroy', 'disconnect', 'terminate', '$disconnect']);

/** Another call of the same function in the file whose result is closed by a method: what has to be done here too. */
export function closesElsewhere(call: CallExpression): { readonly method: string; readonly at: Node } | undefined {
  const name = calleeName(call);
  const { text } = call.getSourceFile();
  if (!isIdentifier(name) || !/\.(?:release|close|dispose|destroy|disconnect|terminate|\$disconnect)\(/.test(text))
    return undefined;
  const callee = call.expression.getText();
  for (const place of namesIn(call.getSourceFile(), name.text)) {
    const other = wrapped(place.parent).parent;
    const otherCall = isCallExpression(place.parent) ? place.parent : other;
    if (place === name || !isCallExpression(otherCall) || otherCall === call) continue;
    if (otherCall.expression.getText() !== callee) continue;
    const holder = holderOf(otherCall);
    if (holder.kind !== 'variable') continue;
    const found = holder.uses.find((use) => use.kind === 'method' && closing.has(use.member));
    if (found?.kind === 'method') return { method: found.member, at: found.call };
  }
  return undefined;
}
