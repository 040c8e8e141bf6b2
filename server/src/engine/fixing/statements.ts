/** Edits of statements and of the ends of promise chains. */
import {
  enclosingFunction,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isPropertyAccessExpression,
  isReturnStatement,
  isThrowStatement,
  isVoidExpression,
  type Node,
  SyntaxKind,
  skipTrivia,
} from '../../typescript/ast.ts';
import type { PlainEdit } from '../apply-edits.ts';
import { type FileStyle, indentAt } from './file-style.ts';
import { beginsOtherwise, bindsLooserThanAccess, statementGuard } from './place.ts';
import { insertion } from './plain-edits.ts';
import { voidAround } from './prefix-operators.ts';

export interface HandlerOptions {
  /** What handles the error, as code over the name `error`; logs it by default. */
  readonly body?: string;
}

/** `x.catch((error) => { … })`; a `void` around it is no longer needed and goes where it can. */
export function catching(
  text: string,
  style: FileStyle,
  isJavaScript: boolean,
  expression: Node,
  options: HandlerOptions,
): readonly PlainEdit[] {
  const target = isVoidExpression(expression) ? expression.expression : expression;
  const parameter = isJavaScript ? '(error)' : '(error: unknown)';
  const chain = chainedLine(text, style, target);
  const indent = chain?.indent ?? indentOfLine(text, target.end);
  const body = options.body ?? `console.error(error)${style.semicolon}`;
  const handler = `.catch(${parameter} => {${style.lineBreak}${indent}${style.indent}${body}${style.lineBreak}${indent}})`;
  const isLoose = bindsLooserThanAccess(target);
  const guard = isLoose ? statementGuard(text, target) : '';
  return [
    ...droppedVoid(text, expression, isLoose),
    ...(isLoose ? [insertion(target.getStart(), `${guard}(`)] : []),
    insertion(target.end, `${isLoose ? ')' : ''}${chain?.lead ?? ''}${handler}`),
  ];
}

/** The line break and indentation of a chain that is written one call a line. */
function chainedLine(
  text: string,
  style: FileStyle,
  target: Node,
): { readonly lead: string; readonly indent: string } | undefined {
  if (!isCallExpression(target) || !isPropertyAccessExpression(target.expression)) return undefined;
  const dot = skipTrivia(text, target.expression.expression.end);
  const indent = indentAt(text, dot);
  const isFirstOnLine = text.slice(lineStart(text, dot), dot) === indent;
  return isFirstOnLine && lineStart(text, dot) > 0 ? { lead: style.lineBreak + indent, indent } : undefined;
}

/** Takes `void` away from a statement, where what is left begins with a name and so is a statement by itself. */
function droppedVoid(text: string, expression: Node, willBeParenthesised: boolean): readonly PlainEdit[] {
  const voided = voidAround(expression);
  if (!voided || !isExpressionStatement(voided.parent) || willBeParenthesised) return [];
  const start = voided.getStart();
  const rest = text.slice(start + 'void'.length);
  const blank = /^[ \t]+/.exec(rest)?.[0].length ?? 0;
  const next = rest.slice(blank);
  if (blank === 0 || !/^[\w$]/.test(next) || beginsOtherwise(voided, next)) return [];
  return [{ span: { start, end: start + 'void'.length + blank }, newText: '' }];
}

/** `return x` for the statement `x`; a `void` gives way. Undefined where nothing can be returned. */
export function returning(statement: Node): readonly PlainEdit[] | undefined {
  if (!isExpressionStatement(statement)) return undefined;
  const fn = enclosingFunction(statement);
  if (!fn || fn.kind === SyntaxKind.Constructor || fn.kind === SyntaxKind.SetAccessor) return undefined;
  const start = statement.getStart();
  if (isVoidExpression(statement.expression))
    return [{ span: { start, end: start + 'void'.length }, newText: 'return' }];
  return [insertion(start, 'return ')];
}

/**
 * Puts `try { … } catch (error) { … }` around a statement and indents it. Undefined for declarations, whose names
 * would no longer be known after the block.
 */
export function wrappedInTryCatch(
  text: string,
  style: FileStyle,
  statement: Node,
  options: HandlerOptions,
): readonly PlainEdit[] | undefined {
  if (
    !isExpressionStatement(statement) &&
    !isReturnStatement(statement) &&
    !isThrowStatement(statement) &&
    !isBlock(statement) &&
    !isLoop(statement)
  )
    return undefined;
  const start = statement.getStart();
  const indent = indentOfLine(text, start);
  const { lineBreak } = style;
  const body = options.body ?? `console.error(error)${style.semicolon}`;
  const inner = `${lineBreak}${indent}${style.indent}`;
  return [
    insertion(start, `try {${inner}`),
    ...lineStartsInside(text, statement).map((at) => insertion(at, style.indent)),
    insertion(statement.end, `${lineBreak}${indent}} catch (error) {${inner}${body}${lineBreak}${indent}}`),
  ];
}

function isLoop(node: Node): boolean {
  switch (node.kind) {
    case SyntaxKind.ForOfStatement:
    case SyntaxKind.ForStatement:
    case SyntaxKind.ForInStatement:
    case SyntaxKind.WhileStatement:
    case SyntaxKind.DoStatement:
    case SyntaxKind.IfStatement:
    case SyntaxKind.SwitchStatement:
      return true;
    default:
      return false;
  }
}

/** Where the later lines of a node begin, but for empty lines and those that begin inside a template, whose text would change. */
export function lineStartsInside(text: string, node: Node): readonly number[] {
  const templates: Node[] = [];
  const collect = (at: Node): void => {
    if (isTemplatePart(at)) templates.push(at);
    at.forEachChild(collect);
  };
  collect(node);
  const starts: number[] = [];
  for (let at = text.indexOf('\n', node.getStart()); at !== -1 && at < node.end; at = text.indexOf('\n', at + 1)) {
    const start = at + 1;
    if (/^\r?\n/.test(text.slice(start, start + 2))) continue;
    if (templates.some((template) => template.getStart() < start && start < template.end)) continue;
    starts.push(start);
  }
  return starts;
}

function isTemplatePart(node: Node): boolean {
  switch (node.kind) {
    case SyntaxKind.NoSubstitutionTemplateLiteral:
    case SyntaxKind.TemplateHead:
    case SyntaxKind.TemplateMiddle:
    case SyntaxKind.TemplateTail:
    case SyntaxKind.JsxText:
      return true;
    default:
      return false;
  }
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

export function indentOfLine(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
}
