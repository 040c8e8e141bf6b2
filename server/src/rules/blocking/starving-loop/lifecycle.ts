import { assignmentsIn } from '../../../facts/assignments.ts';
import { functionName } from '../../../facts/uses.ts';
import {
  enclosingFunction,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isWithin,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import { identifiersIn } from '../../../typescript/references.ts';

/**
 * Whether a flag says that something is switched on, such as `this.playing`: its file sets it to `true` and `false` only,
 * and what ends the loop is a function that nobody in the file calls. The loop then runs for as long as others want it to,
 * whatever it calls in its rounds. What is called `done` may be set by the work itself.
 * @param repeated the loop or function that goes on for as long as the flag stands
 */
export function isSwitch(flag: Node, repeated: Node): boolean {
  const at = unwrap(flag);
  const name = isPropertyAccessExpression(at) ? at.name.text : at.getText();
  if (/done|finish|complete|ready|found|loaded|settled|resolved/i.test(name)) return false;
  const writes = valuesOf(at);
  const outer = writes.filter((value) => !isWithin(value, repeated));
  if (!writes.every(isBoolean) || outer.length < writes.length) return false;
  const own = enclosingFunction(repeated);
  const others = outer.map((value) => enclosingFunction(value)).filter((fn) => fn !== undefined && fn !== own);
  return others.length > 0 && others.every((fn) => fn && !isWithin(fn, repeated) && !isCalledHere(fn));
}

function valuesOf(flag: Node): readonly Node[] {
  const { variables, members } = assignmentsIn(flag.getSourceFile());
  if (isIdentifier(flag)) return variables.get(flag.text) ?? [];
  return isPropertyAccessExpression(flag) ? (members.get(flag.name.text) ?? []).map(({ value }) => value) : [];
}

function isBoolean(value: Node): boolean {
  const { kind } = unwrap(value);
  return kind === SyntaxKind.TrueKeyword || kind === SyntaxKind.FalseKeyword;
}

function isCalledHere(fn: Node): boolean {
  const name = functionName(fn as Parameters<typeof functionName>[0])?.text;
  if (name === undefined) return false;
  return identifiersIn(fn.getSourceFile(), name).some(({ parent }) => {
    const call = parent && isPropertyAccessExpression(parent) ? parent.parent : parent;
    return call !== undefined && isCallExpression(call) && lastName(call) === name;
  });
}
