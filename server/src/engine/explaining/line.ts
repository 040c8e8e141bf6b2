import type { Asked } from '../../model/explanation.ts';
import type { Span } from '../../model/span.ts';
import { textLines } from '../../model/text-lines.ts';
import {
  type BinaryExpression,
  type CallExpression,
  calleeName,
  isAsyncFunction,
  isAwaitExpression,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isStatement,
  isTaggedTemplateExpression,
  isTypeNode,
  type Node,
  type SourceFile,
  SyntaxKind,
} from '../../typescript/ast.ts';
import { nextLink } from '../../typescript/promise-syntax.ts';

/** The part of a file that somebody asked about. */
export interface AskedLine {
  /** From the first sign of the line to its last. */
  readonly span: Span;
  /** The offset of the place, where one was asked about. */
  readonly at: number | undefined;
  /** The innermost statement to which the line belongs, where it is one expression or declaration that may span lines. */
  readonly statement: Node | undefined;
}

export function askedLine(file: SourceFile, { line, character }: Asked): AskedLine {
  const lines = textLines(file.text);
  const text = lines.lineText(line);
  const lineStart = lines.starts[line] ?? file.text.length;
  const span = { start: lineStart + (text.length - text.trimStart().length), end: lineStart + text.trimEnd().length };
  const at = character === undefined ? undefined : lineStart + Math.min(character, text.length);
  return { span, at, statement: span.start < span.end ? statementAt(file, span.start) : undefined };
}

function statementAt(file: SourceFile, offset: number): Node | undefined {
  let found: Node | undefined;
  const enter = (node: Node): void => {
    if (node.end <= offset || node.getStart() > offset) return;
    if (isStatement(node) && node.kind !== SyntaxKind.Block) found = node;
    node.forEachChild(enter);
  };
  file.forEachChild(enter);
  return found && ofOneExpression.has(found.kind) ? found : undefined;
}

/** Statements that hold other statements, and classes, are no answer to what a line belongs to. */
const ofOneExpression: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ExpressionStatement,
  SyntaxKind.ReturnStatement,
  SyntaxKind.ThrowStatement,
  SyntaxKind.VariableStatement,
  SyntaxKind.ExportAssignment,
]);

/** Whether something of this span is meant when the line is asked about: it begins on the line, or where its statement does. */
export function concerns({ span, at, statement }: AskedLine, { start, end }: Span): boolean {
  if (at !== undefined && !(start <= at && at <= end)) return false;
  if (span.start <= start && start <= span.end) return true;
  return statement !== undefined && start === statement.getStart() && end > span.start;
}

/** What of a line may be a promise, give one, or block: outermost first. */
export interface LineValues {
  readonly calls: readonly Node[];
  /** Names and members that are used as values; most are no promises. */
  readonly names: readonly Node[];
  readonly functions: readonly Node[];
  /** Whether the line holds so much that not all of it is here. */
  readonly isCut: boolean;
}

/** Minified lines hold thousands of calls; nobody reads about more than a few. */
const mostOfAKind = 60;

/** Looks at syntax alone. Of a chain of `then` and the like, its start and its last link are taken. */
export function valuesOn(file: SourceFile, asked: AskedLine): LineValues {
  const calls: Node[] = [];
  const names: Node[] = [];
  const functions: Node[] = [];
  const isOn = (anchor: number): boolean => asked.span.start <= anchor && anchor < asked.span.end;
  const isMeant = (node: Node): boolean =>
    asked.at === undefined || (node.getStart() <= asked.at && asked.at <= node.end);
  const enter = (node: Node): void => {
    if (node.end <= asked.span.start || node.pos >= asked.span.end || isTypeNode(node)) return;
    if (isCallLike(node)) {
      const isMiddle = isChainLink(node) && nextLink(node) !== undefined;
      const isBegun = isOn(node.getStart()) && !isContinued(node);
      if ((isOn(anchorOf(node)) || isBegun) && isMeant(node) && !isMiddle) calls.push(node);
    } else if (isFunctionNode(node)) {
      if (isAsyncFunction(node) && isOn(node.getStart()) && isMeant(node)) functions.push(node);
    } else if (isNameUsed(node) && isOn(node.getStart()) && isMeant(node)) names.push(node);
    node.forEachChild(enter);
  };
  file.forEachChild(enter);
  const lists = [calls, names, functions];
  const isCut = lists.some(({ length }) => length > mostOfAKind);
  for (const list of lists) list.length = Math.min(list.length, mostOfAKind);
  return { calls, names, functions, isCut };
}

function isCallLike(node: Node): boolean {
  return isCallExpression(node) || isNewExpression(node) || isTaggedTemplateExpression(node);
}

/** Whether something is read or called of what a call gives. */
function isContinued({ parent }: Node): boolean {
  return isPropertyAccessExpression(parent) || isCallExpression(parent);
}

function isChainLink(node: Node): boolean {
  if (!isCallExpression(node)) return false;
  return isPropertyAccessExpression(node.expression) && /^(?:then|catch|finally)$/.test(node.expression.name.text);
}

/** In a chain over several lines each call belongs to the line of its name. */
function anchorOf(node: Node): number {
  if (isCallExpression(node) || isNewExpression(node)) return calleeName(node as CallExpression).getStart();
  return node.getStart();
}

function isAssignment(node: Node): boolean {
  return (node as BinaryExpression).operatorToken.kind === SyntaxKind.EqualsToken;
}

/** A variable or a member that is used as a value where a promise would matter. */
function isNameUsed(node: Node): boolean {
  if (!isIdentifier(node) && !isPropertyAccessExpression(node)) return false;
  const { parent } = node;
  if (isAwaitExpression(parent)) return true;
  switch (parent.kind) {
    case SyntaxKind.ExpressionStatement:
    case SyntaxKind.ReturnStatement:
    case SyntaxKind.VoidExpression:
    case SyntaxKind.IfStatement:
    case SyntaxKind.WhileStatement:
    case SyntaxKind.PrefixUnaryExpression:
    case SyntaxKind.TemplateSpan:
    case SyntaxKind.SpreadElement:
    case SyntaxKind.SpreadAssignment:
    case SyntaxKind.ArrayLiteralExpression:
    case SyntaxKind.ShorthandPropertyAssignment:
    case SyntaxKind.YieldExpression:
      return true;
    case SyntaxKind.BinaryExpression:
      return !(isAssignment(parent) && (parent as BinaryExpression).left === node);
    case SyntaxKind.ArrowFunction:
      return (parent as Node & { readonly body: Node }).body === node;
    case SyntaxKind.ConditionalExpression:
      return true;
    case SyntaxKind.CallExpression:
    case SyntaxKind.NewExpression:
      return (parent as CallExpression).expression !== node;
    case SyntaxKind.VariableDeclaration:
    case SyntaxKind.PropertyAssignment:
      return (parent as Node & { readonly initializer?: Node }).initializer === node;
    case SyntaxKind.PropertyAccessExpression:
      // `p.then(…)` asks about `p`.
      return isIdentifier(node) && isChainLink(parent.parent);
    default:
      return false;
  }
}
