/**
 * Where state is kept, as an access path: `this.conn`, `cache.get(key)`, a variable of the module. Two expressions name
 * one place where their paths have equal keys; local names for a place are looked through.
 */
import { collectionKnowledge as collections } from '../../knowledge/collections.ts';
import {
  enclosingFunction,
  type FunctionNode,
  type Identifier,
  isBindingElement,
  isCallExpression,
  isElementAccessExpression,
  isFunctionNode,
  isIdentifier,
  isNumericLiteral,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  isStringLiteral,
  isVariableDeclaration,
  isVariableDeclarationList,
  type Node,
  NodeFlags,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { assignmentsIn } from '../assignments.ts';

/** Who else can see a place: `local` nobody, `parameter` whoever handed the object over. */
export type PlaceKind = 'field' | 'module' | 'closure' | 'parameter' | 'local';

export interface Place {
  readonly kind: PlaceKind;
  /** Equal for equal places of one file, as far as names tell. */
  readonly key: string;
  /** As it is written where it was looked at: `this.conn`. */
  readonly text: string;
  /** The number of members and entries on the path. */
  readonly depth: number;
  /** Where the root's name is declared; undefined for `this`. */
  readonly declared: Identifier | undefined;
}

/** What an expression names, seen from a function. Undefined for values that nothing names. */
export function placeOf(expression: Node, fn: FunctionNode, depth = 0): Place | undefined {
  const at = unwrap(expression);
  if (at.kind === SyntaxKind.ThisKeyword)
    return { kind: 'field', key: 'this', text: 'this', depth: 0, declared: undefined };
  if (isIdentifier(at)) return ofName(at, fn, depth);
  if (isPropertyAccessExpression(at)) return member(placeOf(at.expression, fn, depth), `.${at.name.text}`, at);
  if (isElementAccessExpression(at)) {
    const key = keyText(at.argumentExpression);
    return key === undefined ? undefined : member(placeOf(at.expression, fn, depth), `[${key}]`, at);
  }
  if (isCallExpression(at)) {
    const callee = unwrap(at.expression);
    const [first] = at.arguments;
    if (!first || !isPropertyAccessExpression(callee)) return undefined;
    return collections.use(callee.name.text, at.arguments.length) === 'read-entry'
      ? entryOf(callee, first, fn, at)
      : undefined;
  }
  return undefined;
}

/** The entry of a collection that a call of one of its methods speaks of. */
export function entryOf(
  callee: Node & { readonly expression: Node },
  keyNode: Node,
  fn: FunctionNode,
  at: Node,
): Place | undefined {
  const key = keyText(keyNode);
  const base = placeOf(callee.expression, fn);
  // A method of the object itself is no collection's: `this.get(key)`.
  if (key === undefined || !base || (base.depth === 0 && base.kind === 'field')) return undefined;
  const method = callee as Node & { readonly name?: { readonly text: string } };
  const asks = method.name?.text === 'add' || method.name?.text === 'has' ? 'has' : 'get';
  const entry = member(base, `[${key}]`, at);
  return entry && { ...entry, text: `${shortText(callee.expression)}.${asks}(${shortText(keyNode)})` };
}

/** Whether other calls, or other functions, can see what is written there. */
export function isShared({ kind, depth, declared }: Place): boolean {
  switch (kind) {
    case 'field':
    case 'parameter':
      return depth > 0;
    case 'module':
    case 'closure':
      return depth > 0 || (declared !== undefined && isChangeable(declared));
    case 'local':
      return false;
  }
}

/** Whether one place is the other or a part of it: `this.token.expires` is within `this.token`. */
export function isWithinPlace(inner: Place, outer: Place): boolean {
  if (inner.key === outer.key) return true;
  if (!inner.key.startsWith(outer.key)) return false;
  const next = inner.key[outer.key.length];
  return next === '.' || next === '[';
}

/** Whether two places are one, or one is a part of the other. */
export function overlap(a: Place, b: Place): boolean {
  return isWithinPlace(a, b) || isWithinPlace(b, a);
}

/** The text of a key that has the same value wherever it stands; undefined for others. */
export function keyText(node: Node): string | undefined {
  const at = unwrap(node);
  if (isStringLiteral(at)) return `'${at.text}'`;
  if (isNumericLiteral(at)) return at.text;
  if (isIdentifier(at)) return at.text;
  if (at.kind === SyntaxKind.ThisKeyword) return 'this';
  if (isPropertyAccessExpression(at)) {
    const base = keyText(at.expression);
    return base === undefined ? undefined : `${base}.${at.name.text}`;
  }
  const text = at.getText().replace(/\s+/g, ' ');
  const isTemplate = at.kind === SyntaxKind.TemplateExpression;
  return isTemplate && text.length <= longestKey && !text.includes('(') ? text : undefined;
}

const longestKey = 60;

function member(base: Place | undefined, part: string, at: Node): Place | undefined {
  if (!base) return undefined;
  return { ...base, key: base.key + part, text: shortText(at), depth: base.depth + 1 };
}

/** What is written, on one line: `cache.get(key)`. */
export function shortText(node: Node): string {
  const text = unwrap(node).getText().replace(/\s+/g, ' ').replaceAll('`', "'");
  return text.length > longestText ? `${text.slice(0, longestText - 1).trimEnd()}…` : text;
}

const longestText = 44;

function ofName(name: Identifier, fn: FunctionNode, depth: number): Place | undefined {
  const declared = declarationName(name);
  if (!declared) return undefined;
  const alias = depth < deepestAlias ? aliased(declared, fn, depth) : undefined;
  if (alias) return alias;
  const kind = kindOf(declared, fn);
  return { kind, key: `${declared.text}@${declared.pos}`, text: name.text, depth: 0, declared };
}

const deepestAlias = 4;

/** `const { cache } = this` and `const cache = this.cache` are names for the field, as long as nothing else is put into them. */
function aliased(declared: Identifier, fn: FunctionNode, depth: number): Place | undefined {
  const { parent } = declared;
  if (isBindingElement(parent)) {
    const pattern = parent.parent;
    if (!isObjectBindingPattern(pattern) || parent.dotDotDotToken || parent.initializer) return undefined;
    const holder = pattern.parent;
    const key = (parent.propertyName ?? parent.name) as Node & { readonly text?: string };
    if (!isVariableDeclaration(holder) || !holder.initializer || key.text === undefined) return undefined;
    if (!isFixed(holder, declared)) return undefined;
    const base = placeOf(holder.initializer, fn, depth + 1);
    return base && { ...base, key: `${base.key}.${key.text}`, text: declared.text, depth: base.depth + 1 };
  }
  if (!isVariableDeclaration(parent) || !parent.initializer || !isFixed(parent, declared)) return undefined;
  const base = placeOf(parent.initializer, fn, depth + 1);
  return base && { ...base, text: base.depth === 0 ? base.text : declared.text };
}

function isFixed(variable: Node, name: Identifier): boolean {
  const list = variable.parent;
  if (!isVariableDeclarationList(list)) return false;
  return (list.flags & NodeFlags.Const) !== 0 || !isAssigned(name);
}

/** Whether anything in the file gives a new value to a variable of this name. */
export function isAssigned(name: Identifier): boolean {
  return assignmentsIn(name.getSourceFile()).variables.has(name.text);
}

function isChangeable(declared: Identifier): boolean {
  const { parent } = declared;
  if (isVariableDeclaration(parent)) {
    const list = parent.parent;
    return isVariableDeclarationList(list) && (list.flags & NodeFlags.Const) === 0;
  }
  return parent.kind === SyntaxKind.Parameter;
}

function kindOf(declared: Identifier, fn: FunctionNode): PlaceKind {
  for (let at: Node | undefined = declared; at; at = at.parent) {
    if (at === fn) return isParameterOf(declared, fn) ? 'parameter' : 'local';
  }
  return enclosingFunction(declared) || isParameter(declared) ? 'closure' : 'module';
}

function isParameterOf(declared: Node, fn: FunctionNode): boolean {
  return fn.parameters.some((parameter) => contains(parameter, declared));
}

function contains(outer: Node, inner: Node): boolean {
  return outer.pos <= inner.pos && inner.end <= outer.end;
}

function isParameter(declared: Node): boolean {
  for (let at: Node | undefined = declared; at && !isFunctionNode(at); at = at.parent)
    if (at.kind === SyntaxKind.Parameter) return true;
  return false;
}
