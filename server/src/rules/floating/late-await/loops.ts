import { keptCall } from '../../../facts/promises/kept-promises.ts';
import {
  type Identifier,
  isAwaitExpression,
  isForOfStatement,
  isIdentifier,
  isVariableDeclaration,
  isVariableDeclarationList,
  type Node,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { referencesTo } from '../../../typescript/references.ts';

/** How a loop waits for what it is given: the `await` in its body, or its own. */
export interface LoopWait {
  readonly node: Node;
  readonly isForAwait: boolean;
  /** The variable of the loop, where `await` is all that happens to it. */
  readonly element: Identifier | undefined;
}

/** `for (const p of ps) … await p …` and `for await (const x of ps)`. */
export function awaitedOneByOne(loop: Node): LoopWait | undefined {
  if (!isForOfStatement(loop) || !isVariableDeclarationList(loop.initializer)) return undefined;
  if (loop.awaitModifier) return { node: loop.awaitModifier, isForAwait: true, element: undefined };
  const [name] = loop.initializer.declarations.map((declaration) => declaration.name);
  if (!name || !isIdentifier(name)) return undefined;
  const [first, ...others] = referencesTo(name);
  const awaited = first && wrapped(first).parent;
  if (!awaited || !isAwaitExpression(awaited)) return undefined;
  return { node: awaited, isForAwait: false, element: others.length === 0 ? name : undefined };
}

/** The list that a loop goes over: the call that made it, where nothing else is done with it, and how the loop names it. */
export function listOf(loop: Node): { readonly name: Node; readonly value: Node } | undefined {
  if (!isForOfStatement(loop)) return undefined;
  const list = unwrap(loop.expression);
  if (!isIdentifier(list)) return { name: loop.expression, value: list };
  const declaration = declarationName(list)?.parent;
  const kept = declaration && isVariableDeclaration(declaration) ? keptCall(declaration) : undefined;
  return kept?.uses.length === 1 ? { name: list, value: kept.value } : undefined;
}
