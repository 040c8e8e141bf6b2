/** Putting statements into `try { … } finally { … }`. */
import {
  isFunctionNode,
  isIdentifier,
  isVariableStatement,
  type Node,
  type SourceFile,
  SyntaxKind,
} from '../../typescript/ast.ts';
import { referencesTo } from '../../typescript/references.ts';
import type { PlainEdit } from '../apply-edits.ts';
import type { FileStyle } from './file-style.ts';
import { insertion } from './plain-edits.ts';
import { indentOfLine, lineStartsInside } from './statements.ts';

/**
 * Puts neighbouring statements into `try`, and clean-up code into its `finally`. Where the last of them is the clean-up
 * itself, it moves there. Undefined where a name that they declare is used behind them.
 * @param statements neighbours of one list, in order
 * @param cleanup the code of the `finally`, without its end; unused where `moved` is given
 * @param moved the last statement, which becomes the body of the `finally`
 */
export function wrappedInTryFinally(
  text: string,
  style: FileStyle,
  statements: readonly Node[],
  cleanup: string,
  moved?: Node,
): readonly PlainEdit[] | undefined {
  const kept = moved ? statements.slice(0, -1) : statements;
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
  return [
    insertion(start, `try {${inner}`),
    ...indented(text, kept, style.indent),
    moved
      ? { span: { start: moved.getStart(), end: moved.end }, newText: tail }
      : insertion(last.end, `${style.lineBreak}${indent}${tail}`),
  ];
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
