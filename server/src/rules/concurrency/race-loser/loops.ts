import {
  enclosingFunction,
  isBinaryExpression,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isSpreadElement,
  isWithin,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { chainOf } from '../../../typescript/promise-syntax.ts';
import { referencesTo } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';

/** The innermost loop whose rounds run a node, in the same function. */
export function loopAround(node: Node): Node | undefined {
  for (let at = node.parent; at && !isFunctionNode(at); at = at.parent) {
    if (!isLoop(at)) continue;
    // What stands in the head of a `for…of` runs once.
    const { statement, expression } = at as Node & { readonly statement: Node; readonly expression?: Node };
    const isHead = at.kind === SyntaxKind.ForOfStatement && expression && isWithin(node, expression);
    if (!isHead && (isWithin(node, statement) || at.kind !== SyntaxKind.ForOfStatement))
      return leavesAtOnce(node, at) ? undefined : at;
  }
  return undefined;
}

function isLoop({ kind }: Node): boolean {
  switch (kind) {
    case SyntaxKind.WhileStatement:
    case SyntaxKind.DoStatement:
    case SyntaxKind.ForStatement:
    case SyntaxKind.ForOfStatement:
      return true;
    default:
      return false;
  }
}

/** `return Promise.race(…)` ends the loop with its first round. */
function leavesAtOnce(node: Node, loop: Node): boolean {
  for (let at = node; at !== loop; at = at.parent) if (at.kind === SyntaxKind.ReturnStatement) return true;
  return false;
}

/**
 * The promise of a racer that is older than the loop and stays the same in it. One that lives no longer than a loop over
 * a collection is let go soon enough, and one that a timer settles as well.
 */
export async function longLivedIn(
  element: Node,
  loop: Node,
  ctx: Pick<RuleContext, 'types'>,
): Promise<Node | undefined> {
  if (isSpreadElement(element)) return undefined;
  const { start } = chainOf(element);
  const isKept = isIdentifier(start) ? isOlderName(start, loop) : isOlderMember(start, loop);
  if (!isKept) return undefined;
  const { extent } = await ctx.types.thenability(start);
  if (extent !== 'all') return undefined;
  if (isIdentifier(start)) return start;
  // A getter may give another promise each time.
  const declarations = await ctx.types.declarationsOf(start);
  return declarations.length > 0 && declarations.every(({ kind }) => isFieldKind(kind)) ? start : undefined;
}

function isFieldKind(kind: SyntaxKind): boolean {
  return (
    kind === SyntaxKind.PropertyDeclaration || kind === SyntaxKind.PropertySignature || kind === SyntaxKind.Parameter
  );
}

function isOlderName(use: Node, loop: Node): boolean {
  const name = isIdentifier(use) ? declarationName(use) : undefined;
  if (!name || isWithin(name, loop)) return false;
  if (referencesTo(name).some((place) => isWithin(place, loop) && isWritten(place))) return false;
  const { parent } = name;
  // What the function itself makes ends with it.
  const isOwn = enclosingFunction(name) === enclosingFunction(loop);
  return isOwn
    ? isParameterDeclaration(parent) && isEndless(loop)
    : !isTimed((parent as { readonly initializer?: Node }).initializer);
}

/** `this.closed`, `client.closed`: nothing of it gets another value in the loop. */
function isOlderMember(start: Node, loop: Node): boolean {
  if (!isPropertyAccessExpression(start)) return false;
  const text = start.getText();
  let root: Node = start;
  while (isPropertyAccessExpression(root)) root = unwrap(root.expression);
  if (root.kind !== SyntaxKind.ThisKeyword && !(isIdentifier(root) && isOlderRoot(root, loop))) return false;
  let isChanged = false;
  const look = (node: Node): void => {
    isChanged ||= isPropertyAccessExpression(node) && node.getText() === text && isWritten(node);
    if (!isChanged) node.forEachChild(look);
  };
  look(loop);
  // An object outlives the streams that its methods read.
  return !isChanged && (isEndless(loop) || isStream(loop));
}

function isOlderRoot(root: Node, loop: Node): boolean {
  const name = isIdentifier(root) ? declarationName(root) : undefined;
  const isOwn = name && enclosingFunction(name) === enclosingFunction(loop) && !isParameterDeclaration(name.parent);
  return (
    name !== undefined &&
    !isOwn &&
    !isWithin(name, loop) &&
    !referencesTo(name).some((use) => isWithin(use, loop) && isWritten(use))
  );
}

function isWritten(use: Node): boolean {
  const { parent } = use;
  return (
    isBinaryExpression(parent) &&
    parent.left === use &&
    /=$/.test(parent.operatorToken.getText()) &&
    !/^[=!]==?$/.test(parent.operatorToken.getText())
  );
}

/** A loop that goes on until something happens, and not once for each element of a collection or a stream. */
function isEndless(loop: Node): boolean {
  if (loop.kind === SyntaxKind.ForOfStatement) return false;
  return loop.kind !== SyntaxKind.ForStatement || (loop as { readonly condition?: Node }).condition === undefined;
}

/** `for await`. */
function isStream(loop: Node): boolean {
  return (
    loop.kind === SyntaxKind.ForOfStatement && (loop as { readonly awaitModifier?: Node }).awaitModifier !== undefined
  );
}

function isTimed(value: Node | undefined): boolean {
  const at = value && chainOf(value).start;
  if (!at) return false;
  return /\b(?:setTimeout|sleep|delay|timeout)\b/i.test(isNewExpression(at) ? at.getText() : at.getText().slice(0, 80));
}
