import { functionName } from '../../facts/uses.ts';
import type { TextEdit } from '../../model/finding.ts';
import {
  type FunctionNode,
  isArrowFunction,
  isFunctionDeclaration,
  isIdentifier,
  isInterfaceDeclaration,
  isMethodDeclaration,
  isObjectBindingPattern,
  isPropertySignatureDeclaration,
  isTypeAliasDeclaration,
  isTypeLiteralNode,
  isTypeReferenceNode,
  isWithin,
  type Node,
  type ParameterDeclaration,
  SyntaxKind,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { isJavaScript } from '../../typescript/paths.ts';
import { hasOverloads } from '../fixing/async-functions.ts';
import { indentAt } from '../fixing/file-style.ts';
import { usesOf } from '../fixing/names.ts';

/** Whether a signal can be added to what a function takes, by its syntax alone. */
export function canTakeSignal(fn: FunctionNode): boolean {
  if (!fn.body || hasOverloads(fn)) return false;
  if (fn.parameters.at(-1)?.dotDotDotToken) return false;
  if (isFunctionDeclaration(fn) || isMethodDeclaration(fn)) return true;
  const isExpression = isArrowFunction(fn) || fn.kind === SyntaxKind.FunctionExpression;
  // What is given to somebody as a callback is called with what they choose.
  return isExpression && functionName(fn) !== undefined;
}

/**
 * Adds a signal to what a function takes: to its object of options where the last parameter is one whose members are
 * written in the project, else as a parameter of its own. All edits insert and take nothing away.
 */
export async function addedSignal(fn: FunctionNode, types: Oracle): Promise<readonly TextEdit[]> {
  const file = fn.getSourceFile();
  const isTaken = usesOf(file, 'signal').some((use) => isWithin(use, fn));
  const name = isTaken ? 'abortSignal' : 'signal';
  const last = fn.parameters.at(-1);
  const intoOptions = last && (await inOptions(last, name, types));
  if (intoOptions) return intoOptions;
  const written = isJavaScript(file.fileName) ? name : `${name}?: AbortSignal`;
  return parameterEdits(fn, last, written);
}

async function inOptions(
  { name, type }: ParameterDeclaration,
  local: string,
  types: Oracle,
): Promise<readonly TextEdit[] | undefined> {
  const isPattern = isObjectBindingPattern(name);
  if (!isPattern && !(isIdentifier(name) && optionsName.test(name.text))) return undefined;
  const pattern = isPattern ? [inPattern(name, local)] : [];
  if (!type) return isPattern && isJavaScript(name.getSourceFile().fileName) ? pattern : undefined;
  const body = await membersOf(type, types);
  return body && [...pattern, newMember(body)];
}

const optionsName = /^(?:options?|opts|init|config|settings|params?)$/i;

/** The type literal or interface of the project that a parameter's type is. */
async function membersOf(type: Node, types: Oracle): Promise<TypeBody | undefined> {
  if (isTypeLiteralNode(type)) return bodyOf(type, type.members);
  if (!isTypeReferenceNode(type) || type.typeArguments || !isIdentifier(type.typeName)) return undefined;
  const [declaration, ...others] = await types.declarationsOf(type.typeName);
  if (!declaration || others.length > 0) return undefined;
  const file = declaration.getSourceFile();
  if (file.isDeclarationFile || file.fileName.includes('/node_modules/')) return undefined;
  if (isInterfaceDeclaration(declaration)) return bodyOf(declaration, declaration.members);
  if (!isTypeAliasDeclaration(declaration) || !isTypeLiteralNode(declaration.type)) return undefined;
  return bodyOf(declaration.type, declaration.type.members);
}

interface TypeBody {
  readonly node: Node;
  readonly members: readonly Node[];
}

function bodyOf(node: Node, members: readonly Node[]): TypeBody | undefined {
  const isPlain = members.every(
    (member) => isPropertySignatureDeclaration(member) || member.kind === SyntaxKind.MethodSignature,
  );
  return isPlain ? { node, members } : undefined;
}

/** Behind the last member, written as that one is. */
function newMember({ node, members }: TypeBody): TextEdit {
  const file = node.getSourceFile();
  const { text } = file;
  const isReadonly = members.length > 0 && members.every((member) => /^readonly\b/.test(member.getText()));
  const written = `${isReadonly ? 'readonly ' : ''}signal?: AbortSignal`;
  const last = members.at(-1);
  if (!last) {
    const at = text.lastIndexOf('}', node.end - 1);
    const isTight = /\{\s*$/.test(text.slice(node.getStart(), at)) && text.charAt(at - 1) === '{';
    return insert(file.fileName, at, isTight ? ` ${written} ` : `${written} `);
  }
  const separator = /[;,]$/.exec(last.getText())?.[0];
  const isBroken = text.slice(last.end, node.end).includes('\n');
  const gap = isBroken ? `\n${indentAt(text, last.getStart())}` : ' ';
  const lead = separator === undefined && !isBroken ? ';' : '';
  return insert(file.fileName, last.end, `${lead}${gap}${written}${separator ?? ''}`);
}

/** A member of a destructured parameter, before a rest that would take it. */
function inPattern(pattern: Node & { readonly elements: readonly Node[] }, local: string): TextEdit {
  const { fileName } = pattern.getSourceFile();
  const written = local === 'signal' ? 'signal' : `signal: ${local}`;
  const last = pattern.elements.at(-1);
  if (!last) return insert(fileName, pattern.getStart() + 1, ` ${written} `);
  if (/^\.\.\./.test(last.getText())) return insert(fileName, last.getStart(), `${written}, `);
  return behind(last, pattern.end, written);
}

function parameterEdits(
  fn: FunctionNode,
  last: ParameterDeclaration | undefined,
  written: string,
): readonly TextEdit[] {
  const { fileName, text } = fn.getSourceFile();
  if (!last) {
    const { name, typeParameters } = fn as { readonly name?: Node; readonly typeParameters?: readonly Node[] };
    const from = typeParameters?.at(-1)?.end ?? (isArrowFunction(fn) ? undefined : name?.end) ?? fn.getStart();
    return [insert(fileName, text.indexOf('(', from) + 1, written)];
  }
  const isBare = isArrowFunction(fn) && !/^\s*[,)]/.test(text.slice(last.end));
  if (isBare) return [insert(fileName, last.getStart(), '('), insert(fileName, last.end, `, ${written})`)];
  return [behind(last, fn.body?.getStart() ?? fn.end, written)];
}

/** Behind the last item of a list, on a line of its own where that has one. */
function behind(last: Node, limit: number, written: string): TextEdit {
  const { fileName, text } = last.getSourceFile();
  const comma = /^\s*,/.exec(text.slice(last.end, limit))?.[0];
  const rest = text.slice(last.end + (comma?.length ?? 0), limit);
  const isBroken = /^[ \t]*\r?\n/.test(rest);
  const gap = isBroken ? `\n${indentAt(text, last.getStart())}` : ' ';
  const at = last.end + (comma?.length ?? 0);
  return insert(fileName, at, `${comma === undefined ? ',' : ''}${gap}${written}${comma !== undefined ? ',' : ''}`);
}

function insert(file: string, at: number, newText: string): TextEdit {
  return { file, span: { start: at, end: at }, newText };
}
