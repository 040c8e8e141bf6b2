import type { TextEdit } from '../model/finding.ts';
import type { Span } from '../model/span.ts';
import { type TextLines, textLines } from '../model/text-lines.ts';
import { type Comment, type Directive, isCommentOnly, parseDirectives } from './directives.ts';

export interface SuppressRequest {
  readonly file: string;
  readonly text: string;
  /** Every comment of the file, in order. */
  readonly comments: readonly Comment[];
  /** The finding's place and rule. */
  readonly span: Span;
  readonly rule: string;
}

/** What the line of the finding begins in: a JSX child takes a comment in braces, a template none at all. */
export type LineStart = 'code' | 'jsx' | 'string';

export interface Suppression {
  readonly edit: TextEdit;
  /** Where the cursor goes, as an offset in the text after the edit: into the reason, if there is one. */
  readonly cursor: number;
}

/** Suppresses one rule on the line of a finding: in the directive that is already there, or in a new one above. */
export function suppressOnLine(request: SuppressRequest, lineStart: LineStart): Suppression {
  const { file, text, comments, span, rule } = request;
  const lines = textLines(text);
  const line = lines.lineAt(span.start);
  const existing = parseDirectives(text, comments).directives.findLast(
    (directive) => directive.tool === 'asynclint' && directive.line === line && isLineScope(directive),
  );
  if (existing && existing.ids.length > 0) return append(file, existing, rule);

  if (lineStart === 'string') {
    const head = `/* asynclint-disable-line ${rule} -- `;
    return insert(file, span.start, head, ' */ ');
  }
  const at = lineAbove(line, comments, lines);
  const indent = /^[ \t]*/.exec(lines.lineText(line))?.[0] ?? '';
  const directive = `asynclint-disable-next-line ${rule} -- `;
  const eol = lineBreakOf(text);
  const offset = lines.starts[at] ?? 0;
  return lineStart === 'jsx'
    ? insert(file, offset, `${indent}{/* ${directive}`, ` */}${eol}`)
    : insert(file, offset, `${indent}// ${directive}`, eol);
}

/** Suppresses one rule in the whole file: in the directive at its head, or in a new one after shebang, licence and prologue. */
export function suppressInFile(request: Omit<SuppressRequest, 'span'>): Suppression {
  const { file, text, comments, rule } = request;
  const head = fileHead(text, comments);
  const existing = parseDirectives(text, comments).directives.find(
    (directive) =>
      directive.tool === 'asynclint' &&
      directive.scope === 'from-here' &&
      directive.ids.length > 0 &&
      directive.comment.end <= head.codeStart,
  );
  if (existing) return append(file, existing, rule);

  const eol = lineBreakOf(text);
  const before = `/* asynclint-disable ${rule} -- `;
  const lineEnd = /^[ \t]*(\r\n|\n|\r|$)/.exec(text.slice(head.insertAt));
  if (head.insertAt === 0) return insert(file, 0, before, ` */${eol}`);
  // Code follows on the line of the prologue.
  if (!lineEnd) return insert(file, head.insertAt, ` ${before}`, ' */');
  const offset = head.insertAt + lineEnd[0].length;
  return lineEnd[1] === ''
    ? insert(file, offset, `${eol}${before}`, ` */${eol}`)
    : insert(file, offset, before, ` */${eol}`);
}

function insert(file: string, at: number, beforeCursor: string, afterCursor: string): Suppression {
  return {
    edit: { file, span: { start: at, end: at }, newText: beforeCursor + afterCursor },
    cursor: at + beforeCursor.length,
  };
}

function append(file: string, directive: Directive, rule: string): Suppression {
  const end = directive.ids.at(-1)?.span.end ?? directive.comment.end;
  const newText = `, ${rule}`;
  return {
    edit: { file, span: { start: end, end }, newText },
    cursor: (directive.reason?.span.end ?? end) + newText.length,
  };
}

function isLineScope(directive: Directive): boolean {
  return directive.scope === 'line' || directive.scope === 'next-line';
}

/** Comments that speak to another tool about the very next line. */
const bindsToNextLine =
  /^\s*\{?\s*\/[/*][\s*]*(?:@ts-|eslint-|oxlint-|biome-ignore|prettier-ignore|istanbul\b|c8\b|v8\b|deno-|NOSONAR)/;

/** The line before which a directive for `line` goes: above comments that would lose their line if ours came between. */
function lineAbove(line: number, comments: readonly Comment[], lines: TextLines): number {
  let at = line;
  while (at > 0 && isCommentOnly(at - 1, comments, lines)) {
    if (!bindsToNextLine.test(lines.lineText(at - 1))) break;
    at -= 1;
  }
  return at;
}

function lineBreakOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

const isLicence = /^\/\*!|@license|@preserve|copyright|licen[cs]e|SPDX-/i;

/** Where a file directive goes, and where the first statement that is no prologue begins. */
function fileHead(
  text: string,
  comments: readonly Comment[],
): { readonly insertAt: number; readonly codeStart: number } {
  const shebang = /^\uFEFF?(?:#![^\r\n]*)?/.exec(text)?.[0].length ?? 0;
  let insertAt = shebang;
  let at = shebang;
  let mayBeLicence = true;
  for (;;) {
    at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
    const run = commentRun(text, comments, at);
    if (run) {
      mayBeLicence &&= isLicence.test(run.text);
      at = run.end;
      if (mayBeLicence) insertAt = at;
      continue;
    }
    const prologue = /^(['"])use [^'"\r\n]*\1[ \t]*;?/.exec(text.slice(at, at + 200));
    if (!prologue) return { insertAt, codeStart: at };
    mayBeLicence = false;
    at += prologue[0].length;
    insertAt = at;
  }
}

/** The comment at an offset, or the block of line comments that begins there. */
function commentRun(
  text: string,
  comments: readonly Comment[],
  at: number,
): { readonly text: string; readonly end: number } | undefined {
  const first = comments.findIndex((comment) => comment.start === at);
  const comment = comments[first];
  if (!comment) return undefined;
  let end = comment.end;
  for (const next of comments.slice(first + 1)) {
    const between = text.slice(end, next.start);
    if (!comment.text.startsWith('//') || !next.text.startsWith('//') || !/^(?:\r\n|\n|\r)[ \t]*$/.test(between)) break;
    end = next.end;
  }
  return { text: text.slice(at, end), end };
}
