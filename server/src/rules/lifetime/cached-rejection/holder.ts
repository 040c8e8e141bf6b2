import { blocksOnPurpose } from '../../../facts/blocking/blocking-places.ts';
import { returnedExpressions } from '../../../facts/promises/outcome.ts';
import { functionName } from '../../../facts/uses.ts';
import {
  type ClassLikeDeclaration,
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isBinaryExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isElementAccessExpression,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
  wrapped,
} from '../../../typescript/ast.ts';
import type { RuleContext } from '../../define.ts';
import type { CachingPlace } from './place.ts';
import { removalsIn } from './removal.ts';

/** Whether the cache is there for later callers: a field, or a variable from outside of the function. */
export async function outlivesItsCall({ cache, how, fn }: CachingPlace, ctx: RuleContext): Promise<boolean> {
  const holder = how === 'element' && isElementAccessExpression(cache) ? unwrap(cache.expression) : unwrap(cache);
  const root = rootOf(holder);
  if (how === 'map' && !(await isPlainMap(holder, ctx))) return false;
  if (root.kind === SyntaxKind.ThisKeyword) return !(await isOneOperation(root, ctx));
  if (!isIdentifier(root)) return false;
  const declarations = await ctx.types.declarationsOf(root);
  return declarations.some((declaration) => {
    // What a parameter or another file's function holds may be as short-lived as the call.
    if (isClassLikeDeclaration(declaration)) return true;
    if (!isVariableDeclaration(declaration)) return false;
    const owner = enclosingFunction(declaration);
    return !owner || (owner !== fn && isHandedOut(fn, owner));
  });
}

/** Whether a function leaves the function that it is made in, as its result or as a part of it. */
function isHandedOut(fn: FunctionNode, owner: FunctionNode): boolean {
  const name = functionName(fn)?.text;
  return returnedExpressions(owner).some((result) => {
    let found = false;
    const look = (node: Node): void => {
      found ||= node === fn || (isIdentifier(node) && node.text === name);
      // What a call is given runs when the call does, which may be at once.
      if (!found && !isCallExpression(node) && !isFunctionNode(node)) node.forEachChild(look);
    };
    look(result);
    return found;
  });
}

/** The name that a chain of members starts with. */
function rootOf(node: Node): Node {
  let at = unwrap(node);
  while (isPropertyAccessExpression(at) || isElementAccessExpression(at)) at = unwrap(at.expression);
  return at;
}

/** The language's own Map. Caches of packages let go of what is old, and a WeakMap of what is gone. */
async function isPlainMap(holder: Node, ctx: RuleContext): Promise<boolean> {
  const type = await ctx.types.typeOf(holder);
  const declared = await type.classDeclaredIn();
  return declared?.name === 'Map' && declared.from === 'lib';
}

/** An object that is itself a promise or a task stands for one operation, which fails once. */
async function isOneOperation(self: Node, ctx: RuleContext): Promise<boolean> {
  return (await (await ctx.types.typeOf(self)).property('then')) !== undefined;
}

/** Whether another file takes promises out of the cache. Searches the program, and so comes last. */
export async function isRemovedElsewhere(place: CachingPlace, ctx: RuleContext): Promise<boolean> {
  const { cache, how } = place;
  const holder = how === 'element' && isElementAccessExpression(cache) ? unwrap(cache.expression) : unwrap(cache);
  const name = isPropertyAccessExpression(holder) ? holder.name : holder;
  if (name.kind === SyntaxKind.PrivateIdentifier) return false;
  const [declaration] = await ctx.types.declarationsOf(holder);
  if (!declaration || hasModifier(declaration, SyntaxKind.PrivateKeyword)) return false;
  const isExported =
    isVariableDeclaration(declaration) && hasModifier(declaration.parent.parent, SyntaxKind.ExportKeyword);
  if (isVariableDeclaration(declaration) && !isExported) return false;
  const places = await ctx.types.referencesElsewhere(name);
  return places.some((other) => removalsIn(wrapped(other).parent.parent.parent, place).length > 0);
}

/**
 * Whether the field is one of an object that the program only ever makes for the length of a call:
 * `const state = new State(request)`. A class that nobody makes here is made by others, and may live long.
 */
export async function isOfPassingObject({ cache }: CachingPlace, ctx: RuleContext): Promise<boolean> {
  const root = rootOf(cache);
  return root.kind === SyntaxKind.ThisKeyword && isPassingClass(classAround(root), ctx, 0);
}

async function isPassingClass(
  owner: ClassLikeDeclaration | undefined,
  ctx: RuleContext,
  depth: number,
): Promise<boolean> {
  const name = owner?.name;
  if (!name || depth > mostHolders) return false;
  const makings = [...placesOf(name.text, name.getSourceFile()), ...(await ctx.types.referencesElsewhere(name))]
    .map((place) => place.parent)
    .filter((parent) => isNewExpression(parent))
    .filter((made) => !blocksOnPurpose(made.getSourceFile()));
  const lives = await Promise.all(
    makings.map(async (made) => {
      if (isForOneCall(made)) return 'short';
      if (isArgument(made)) return 'unknown';
      // A field lives as long as the object that has it.
      const holder = fieldOwner(made);
      return holder && holder !== owner && (await isPassingClass(holder, ctx, depth + 1)) ? 'short' : 'long';
    }),
  );
  return lives.includes('short') && !lives.includes('long');
}

const mostHolders = 3;

/** The class whose field an object is put into: `this.parts = new Parts()`. */
function fieldOwner(made: Node): ClassLikeDeclaration | undefined {
  const { parent } = wrapped(made);
  const isField =
    isPropertyDeclaration(parent) ||
    (isBinaryExpression(parent) && rootOf(parent.left).kind === SyntaxKind.ThisKeyword);
  return isField ? classAround(parent) : undefined;
}

function classAround(node: Node): ClassLikeDeclaration | undefined {
  let at: Node | undefined = node;
  while (at && !isClassLikeDeclaration(at)) at = at.parent;
  return at;
}

function isForOneCall(made: Node): boolean {
  const { parent } = wrapped(made);
  if (isPropertyAccessExpression(parent)) return true;
  return isVariableDeclaration(parent) && enclosingFunction(parent) !== undefined && !isReturnedLater(parent);
}

function isArgument(made: Node): boolean {
  const at = wrapped(made);
  return isCallExpression(at.parent) && at.parent.expression !== at && enclosingFunction(at) !== undefined;
}

/** A factory makes what others keep: it returns it, or puts it into something else that it makes. */
function isReturnedLater({ name, parent }: Node & { readonly name: Node }): boolean {
  const fn = enclosingFunction(parent);
  if (!fn?.body) return false;
  const text = name.getText();
  if (returnedExpressions(fn).some((result) => unwrap(result).getText() === text)) return true;
  let found = false;
  walkBody(fn.body, (node) => {
    found ||= isNewExpression(node) && (node.arguments ?? []).some((argument) => argument.getText() === text);
    return !found;
  });
  return found;
}

function placesOf(name: string, root: Node): readonly Node[] {
  const found: Node[] = [];
  const look = (node: Node): void => {
    if (isIdentifier(node) && node.text === name) found.push(node);
    node.forEachChild(look);
  };
  look(root);
  return found;
}
