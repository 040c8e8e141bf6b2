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
  const places = referencesTo(name).filter((place) => !isCount(place));
  const loops = places.map(loopOver);
  const uses = places.map((place, index) => loops[index]?.statement ?? callbackOver(place));
  if (uses.length === 0 || uses.some((use) => use === undefined)) return undefined;
  const [loop] = loops;
  const isPlain =
    loop !== undefined && unwrap(loop.expression).kind === name.kind && places.length === referencesTo(name).length;
  return { combined, name, uses: uses as readonly Node[], loop: loops.length === 1 && isPlain ? loop : undefined };
}

/** `results.length`: how many there are says nothing of one of them. */
function isCount(place: Node): boolean {
  const access = wrapped(place).parent;
  return isPropertyAccessExpression(access) && access.expression === wrapped(place) && access.name.text === 'length';
}

/** `for (const result of results)`, and over its entries. */
function loopOver(place: Node): ForOfStatement | undefined {
  let at = wrapped(place);
  const access = at.parent;
  const isEntries =
    isPropertyAccessExpression(access) && access.name.text === 'entries' && isCallExpression(access.parent);
  if (isEntries) at = wrapped(access.parent);
  return isForOfStatement(at.parent) && at.parent.expression === at ? at.parent : undefined;
}

/** `results.forEach((result) => …)` */
function callbackOver(place: Node): Node | undefined {
  const access = wrapped(place).parent;
  if (!isPropertyAccessExpression(access) || access.name.text !== 'forEach') return undefined;
  const call = access.parent;
  return isCallExpression(call) && call.expression === access ? call.arguments[0] : undefined;
}
