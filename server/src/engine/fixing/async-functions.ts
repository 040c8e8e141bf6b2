/** Making functions `async`, and taking it away. */
import {
  type FunctionNode,
  isArrowFunction,
  isAsyncFunction,
  isFunctionDeclaration,
  isGenerator,
  isIdentifier,
  isMethodDeclaration,
  isParenthesizedTypeNode,
  isTypePredicateNode,
  isTypeReferenceNode,
  isUnionTypeNode,
  type Node,
  SyntaxKind,
  skipTrivia,
} from '../../typescript/ast.ts';
import type { PlainEdit } from '../apply-edits.ts';
import { insertion } from './plain-edits.ts';

/**
 * `async` for a function, with a written return type to match. Nothing where it is async already; undefined where it
 * cannot be: constructors, accessors, generators, type predicates, and functions with overloads, whose signatures say otherwise.
 */
export function makeAsync(text: string, isJavaScript: boolean, fn: FunctionNode): readonly PlainEdit[] | undefined {
  if (isAsyncFunction(fn)) return [];
  if (fn.kind === SyntaxKind.Constructor || fn.kind === SyntaxKind.GetAccessor || fn.kind === SyntaxKind.SetAccessor)
    return undefined;
  if (isGenerator(fn) || !fn.body || hasOverloads(fn)) return undefined;
  const type = isJavaScript ? documentedReturn(text, fn) : returnTypeEdits(text, fn);
  if (!type) return undefined;
  return [insertion(keywordPlace(text, fn), 'async '), ...type];
}

/** Before `function`, before an arrow's parameters, and between a method's modifiers and its name. */
function keywordPlace(text: string, fn: FunctionNode): number {
  if (isMethodDeclaration(fn)) return fn.name.getStart();
  const last = (fn as { readonly modifiers?: readonly Node[] }).modifiers?.at(-1);
  return last ? skipTrivia(text, last.end) : fn.getStart();
}

/** Whether a function has signatures above its body, which say what it takes. */
export function hasOverloads(fn: FunctionNode): boolean {
  if (!isFunctionDeclaration(fn) && !isMethodDeclaration(fn)) return false;
  const { statements, members } = fn.parent as {
    readonly statements?: readonly Node[];
    readonly members?: readonly Node[];
  };
  const name = fn.name?.getText();
  return (statements ?? members ?? []).some((other) => {
    const { name: otherName, body } = other as Node & { readonly name?: Node; readonly body?: Node };
    return other.kind === fn.kind && other !== fn && body === undefined && otherName?.getText() === name;
  });
}

/** Wraps a written return type; undefined for those that no async function can have. */
function returnTypeEdits(text: string, fn: FunctionNode): readonly PlainEdit[] | undefined {
  const { type } = fn as { readonly type?: Node };
  return type ? inPromise(text, type) : [];
}

function inPromise(text: string, type: Node): readonly PlainEdit[] | undefined {
  if (isTypePredicateNode(type)) return undefined;
  if (isParenthesizedTypeNode(type)) return inPromise(text, type.type);
  const name = referenceName(type);
  if (name === 'Promise') return [];
  if (name === 'PromiseLike') {
    const start = type.getStart();
    return [{ span: { start, end: start + name.length }, newText: 'Promise' }];
  }
  if (isUnionTypeNode(type) && type.types.some((member) => promiseArgument(member))) {
    const members = type.types.map((member) => (promiseArgument(member) ?? member).getText());
    return [
      { span: { start: type.getStart(), end: type.end }, newText: `Promise<${[...new Set(members)].join(' | ')}>` },
    ];
  }
  return [insertion(type.getStart(), 'Promise<'), insertion(type.end, '>')];
}

function referenceName(type: Node): string | undefined {
  return isTypeReferenceNode(type) && isIdentifier(type.typeName) ? type.typeName.text : undefined;
}

/** `T` of `Promise<T>`. */
function promiseArgument(type: Node): Node | undefined {
  const name = referenceName(type);
  if (name !== 'Promise' && name !== 'PromiseLike') return undefined;
  const args = isTypeReferenceNode(type) ? type.typeArguments : undefined;
  return args?.length === 1 ? args[0] : undefined;
}

/** In JavaScript the type is in the comment: `@returns {string}` becomes `@returns {Promise<string>}`. */
function documentedReturn(text: string, fn: FunctionNode): readonly PlainEdit[] | undefined {
  const host = documentedHost(fn);
  const comment = text.slice(host.pos, host.getStart());
  const start = comment.lastIndexOf('/**');
  if (start === -1) return [];
  const tag = /@returns?\s*\{/.exec(comment.slice(start));
  if (!tag) return [];
  const open = start + tag.index + tag[0].length;
  const close = closingBrace(comment, open);
  if (close === undefined) return [];
  const type = comment.slice(open, close);
  if (/\bis\b|^\s*asserts\b/.test(type)) return undefined;
  if (/^\s*Promise\b/.test(type)) return [];
  return [insertion(host.pos + open, 'Promise<'), insertion(host.pos + close, '>')];
}

/** The node that a function's JSDoc comment stands before. */
function documentedHost(fn: Node): Node {
  let at = fn;
  for (;;) {
    const { parent } = at;
    switch (parent.kind) {
      case SyntaxKind.VariableDeclaration:
      case SyntaxKind.VariableDeclarationList:
      case SyntaxKind.VariableStatement:
      case SyntaxKind.PropertyAssignment:
      case SyntaxKind.ParenthesizedExpression:
        at = parent;
        break;
      case SyntaxKind.BinaryExpression:
        if ((parent as Node & { readonly right: Node }).right !== at) return at;
        at = parent.parent.kind === SyntaxKind.ExpressionStatement ? parent.parent : parent;
        break;
      default:
        return at;
    }
  }
}

function closingBrace(text: string, from: number): number | undefined {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    if (text[at] === '}' && --depth === 0) return at;
  }
  return undefined;
}

/**
 * Takes `async` away. Undefined where it is not there, for generators, and where a written type is no `Promise<T>`.
 * @param result what the function returns from then on: the `value`, with `Promise<T>` unwrapped, or the `promise` as before
 */
export function dropAsync(
  text: string,
  fn: FunctionNode,
  result: 'value' | 'promise',
): readonly PlainEdit[] | undefined {
  const keyword = (fn as { readonly modifiers?: readonly Node[] }).modifiers?.find(
    (modifier) => modifier.kind === SyntaxKind.AsyncKeyword,
  );
  if (!keyword || isGenerator(fn)) return undefined;
  const { type } = fn as { readonly type?: Node };
  const typeEdits = type && result === 'value' ? outOfPromise(fn, type) : [];
  if (!typeEdits) return undefined;
  const start = keyword.getStart();
  const blank = /^[ \t]*/.exec(text.slice(keyword.end))?.[0].length ?? 0;
  const newText =
    isMethodDeclaration(fn) && text.charAt(keyword.end + blank) === '[' ? memberGuard(text, fn, keyword) : '';
  return [{ span: { start, end: keyword.end + blank }, newText }, ...typeEdits];
}

function outOfPromise(fn: FunctionNode, type: Node): readonly PlainEdit[] | undefined {
  const argument = promiseArgument(type);
  if (!argument) return undefined;
  const needsParentheses = isArrowFunction(fn) && argument.kind === SyntaxKind.FunctionType;
  return [
    { span: { start: type.getStart(), end: argument.getStart() }, newText: needsParentheses ? '(' : '' },
    { span: { start: argument.end, end: type.end }, newText: needsParentheses ? ')' : '' },
  ];
}

/** A computed name after a field without a semicolon would be read as an access to the field's value. */
function memberGuard(text: string, fn: Node, keyword: Node): ';' | '' {
  const { members = [] } = fn.parent as { readonly members?: readonly Node[] };
  const before = members[members.indexOf(fn) - 1];
  const isFirstModifier = keyword.getStart() === fn.getStart();
  const isOpenField = before?.kind === SyntaxKind.PropertyDeclaration && text.charAt(before.end - 1) !== ';';
  return isFirstModifier && isOpenField ? ';' : '';
}
