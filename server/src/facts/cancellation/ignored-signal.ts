import {
  type FunctionNode,
  hasModifier,
  type Identifier,
  isBindingElement,
  isClassLikeDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isInterfaceDeclaration,
  isMethodDeclaration,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isTypeAliasDeclaration,
  isTypeLiteralNode,
  isVariableDeclaration,
  type Node,
  type ParameterDeclaration,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { suspends } from '../../typescript/promise-syntax.ts';
import { identifiersIn, referencesTo } from '../../typescript/references.ts';
import { returnedExpressions } from '../promises/outcome.ts';
import { functionName, isExported } from '../uses.ts';

/** A name in a signature that may stand for a signal and that the function never uses. */
export interface UnusedName {
  /** What to point at: the parameter, the bound name, or the member of a written type. */
  readonly name: Identifier;
  /** What code in the body would write for it. */
  readonly text: string;
  readonly isMember: boolean;
}

/** Names that say by their text that they are signals and that the function's body does not mention. Asks no types. */
export function unusedSignalNames(fn: FunctionNode): readonly UnusedName[] {
  return fn.body ? fn.parameters.flatMap((parameter) => namesIn(parameter)) : [];
}

/** Parameters of a constructor that are private fields too, and that no method of the class reads although one waits. */
export function unreadSignalFields(made: FunctionNode): readonly Identifier[] {
  const { text } = made.getSourceFile();
  return made.parameters.flatMap(({ name, type, modifiers }): readonly Identifier[] => {
    if (!name || !isIdentifier(name) || !modifiers?.some(({ kind }) => kind === SyntaxKind.PrivateKeyword)) return [];
    if (!/signal|token/i.test(`${name.text} ${type?.getText() ?? ''}`) || name.text.startsWith('_')) return [];
    const isUsed = identifiersIn(name.getSourceFile(), name.text).some(
      (use) => use !== name && (isPropertyAccessExpression(use.parent) || isBindingElement(use.parent)),
    );
    const owner = text.slice(made.parent.pos, made.parent.end);
    return isUsed || referencesTo(name).length > 0 || !/\bawait\b/.test(owner) ? [] : [name];
  });
}

function namesIn(parameter: ParameterDeclaration): readonly UnusedName[] {
  const { name, type } = parameter;
  if (!name || (parameter.modifiers?.length ?? 0) > 0) return [];
  if (isObjectBindingPattern(name)) {
    // A rest element may carry the signal along to where it is used.
    if (name.elements.some(({ dotDotDotToken }) => dotDotDotToken)) return [];
    return name.elements.flatMap(({ name: bound }) =>
      bound && isIdentifier(bound) && /signal|token/i.test(bound.text) ? unusedName(bound) : [],
    );
  }
  if (!isIdentifier(name)) return [];
  if (/signal|token/i.test(`${name.text} ${type?.getText() ?? ''}`) && !(type && isTypeLiteralNode(type)))
    return unusedName(name);
  const member = type && (isTypeLiteralNode(type) ? type.members : membersOfOwnType(type)).find(isSignalMember);
  const memberName = (member as { readonly name?: Node } | undefined)?.name;
  if (!memberName || !isIdentifier(memberName)) return [];
  const uses = referencesTo(name);
  const isRead = uses.some((use) => {
    const { parent } = wrapped(use);
    return !isPropertyAccessExpression(parent) || parent.name.text === memberName.text;
  });
  const dot = parameter.questionToken ? '?.' : '.';
  return isRead || name.text.startsWith('_')
    ? []
    : [{ name: memberName, text: `${name.text}${dot}${memberName.text}`, isMember: true }];
}

/** The members of a type that this file declares for one parameter alone, and keeps for itself. */
function membersOfOwnType(type: Node): readonly Node[] {
  const { typeName } = type as { readonly typeName?: Node };
  if (!typeName || !isIdentifier(typeName)) return [];
  const names = identifiersIn(typeName.getSourceFile(), typeName.text);
  const declared = names.find(({ parent }) => isInterfaceDeclaration(parent) || isTypeAliasDeclaration(parent))?.parent;
  if (!declared || names.length !== 2 || hasModifier(declared, SyntaxKind.ExportKeyword)) return [];
  if (isInterfaceDeclaration(declared)) return declared.members;
  return isTypeAliasDeclaration(declared) && isTypeLiteralNode(declared.type) ? declared.type.members : [];
}

function isSignalMember(member: Node): boolean {
  const { type } = member as { readonly type?: Node };
  return /^(?:AbortSignal|CancellationToken)\b/.test(type?.getText() ?? '');
}

function unusedName(name: Identifier): readonly UnusedName[] {
  if (name.text.startsWith('_') || referencesTo(name).length > 0) return [];
  return [{ name, text: name.text, isMember: false }];
}

/** Why a function may leave one of its parameters alone; undefined where nothing says so. */
export async function mayIgnoreBecause(fn: FunctionNode, types: Oracle): Promise<string | undefined> {
  if (!(await waits(fn, types))) return 'the function waits for nothing';
  if (isMethodDeclaration(fn) && isClassLikeDeclaration(fn.parent)) return methodReason(fn, types);
  if (isFunctionDeclaration(fn)) return usedAsValue(fn, types);
  const holder = wrapped(fn).parent;
  if (isVariableDeclaration(holder) || isPropertyDeclaration(holder)) {
    if (holder.type) return 'its type asks for the parameter';
    return isVariableDeclaration(holder) ? usedAsValue(fn, types) : undefined;
  }
  return 'whoever is given the function decides on its parameters';
}

async function methodReason(method: FunctionNode, types: Oracle): Promise<string | undefined> {
  if (hasModifier(method, SyntaxKind.OverrideKeyword)) return 'it overrides a method';
  const { heritageClauses = [] } = method.parent as Node & {
    readonly heritageClauses?: readonly { readonly types: readonly Node[] }[];
  };
  if (heritageClauses.length === 0) return undefined;
  const name = functionName(method)?.text ?? '';
  for (const base of heritageClauses.flatMap((clause) => clause.types)) {
    const type = await types.typeOf(base);
    if (type.isUnknown || (await type.propertySymbol(name))) return 'it implements or overrides a method';
  }
  return undefined;
}

/** Handlers and the like are called by somebody who says what they are given. */
async function usedAsValue(fn: FunctionNode, types: Oracle): Promise<string | undefined> {
  const name = functionName(fn);
  if (!name || !isIdentifier(name)) return 'whoever is given the function decides on its parameters';
  const elsewhere = isExported(fn) ? await types.referencesElsewhere(name) : [];
  const uses = [...referencesTo(name), ...elsewhere.filter((use) => !isImported(use))];
  return uses.some((use) => !isCalled(use)) ? 'it is given to somebody who calls it with a signal' : undefined;
}

function isImported({ parent }: Node): boolean {
  return (
    parent.kind === SyntaxKind.ImportSpecifier ||
    parent.kind === SyntaxKind.ImportClause ||
    parent.kind === SyntaxKind.ExportSpecifier
  );
}

function isCalled(use: Node): boolean {
  if (use.parent.kind === SyntaxKind.ExportSpecifier) return true;
  const at = isPropertyAccessExpression(use.parent) && use.parent.name === use ? use.parent : use;
  const { expression } = wrapped(at).parent as { readonly expression?: Node };
  return expression !== undefined && unwrap(expression) === at;
}

/** Whether a function has something that an abort could cut short. */
async function waits(fn: FunctionNode, types: Oracle): Promise<boolean> {
  if (suspends(fn)) return true;
  const results = returnedExpressions(fn).map((value) => unwrap(value));
  const calls = results.filter(({ kind }) => kind === SyntaxKind.CallExpression || kind === SyntaxKind.NewExpression);
  const answers = await Promise.all(calls.map((call) => types.thenability(call)));
  return answers.some(({ extent }) => extent === 'all');
}
