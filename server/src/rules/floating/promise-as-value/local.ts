import {
  enclosingFunction,
  hasModifier,
  isBinaryExpression,
  isConditionalExpression,
  isExportSpecifier,
  isIdentifier,
  isVariableDeclaration,
  isVariableDeclarationList,
  type Node,
  NodeFlags,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { isNothing } from '../../../typescript/promise-syntax.ts';
import type { RuleContext } from '../../define.ts';
import { misuseAt } from './misuse.ts';
import type { Misuse } from './misuse-kinds.ts';
import { leavesOf, type Place, placeOf } from './place.ts';
import { type PromiseValue, promiseValue } from './promise.ts';

/** A local variable that is given a promise somewhere, and what becomes of it. */
export interface LocalPromise {
  readonly name: string;
  /** The expressions whose promise it is given without `await`. */
  readonly creations: readonly Node[];
  /** Its uses as a value, in order. */
  readonly misuses: readonly { readonly node: Node; readonly misuse: Misuse }[];
  /** Whether the mistake was made where the promise was kept: all that uses it means its value. */
  readonly isMistakenEverywhere: boolean;
}

const known = new WeakMap<RuleContext, Map<Node, Promise<LocalPromise | undefined>>>();

/** The local variable that a name stands for, if promises are put into it. */
export async function localPromise(name: Node, ctx: RuleContext): Promise<LocalPromise | undefined> {
  const [declaration, another] = await ctx.types.declarationsOf(name);
  if (!declaration || another || declaration.getSourceFile() !== ctx.file.sourceFile || !isLocal(declaration))
    return undefined;
  let ofFile = known.get(ctx);
  if (!ofFile) known.set(ctx, (ofFile = new Map()));
  let found = ofFile.get(declaration);
  if (!found) ofFile.set(declaration, (found = study(declaration, ctx)));
  return found;
}

interface LocalDeclaration extends Node {
  readonly name: Node & { readonly text: string };
  readonly initializer?: Node;
}

function isLocal(declaration: Node): declaration is LocalDeclaration {
  if (
    !isVariableDeclaration(declaration) ||
    !isIdentifier(declaration.name) ||
    !isVariableDeclarationList(declaration.parent)
  )
    return false;
  return !hasModifier(declaration.parent.parent, SyntaxKind.ExportKeyword);
}

async function study(declaration: LocalDeclaration, ctx: RuleContext): Promise<LocalPromise | undefined> {
  const references = await referencesTo(declaration, ctx);
  const values: Node[] = declaration.initializer ? [declaration.initializer] : [];
  const uses: { readonly node: Node; readonly place: Place }[] = [];
  for (const node of references) {
    const place = isExportSpecifier(node.parent) ? ({ kind: 'consumed' } as const) : placeOf(node);
    if (place.kind !== 'target') uses.push({ node, place });
    const { parent } = wrapped(node);
    if (place.kind === 'target' && isBinaryExpression(parent)) values.push(parent.right);
  }
  const leaves = values.flatMap(leavesOf);
  const promises = await Promise.all(leaves.map((leaf) => promiseValue(leaf, ctx)));
  const creations = leaves.filter((leaf, index) => promises[index]?.extent === 'all' && isCreation(leaf));
  const first = promises.find((promise) => promise?.extent === 'all');
  if (!first || creations.length === 0) return undefined;
  const isSingle =
    values.length === 1 &&
    declaration.initializer !== undefined &&
    leaves.length === creations.length &&
    !mayBeMissing(declaration.initializer);
  const promise: PromiseValue = { ...first, nullish: !isSingle || first.nullish };
  // A member that is written here, such as `cancel`, is one that this promise has.
  const own = new Set(
    uses.flatMap(({ node, place }) => (place.kind === 'member' && isWritten(node) ? [place.name] : [])),
  );
  const misuses = await Promise.all(
    uses.map(({ node, place }) =>
      place.kind === 'member' && own.has(place.name) ? undefined : misuseAt(node, place, promise, ctx),
    ),
  );
  const found = uses.flatMap(({ node }, index) => (misuses[index] ? [{ node, misuse: misuses[index] }] : []));
  const others = uses.filter((_, index) => !misuses[index]).map(({ place }) => place);
  return { name: declaration.name.text, creations, misuses: found, isMistakenEverywhere: isMistaken(found, others) };
}

/** `promise.cancel = …` */
function isWritten(name: Node): boolean {
  return placeOf(wrapped(name).parent).kind === 'target';
}

/** `ready && load()` and `ready ? load() : null` are a promise or nothing. */
function mayBeMissing(value: Node): boolean {
  const at = unwrap(value);
  if (isNothing(at) || at.kind === SyntaxKind.FalseKeyword) return true;
  if (isConditionalExpression(at)) return mayBeMissing(at.whenTrue) || mayBeMissing(at.whenFalse);
  return isBinaryExpression(at) && at.operatorToken.kind === SyntaxKind.AmpersandAmpersandToken;
}

/** A name or a member that holds a promise was not created here. */
function isCreation({ kind }: Node): boolean {
  return (
    kind === SyntaxKind.CallExpression ||
    kind === SyntaxKind.NewExpression ||
    kind === SyntaxKind.TaggedTemplateExpression
  );
}

/**
 * Whether nothing has a use for the promise. Giving it on, or storing it, speaks for a promise that is wanted as such
 * where it is only tested, and not where it is also written into a text or calculated with.
 */
function isMistaken(misuses: readonly { readonly misuse: Misuse }[], others: readonly Place[]): boolean {
  const speaking = misuses.filter(({ misuse }) => misuse.key !== 'printed');
  if (speaking.length === 0) return false;
  const isClear = speaking.some(({ misuse: { key } }) => key !== 'condition' && key !== 'stored');
  return others.every((place) => {
    switch (place.kind) {
      case 'neutral':
        return true;
      case 'consumed':
        return false;
      case 'member':
        return place.name !== 'then' && place.name !== 'catch' && place.name !== 'finally';
      case 'argument':
        return false;
      default:
        return isClear;
    }
  });
}

async function referencesTo(declaration: LocalDeclaration, ctx: RuleContext): Promise<readonly Node[]> {
  const scope: Node = isVar(declaration)
    ? (enclosingFunction(declaration) ?? ctx.file.sourceFile)
    : blockOf(declaration);
  const { text } = declaration.name;
  const found: Node[] = [];
  const look = (node: Node): void => {
    if (isIdentifier(node) && node.text === text && node !== declaration.name && isReference(node)) found.push(node);
    node.forEachChild(look);
  };
  look(scope);
  const own = await ctx.types.symbolOf(declaration.name);
  const symbols = await Promise.all(found.map((node) => ctx.types.symbolOf(node)));
  return found.filter((_, index) => symbols[index]?.id === own?.id);
}

function isVar(declaration: Node): boolean {
  return (declaration.parent.flags & (NodeFlags.Let | NodeFlags.Const)) === 0;
}

/** The block, loop or function in which a `let` or `const` is visible. */
function blockOf(declaration: Node): Node {
  const statement = declaration.parent.parent;
  return statement.kind === SyntaxKind.VariableStatement ? statement.parent : statement;
}

function isReference(name: Node): boolean {
  const { parent } = name as Node & { readonly parent: Node & { readonly name?: Node; readonly propertyName?: Node } };
  switch (parent.kind) {
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.PropertyAssignment:
    case SyntaxKind.MethodDeclaration:
    case SyntaxKind.PropertyDeclaration:
    case SyntaxKind.PropertySignature:
    case SyntaxKind.JsxAttribute:
    case SyntaxKind.Parameter:
    case SyntaxKind.VariableDeclaration:
      return parent.name !== name;
    case SyntaxKind.BindingElement:
      return parent.name !== name && parent.propertyName !== name;
    case SyntaxKind.LabeledStatement:
    case SyntaxKind.BreakStatement:
    case SyntaxKind.ContinueStatement:
      return false;
    default:
      return true;
  }
}
