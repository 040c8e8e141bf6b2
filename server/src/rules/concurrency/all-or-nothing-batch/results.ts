import {
  type CallExpression,
  type ForOfStatement,
  type Identifier,
  isAwaitExpression,
  isCallExpression,
  isForOfStatement,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclarationList,
  type Node,
  NodeFlags,
  unwrap,
  type VariableDeclaration,
  wrapped,
} from '../../../typescript/ast.ts';
import { referencesTo } from '../../../typescript/references.ts';

/** `const results = await Promise.all(…)`, whose results are gone through one by one. */
export interface Batch {
  readonly combined: CallExpression;
  readonly name: Identifier;
  /** What is done with each result: the bodies of the loops. */
  readonly uses: readonly Node[];
  /** The one loop that goes through the results, where there is one. */
  readonly loop: ForOfStatement | undefined;
}

export function batchOf({ name, initializer, parent }: VariableDeclaration): Batch | undefined {
  const awaited = initializer && unwrap(initializer);
  if (!awaited || !isAwaitExpression(awaited) || !isIdentifier(name)) return undefined;
  const combined = unwrap(awaited.expression);
  if (!isCallExpression(combined) || !isVariableDeclarationList(parent) || (parent.flags & NodeFlags.Const) === 0)
    return undefined;
  const callee = unwrap(combined.expression);
  const isAll =
    isPropertyAccessExpression(callee) &&
    callee.name.text === 'all' &&
    isIdentifier(callee.expression) &&
    callee.expression.text === 'Promise';
  if (!isAll) return undefined;
  const places = referencesTo(name);
  const loops = places.map(loopOver);
  const uses = places.map((place, index) => loops[index]?.statement ?? callbackOver(place));
  if (uses.length === 0 || uses.some((use) => use === undefined)) return undefined;
  const [loop] = loops;
  return { combined, name, uses: uses as readonly Node[], loop: loops.length === 1 ? loop : undefined };
}

function loopOver(place: Node): ForOfStatement | undefined {
  const at = wrapped(place);
  return isForOfStatement(at.parent) && at.parent.expression === at ? at.parent : undefined;
}

/** `results.forEach((result) => …)` */
function callbackOver(place: Node): Node | undefined {
  const access = wrapped(place).parent;
  if (!isPropertyAccessExpression(access) || access.name.text !== 'forEach') return undefined;
  const call = access.parent;
  return isCallExpression(call) && call.expression === access ? call.arguments[0] : undefined;
}
