import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isBinaryExpression,
  isCallExpression,
  isExportAssignment,
  isExportSpecifier,
  isIdentifier,
  isImportClause,
  isImportSpecifier,
  isMethodDeclaration,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isShorthandPropertyAssignment,
  isVariableDeclaration,
  lastName,
  type NewExpression,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../typescript/ast.ts';
import type { Oracle } from '../typescript/oracle.ts';
import { namesIn } from '../typescript/references.ts';
import { blocksOnPurpose } from './blocking/blocking-places.ts';

/** One place of the same file where a function is used. */
export type FunctionUse =
  | { readonly kind: 'call'; readonly call: CallExpression | NewExpression }
  /** Handed to a call, which may run it now, later or never. */
  | { readonly kind: 'argument'; readonly call: CallExpression | NewExpression; readonly index: number }
  /** Exported, stored, compared: whoever gets it may run it. */
  | { readonly kind: 'other'; readonly at: Node };

/**
 * Who uses a function within its own file: the file's call graph, read upwards from the functions that somebody asks for.
 * Invariant: names are looked up once a file, and only in files that a question was asked about.
 */
export class FunctionUses {
  readonly #types: Oracle;
  readonly #known = new WeakMap<FunctionNode, Promise<readonly FunctionUse[]>>();
  readonly #elsewhere = new WeakMap<FunctionNode, Promise<readonly FunctionUse[]>>();

  constructor(types: Oracle) {
    this.#types = types;
  }

  /** All uses of a function in its file; its own name inside itself included. */
  of(fn: FunctionNode): Promise<readonly FunctionUse[]> {
    let known = this.#known.get(fn);
    if (!known) this.#known.set(fn, (known = this.#find(fn)));
    return known;
  }

  /** The uses of a function in the program's other files, tests and build scripts left out. */
  elsewhere(fn: FunctionNode): Promise<readonly FunctionUse[]> {
    let known = this.#elsewhere.get(fn);
    if (!known) this.#elsewhere.set(fn, (known = this.#findElsewhere(fn)));
    return known;
  }

  async #findElsewhere(fn: FunctionNode): Promise<readonly FunctionUse[]> {
    const name = functionName(fn);
    if (!name || !mayBeNamedElsewhere(fn, name)) return [];
    const places = await this.#types.referencesElsewhere(name);
    return places
      .filter((place) => !isImportOrExport(place) && !blocksOnPurpose(place.getSourceFile()))
      .map((place) => useOf(isMemberName(place) ? place.parent : place));
  }

  async #find(fn: FunctionNode): Promise<readonly FunctionUse[]> {
    const inline = inlineUse(fn);
    if (inline) return [inline];
    const name = functionName(fn);
    if (!name) return [];
    const isMember =
      name.parent.kind !== SyntaxKind.VariableDeclaration && name.parent.kind !== SyntaxKind.FunctionDeclaration;
    const places = namesIn(fn.getSourceFile(), name.text).filter(
      (place) => place !== name && isMemberName(place) === isMember,
    );
    const uses = await Promise.all(
      places.map(async (place): Promise<FunctionUse | undefined> => {
        if (isHandedOut(place)) return { kind: 'other', at: place };
        const expression = isMember ? place.parent : place;
        const functions = await this.#types.functionsOf(expression);
        return functions.some((found) => isSame(found, fn)) ? useOf(expression) : undefined;
      }),
    );
    return uses.filter((use) => use !== undefined);
  }
}

/** The use that a function expression has by standing where it stands, such as an argument; undefined for named functions. */
export function inlineUse(fn: FunctionNode): FunctionUse | undefined {
  if (fn.kind !== SyntaxKind.ArrowFunction && fn.kind !== SyntaxKind.FunctionExpression) return undefined;
  const use = useOf(fn);
  return use.kind === 'other' && functionName(fn) ? undefined : use;
}

/** The name that a function is known by around itself: its own, or that of the variable or property that holds it. */
export function functionName(fn: FunctionNode): (Node & { readonly text: string }) | undefined {
  const own = fn.kind === SyntaxKind.FunctionExpression ? undefined : (fn as { readonly name?: Node }).name;
  if (own) return hasText(own) ? own : undefined;
  const holder = wrapped(fn).parent;
  if (isVariableDeclaration(holder) || isPropertyAssignment(holder) || isPropertyDeclaration(holder)) {
    return hasText(holder.name) ? holder.name : undefined;
  }
  if (isBinaryExpression(holder) && holder.operatorToken.kind === SyntaxKind.EqualsToken) {
    const target = unwrap(holder.left);
    if (isIdentifier(target)) return target;
    if (isPropertyAccessExpression(target)) return hasText(target.name) ? target.name : undefined;
  }
  return undefined;
}

/**
 * The function whose run contains a node. Functions that are called where they stand, and callbacks of the array
 * methods, run as part of what is around them. Undefined for what runs while the module or a class field is initialised.
 */
export function runningFunction(node: Node): FunctionNode | undefined {
  for (let at = node; ; ) {
    const fn = enclosingFunction(at);
    if (!fn) return undefined;
    const use = isPlain(fn) ? inlineUse(fn) : undefined;
    if (use?.kind !== 'call' && !(use?.kind === 'argument' && runsItsArgumentNow(use.call))) return fn;
    at = use.call;
  }
}

/** Whether a call runs the function that it is given before it returns: `items.forEach(…)`. */
export function runsItsArgumentNow(call: CallExpression | NewExpression): boolean {
  return (
    isPropertyAccessExpression(unwrap(call.expression)) && synchronousIteration.has(lastName(call.expression) ?? '')
  );
}

const synchronousIteration = new Set(
  'every filter find findIndex findLast findLastIndex flatMap forEach from map reduce reduceRight replace replaceAll some sort toSorted'.split(
    ' ',
  ),
);

function isPlain(fn: FunctionNode): boolean {
  const { asteriskToken, modifiers } = fn as { readonly asteriskToken?: Node; readonly modifiers?: readonly Node[] };
  return asteriskToken === undefined && !modifiers?.some((modifier) => modifier.kind === SyntaxKind.AsyncKeyword);
}

/** A file's tree may be decoded twice in one run. */
function isSame(a: Node, b: Node): boolean {
  return a === b || (a.pos === b.pos && a.end === b.end && a.getSourceFile().fileName === b.getSourceFile().fileName);
}

function useOf(expression: Node): FunctionUse {
  const at = wrapped(expression);
  const { parent } = at;
  if (!isCallExpression(parent) && !isNewExpression(parent)) return { kind: 'other', at };
  if (parent.expression === at) return { kind: 'call', call: parent };
  const index = parent.arguments?.indexOf(at as never) ?? -1;
  return index < 0 ? { kind: 'other', at } : { kind: 'argument', call: parent, index };
}

function hasText(name: Node): name is Node & { readonly text: string } {
  return (
    name.kind === SyntaxKind.Identifier ||
    name.kind === SyntaxKind.PrivateIdentifier ||
    name.kind === SyntaxKind.StringLiteral
  );
}

function isMemberName(node: Node): boolean {
  return isPropertyAccessExpression(node.parent) && node.parent.name === node;
}

function isImportOrExport(node: Node): boolean {
  return isImportSpecifier(node.parent) || isImportClause(node.parent) || isExportSpecifier(node.parent);
}

/** Exported functions, and members that are not private. */
function mayBeNamedElsewhere(fn: FunctionNode, name: Node): boolean {
  if (name.kind === SyntaxKind.PrivateIdentifier || hasModifier(fn, SyntaxKind.PrivateKeyword)) return false;
  return (
    isExported(fn) || isMethodDeclaration(fn) || isPropertyDeclaration(name.parent) || isPropertyAssignment(name.parent)
  );
}

export function isExported(fn: FunctionNode): boolean {
  const holder = wrapped(fn).parent;
  return hasModifier(isVariableDeclaration(holder) ? holder.parent.parent : fn, SyntaxKind.ExportKeyword);
}

/** Places where the compiler's answer is about the export or the property and not about the function. */
function isHandedOut(node: Node): boolean {
  return (
    isExportSpecifier(node.parent) || isExportAssignment(node.parent) || isShorthandPropertyAssignment(node.parent)
  );
}
