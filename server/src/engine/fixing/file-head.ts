/** Where a file's first import goes: after shebang, licence, file-wide comments and prologue. */
import {
  getLeadingCommentRanges,
  isExpressionStatement,
  isStringLiteral,
  type Node,
  type SourceFile,
} from '../../typescript/ast.ts';
import type { PlainEdit } from '../apply-edits.ts';
import { insertion } from './plain-edits.ts';

/** Comments that speak of the whole file, wherever a blank line is. */
const speaksOfFile =
  /^\/\*!|^\/\/\/|licen[cs]e|copyright|SPDX-|@file|@preserve|@ts-(?:no)?check|eslint-(?:disable(?!-)|env)|asynclint-disable(?!-)|biome-ignore-all|@(?:jest|vitest)-environment|@jsx|@flow/i;

/** Inserts a line of code at the head of a file that has no import to put it after. */
export function atHead(sourceFile: SourceFile, line: string, lineBreak: string): PlainEdit {
  const { text } = sourceFile;
  const prologue = lastPrologue(sourceFile.statements);
  if (prologue) {
    const end = lineEnd(text, prologue.end);
    return insertion(end, `${lineBreak}${line}`);
  }
  const at = afterFileComments(text, sourceFile.statements[0]);
  const isBeforeBlank = /^\s*$/.test(text.slice(at));
  return insertion(at, `${line}${lineBreak}${isBeforeBlank ? '' : lineBreak}`);
}

/** Inserts a line of code below a statement, behind a comment on the statement's own line. */
export function below(text: string, statement: Node, line: string, lineBreak: string): PlainEdit {
  return insertion(lineEnd(text, statement.end), `${lineBreak}${line}`);
}

function lastPrologue(statements: readonly Node[]): Node | undefined {
  const firstOther = statements.findIndex(
    (statement) => !isExpressionStatement(statement) || !isStringLiteral(statement.expression),
  );
  return statements[(firstOther === -1 ? statements.length : firstOther) - 1];
}

/** The end of the line that an offset is on, or the offset itself where code follows on that line. */
function lineEnd(text: string, offset: number): number {
  const rest = /^[ \t]*(?:\/\/[^\r\n]*|(?:\/\*[^\r\n]*?\*\/[ \t]*)*)(?=\r?\n|$)/.exec(text.slice(offset));
  return offset + (rest?.[0].length ?? 0);
}

function afterFileComments(text: string, first: Node | undefined): number {
  const shebang = /^\uFEFF?(?:#![^\r\n]*(?:\r?\n|$))?/.exec(text)?.[0].length ?? 0;
  let at = shebang;
  for (const { pos, end } of getLeadingCommentRanges(text, shebang) ?? []) {
    if (first && pos >= first.getStart()) break;
    const after = /^[ \t]*(?:\r?\n[ \t]*)*/.exec(text.slice(end))?.[0] ?? '';
    const isSetApart = (after.match(/\n/g)?.length ?? 0) > 1 || speaksOfFile.test(text.slice(pos, end));
    if (isSetApart) at = end + after.length;
  }
  return at;
}
