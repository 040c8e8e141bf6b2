import {
  type BindingElement,
  type CallExpression,
  type ClassDeclaration,
  type ClassExpression,
  type FunctionNode,
  hasModifier,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isClassLikeDeclaration,
  isConditionalExpression,
  isExportAssignment,
  isFunctionNode,
  isGetAccessorDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isMethodSignatureDeclaration,
  isObjectBindingPattern,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isPropertySignatureDeclaration,
  isSetAccessorDeclaration,
  isShorthandPropertyAssignment,
  isVariableDeclaration,
  isVariableDeclarationList,
  type Node,
  NodeFlags,
  SyntaxKind,
  unwrap,
} from '../typescript/ast.ts';
import type { Sources } from '../typescript/declarations.ts';
import type { Oracle } from '../typescript/oracle.ts';
import { assignmentsIn } from './assignments.ts';
import { keptFunction } from './same-function.ts';

/** One thing that a callee may stand for. */
export type Target =
  /** A function of the project. `isShifted`: bound with arguments, so that those of a call are not its first. */
  | { readonly kind: 'body'; readonly fn: FunctionNode; readonly isShifted?: boolean }
  | { readonly kind: 'class'; readonly declaration: ClassDeclaration | ClassExpression }
  /** A function that the caller of `owner` hands over, as a parameter or as a property of one. */
  | { readonly kind: 'parameter'; readonly owner: FunctionNode; readonly index: number; readonly property?: string }
  /** Whatever implements, or overrides, a member that classes and objects of the project may have; `name` is its name's node. */
  | { readonly kind: 'implementations'; readonly name: Node }
  | { readonly kind: 'unknown'; readonly at: Node };

/**
 * What an expression stands for as a function, followed through imports and re-exports, variables, fields, object
 * literals, destructuring and `bind`. Empty where the project declares nothing of it: then it belongs to a library.
 */
export function targetsOf(callee: Node, types: Oracle): Promise<readonly Target[]> {
  return follow(callee, types, 0);
}

/** What one declaration of a member makes of it, as `targetsOf`; what may replace it elsewhere is left out. */
export async function targetsOfMember(declaration: Node, types: Oracle): Promise<readonly Target[]> {
  const found = await ofDeclaration(declaration, { nodes: [declaration], isAll: true }, types, 0);
  return found.filter(({ kind }) => kind !== 'implementations');
}

/** Longer chains of names for one function are rare. */
const deepest = 8;

async function follow(expression: Node, types: Oracle, depth: number): Promise<readonly Target[]> {
  const at = unwrap(expression);
  if (isFunctionNode(at)) return [{ kind: 'body', fn: at }];
  if (isClassLikeDeclaration(at)) return [{ kind: 'class', declaration: at as ClassExpression }];
  if (depth > deepest) return [unknown(at)];
  if (isConditionalExpression(at)) return followAll([at.whenTrue, at.whenFalse], types, depth);
  if (isBinaryExpression(at)) {
    if (at.operatorToken.kind === SyntaxKind.CommaToken) return follow(at.right, types, depth + 1);
    return isFallback(at.operatorToken.kind) ? followAll([at.left, at.right], types, depth) : [unknown(at)];
  }
  if (isCallExpression(at)) return followBound(at, types, depth);
  if (!isIdentifier(at) && !isPropertyAccessExpression(at)) return [];
  const sources = await types.sourcesOf(at);
  const { nodes, isAll } = sources;
  if (nodes.length === 0 && isAll) return (await types.functionsOf(at)).map((fn) => ({ kind: 'body', fn }));
  const found = await Promise.all(nodes.map((declaration) => ofDeclaration(declaration, sources, types, depth)));
  // `super.load()` runs what the base class has, and nothing that replaces it.
  const isExact = isPropertyAccessExpression(at) && at.expression.kind === SyntaxKind.SuperKeyword;
  return isExact ? found.flat().filter(({ kind }) => kind !== 'implementations') : found.flat();
}

async function followAll(expressions: readonly Node[], types: Oracle, depth: number): Promise<readonly Target[]> {
  const found = await Promise.all(expressions.map((expression) => follow(expression, types, depth + 1)));
  return found.flatMap((targets, index) => (targets.length > 0 ? targets : [unknown(expressions[index] as Node)]));
}

/** `load.bind(this)` and `useCallback(load, [])` are `load`. What other calls give is not followed. */
async function followBound(call: CallExpression, types: Oracle, depth: number): Promise<readonly Target[]> {
  const kept = keptFunction(call);
  if (kept) return follow(kept, types, depth + 1);
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee) || callee.name.text !== 'bind') return [unknown(call)];
  const targets = await follow(callee.expression, types, depth + 1);
  if (call.arguments.length <= 1) return targets;
  return targets.map((target) => (target.kind === 'body' ? { ...target, isShifted: true } : target));
}

async function ofDeclaration(
  declaration: Node,
  all: Sources,
  types: Oracle,
  depth: number,
): Promise<readonly Target[]> {
  if (declaration.getSourceFile().isDeclarationFile) return [];
  if (isSetAccessorDeclaration(declaration)) return [];
  if (isGetAccessorDeclaration(declaration)) return [unknown(declaration)];
  if (isFunctionNode(declaration)) return ofFunction(declaration, all.nodes);
  if (isClassLikeDeclaration(declaration))
    return [{ kind: 'class', declaration: declaration as ClassDeclaration | ClassExpression }];
  if (isMethodSignatureDeclaration(declaration) || isPropertySignatureDeclaration(declaration))
    return [{ kind: 'implementations', name: declaration.name }];
  if (isParameterDeclaration(declaration)) return [ofParameter(declaration)];
  if (isPropertyAssignment(declaration)) return known(declaration.initializer, declaration, types, depth);
  if (isShorthandPropertyAssignment(declaration)) return known(declaration.name, declaration, types, depth);
  if (isExportAssignment(declaration)) return known(declaration.expression, declaration, types, depth);
  if (isBinaryExpression(declaration)) return known(declaration.right, declaration, types, depth);
  if (isPropertyDeclaration(declaration)) return ofField(declaration, types, depth);
  if (isVariableDeclaration(declaration)) return ofVariable(declaration, types, depth);
  if (isBindingElement(declaration)) return ofBinding(declaration, types, depth);
  // Interfaces and namespaces that merge with a function add nothing that runs.
  return all.nodes.length > 1 || !all.isAll ? [] : [unknown(declaration)];
}

function ofFunction(fn: FunctionNode, all: readonly Node[]): readonly Target[] {
  const isMember = isMethodDeclaration(fn) && isClassLikeDeclaration(fn.parent);
  const others: readonly Target[] =
    isMember && isOverridable(fn) ? [{ kind: 'implementations', name: fn.name as Node }] : [];
  if (fn.body) return [{ kind: 'body', fn }, ...others];
  // The signatures of an overloaded function run nothing; an abstract method is what its classes make of it.
  if (all.some((other) => other !== fn && isFunctionNode(other) && other.body)) return [];
  return others.length > 0 ? others : [unknown(fn)];
}

/** Members that a subclass may replace. */
function isOverridable(member: Node & { readonly name?: Node }): boolean {
  if (member.name?.kind === SyntaxKind.PrivateIdentifier) return false;
  return !hasModifier(member, SyntaxKind.PrivateKeyword) && !hasModifier(member, SyntaxKind.StaticKeyword);
}

function ofParameter(parameter: Node): Target {
  const owner = parameter.parent as Node & { readonly parameters?: readonly Node[] };
  const isField =
    hasModifier(parameter, SyntaxKind.PrivateKeyword) ||
    hasModifier(parameter, SyntaxKind.ProtectedKeyword) ||
    hasModifier(parameter, SyntaxKind.PublicKeyword) ||
    hasModifier(parameter, SyntaxKind.ReadonlyKeyword);
  const { name, dotDotDotToken } = parameter as { readonly name?: Node; readonly dotDotDotToken?: Node };
  const isPlain = name !== undefined && isIdentifier(name) && dotDotDotToken === undefined && !isAssigned(name);
  if (isField || !isPlain || !isFunctionNode(owner)) return unknown(parameter);
  return { kind: 'parameter', owner, index: owner.parameters.indexOf(parameter as never) };
}

/** What a field holds at first, and what its file gives it later. */
async function ofField(
  field: Node & { readonly name: Node; readonly initializer?: Node },
  types: Oracle,
  depth: number,
): Promise<readonly Target[]> {
  const { text } = field.name as Node & { readonly text?: string };
  const members = text === undefined ? [] : (assignmentsIn(field.getSourceFile()).members.get(text) ?? []);
  const values = [...(field.initializer ? [field.initializer] : []), ...members.map(({ value }) => value)];
  const others: readonly Target[] = isOverridable(field) ? [{ kind: 'implementations', name: field.name }] : [];
  if (values.length === 0) return others.length > 0 && isDeclaredOnly(field) ? others : [unknown(field)];
  return [...(await followAll(values, types, depth)), ...others];
}

function isDeclaredOnly(field: Node): boolean {
  return hasModifier(field, SyntaxKind.AbstractKeyword);
}

/** A constant, or a variable that nothing in its file changes. */
async function ofVariable(
  variable: Node & { readonly name: Node; readonly initializer?: Node },
  types: Oracle,
  depth: number,
): Promise<readonly Target[]> {
  const { name, initializer, parent } = variable;
  if (!initializer || !isIdentifier(name) || !isVariableDeclarationList(parent)) return [unknown(variable)];
  if ((parent.flags & NodeFlags.Const) === 0 && isAssigned(name)) return [unknown(variable)];
  return known(initializer, variable, types, depth);
}

function isAssigned(name: Node & { readonly text: string }): boolean {
  return assignmentsIn(name.getSourceFile()).variables.has(name.text);
}

/** `const { load } = store`, and `({ load }) => …`. */
async function ofBinding(element: BindingElement, types: Oracle, depth: number): Promise<readonly Target[]> {
  const pattern = element.parent;
  const key = (element.propertyName ?? element.name) as Node & { readonly text?: string };
  if (!isObjectBindingPattern(pattern) || key.text === undefined || element.dotDotDotToken) return [unknown(element)];
  const holder = pattern.parent;
  if (isParameterDeclaration(holder)) {
    const owner = holder.parent;
    if (!isFunctionNode(owner) || !element.name || (isIdentifier(element.name) && isAssigned(element.name)))
      return [unknown(element)];
    return [{ kind: 'parameter', owner, index: owner.parameters.indexOf(holder as never), property: key.text }];
  }
  if (!isVariableDeclaration(holder) || !holder.initializer) return [unknown(element)];
  const declarations = await types.declarationsOfMember(holder.initializer, key.text);
  if (declarations.length === 0) return [unknown(element)];
  const found = await Promise.all(
    declarations.map((declaration) =>
      ofDeclaration(declaration, { nodes: declarations, isAll: true }, types, depth + 1),
    ),
  );
  return found.flat();
}

/** A value that a name has for certain: where it leads nowhere, nothing is known of the name. */
async function known(value: Node, at: Node, types: Oracle, depth: number): Promise<readonly Target[]> {
  const targets = await follow(value, types, depth + 1);
  if (targets.length > 0) return targets;
  // A name for a function of a library is that function.
  const isName = isIdentifier(unwrap(value)) || isPropertyAccessExpression(unwrap(value));
  return isName && isVariableDeclaration(at) ? [] : [unknown(at)];
}

function unknown(at: Node): Target {
  return { kind: 'unknown', at };
}

function isFallback(operator: SyntaxKind): boolean {
  return operator === SyntaxKind.BarBarToken || operator === SyntaxKind.QuestionQuestionToken;
}
