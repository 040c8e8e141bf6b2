/** Putting statements into `try { … } finally { … }`. */
import type { Span } from '../../model/span.ts';
import {
  isBlock,
  isFunctionNode,
  isIdentifier,
  isTryStatement,
  isVariableStatement,
  type Node,
  type SourceFile,
  SyntaxKind,
  type TryStatement,
} from '../../typescript/ast.ts';
import { referencesTo } from '../../typescript/references.ts';
import type { PlainEdit } from '../apply-edits.ts';
import type { FileStyle } from './file-style.ts';
import { insertion } from './plain-edits.ts';
import { indentOfLine, lineStartsInside } from './statements.ts';

/**
 * Puts neighbouring statements into `try`, and clean-up code into its `finally`. Where one of them is the clean-up
 * itself, it moves there. Undefined where a name that they declare is used behind them.
 * @param statements neighbours of one list, in order
 * @param cleanup the code of the `finally`, without its end; unused where `moved` is given
 * @param moved the statement that becomes the body of the `finally`; one that is not the last has its lines for itself
 */
export function wrappedInTryFinally(
  text: string,
  style: FileStyle,
  statements: readonly Node[],
  cleanup: string,
  moved?: Node,
): readonly PlainEdit[] | undefined {
  const kept = statements.filter((statement) => statement !== moved);
  const [first] = kept;
  const last = kept.at(-1);
  const end = statements.at(-1)?.end;
  if (!first || !last || end === undefined || kept.some((statement) => declaresForLater(statement, end)))
    return undefined;
  const start = first.getStart();
  const indent = indentOfLine(text, start);
  const inner = `${style.lineBreak}${indent}${style.indent}`;
  const body = moved ? moved.getText() : `${cleanup}${style.semicolon}`;
  const tail = `} finally {${inner}${body}${style.lineBreak}${indent}}`;
  if (moved && moved.pos < last.pos) {
    const lines = linesOf(text, moved);
    const isElsewhere = ({ span }: PlainEdit): boolean => !lines || span.start < lines.start || lines.end <= span.start;
    return (
      lines && [
        insertion(start, `try {${inner}`),
        ...indented(text, kept, style.indent).filter(isElsewhere),
        { span: lines, newText: '' },
        insertion(last.end, `${style.lineBreak}${indent}${tail}`),
      ]
    );
  }
  return [
    insertion(start, `try {${inner}`),
    ...indented(text, kept, style.indent),
    moved
      ? { span: { start: moved.getStart(), end: moved.end }, newText: tail }
      : insertion(last.end, `${style.lineBreak}${indent}${tail}`),
  ];
}

/**
 * Moves a statement that undoes another, `opening`, to where it runs in any case: into the `finally` of the `try` that
 * it ends, or of a new one around what stands between the two.
 */
export function movedToFinally(
  text: string,
  style: FileStyle,
  opening: Node,
  closing: Node,
): readonly PlainEdit[] | undefined {
  const around = tryBegunBy(opening, closing);
  if (around) return intoFinallyOf(text, style, around, closing);
  const statements = listAround(closing) ?? [];
  const from = statements.indexOf(opening) + 1;
  const to = statements.indexOf(closing) + 1;
  if (from === 0 || to - from < 2) return undefined;
  // What uses names that are declared between the two goes into the `try` with them.
  return (
    wrappedInTryFinally(text, style, statements.slice(from, to), '', closing) ??
    wrappedInTryFinally(text, style, statements.slice(from), '', closing)
  );
}

/** The `try` in whose block a statement stands that undoes another: that one stands before it, or comes first in it. */
function tryBegunBy(opening: Node, closing: Node): TryStatement | undefined {
  const block = closing.parent;
  const at = block.parent;
  if (!isBlock(block) || !isTryStatement(at) || at.tryBlock !== block) return undefined;
  const isFirst = block.statements[0] === opening && !isVariableStatement(opening);
  return isFirst || listAround(at)?.includes(opening) ? at : undefined;
}

function intoFinallyOf(
  text: string,
  style: FileStyle,
  around: TryStatement,
  closing: Node,
): readonly PlainEdit[] | undefined {
  const lines = linesOf(text, closing);
  if (!lines) return undefined;
  const removal = { span: lines, newText: '' };
  const indent = indentOfLine(text, around.getStart());
  const body = `${style.lineBreak}${indent}${style.indent}${closing.getText()}`;
  if (around.finallyBlock) return [removal, insertion(around.finallyBlock.getStart() + 1, body)];
  return [removal, insertion(around.end, ` finally {${body}${style.lineBreak}${indent}}`)];
}

/** The lines of a statement, with the break at the end; undefined where it shares them with something else. */
function linesOf(text: string, statement: Node): Span | undefined {
  const start = text.lastIndexOf('\n', statement.getStart() - 1) + 1;
  const rest = /^[ \t]*\r?\n/.exec(text.slice(statement.end))?.[0];
  if (rest === undefined || !/^[ \t]*$/.test(text.slice(start, statement.getStart()))) return undefined;
  return { start, end: statement.end + rest.length };
}

/** One more step of indentation for every line of the statements but the first, comments between them included. */
function indented(text: string, statements: readonly Node[], step: string): readonly PlainEdit[] {
  const starts = new Set<number>();
  statements.forEach((statement, index) => {
    for (const start of lineStartsInside(text, statement)) starts.add(start);
    if (index === 0) return;
    // From the line of the first comment before the statement to the line of the statement itself.
    const before = statements[index - 1]?.end ?? statement.pos;
    for (let at = text.indexOf('\n', before); at !== -1 && at < statement.getStart(); at = text.indexOf('\n', at + 1)) {
      if (!/^\r?\n/.test(text.slice(at + 1, at + 3))) starts.add(at + 1);
    }
  });
  return [...starts].sort((a, b) => a - b).map((start) => insertion(start, step));
}

/** Whether a statement declares a name that is used behind `end`, or may be used before: functions and classes. */
function declaresForLater(statement: Node, end: number): boolean {
  if (isFunctionNode(statement) || statement.kind === SyntaxKind.ClassDeclaration) return true;
  if (!isVariableStatement(statement)) return false;
  let leaks = false;
  const look = (node: Node): void => {
    if (isFunctionNode(node) || leaks) return;
    if (isIdentifier(node) && isDeclaredName(node)) leaks = referencesTo(node).some((use) => use.pos >= end);
    node.forEachChild(look);
  };
  look(statement);
  return leaks;
}

function isDeclaredName(node: Node): boolean {
  const { parent } = node;
  const isDeclaration = parent.kind === SyntaxKind.VariableDeclaration || parent.kind === SyntaxKind.BindingElement;
  return isDeclaration && (parent as Node & { readonly name: Node }).name === node;
}

/** The list of statements that a statement stands in, if it is one: of a block, a file or a case. */
export function listAround(statement: Node): readonly Node[] | undefined {
  const { statements } = statement.parent as Partial<SourceFile>;
  return statements?.includes(statement as never) ? statements : undefined;
}
