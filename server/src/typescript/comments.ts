import { getTokenAtPosition, type Node, type SourceFile, SyntaxKind } from 'typescript/ast';
import { isJsxExpression } from 'typescript/ast/is';
import { getLeadingCommentRanges, getTrailingCommentRanges } from 'typescript/ast/scanner';

/** A comment with its delimiters. */
export interface CommentText {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Whether the comment is all that stands in the braces of a JSX child. */
  readonly inJsx: boolean;
}

/**
 * The comments of a file that contain a match of `pattern`, in order. Strings, templates and JSX text that look the
 * same are no comments. Costs nothing but one search of the text where there is no match.
 */
export function commentsMatching(sourceFile: SourceFile, pattern: RegExp): readonly CommentText[] {
  const { text } = sourceFile;
  const found = new Map<number, CommentText>();
  for (const match of text.matchAll(new RegExp(pattern.source, 'g'))) {
    const at = match.index;
    if ([...found.values()].some((comment) => comment.start <= at && at < comment.end)) continue;
    const token = getTokenAtPosition(sourceFile, at);
    if (token.kind === SyntaxKind.JsxText) continue;
    for (const from of [token.pos, token.end]) {
      const ranges = [...(getLeadingCommentRanges(text, from) ?? []), ...(getTrailingCommentRanges(text, from) ?? [])];
      const range = ranges.find(({ pos, end }) => pos <= at && at < end);
      if (!range) continue;
      const { pos: start, end } = range;
      found.set(start, { start, end, text: text.slice(start, end), inJsx: standsAloneInJsx(text, start, end, token) });
    }
  }
  return [...found.values()].sort((a, b) => a.start - b.start);
}

function standsAloneInJsx(text: string, start: number, end: number, token: Node): boolean {
  const braces = token.parent;
  if (!isJsxExpression(braces) || braces.expression) return false;
  const before = text.slice(text.lastIndexOf('{', start), start);
  return (before + text.slice(end, braces.end)).replaceAll(/\s/g, '') === '{}';
}

/** What the line of a place begins in: a comment above it is written accordingly, or not at all. */
export function lineStartOf(sourceFile: SourceFile, offset: number): 'code' | 'jsx' | 'string' {
  const { text } = sourceFile;
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const token = getTokenAtPosition(sourceFile, start);
  if (token.kind === SyntaxKind.JsxText) return 'jsx';
  const isText = textKinds.has(token.kind) && token.getStart(sourceFile) < start && start < token.end;
  return isText ? 'string' : 'code';
}

const textKinds: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.StringLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateHead,
  SyntaxKind.TemplateMiddle,
  SyntaxKind.TemplateTail,
]);
