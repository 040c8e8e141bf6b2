import type { SourceFile } from 'typescript/ast';
import { getTokenAtPosition } from 'typescript/ast';
import { getLeadingCommentRanges, getTrailingCommentRanges } from 'typescript/ast/scanner';

/** A comment with its delimiters. */
export interface CommentText {
  readonly start: number;
  readonly end: number;
  readonly text: string;
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
    for (const from of [token.pos, token.end]) {
      const ranges = [...(getLeadingCommentRanges(text, from) ?? []), ...(getTrailingCommentRanges(text, from) ?? [])];
      const range = ranges.find(({ pos, end }) => pos <= at && at < end);
      if (range) found.set(range.pos, { start: range.pos, end: range.end, text: text.slice(range.pos, range.end) });
    }
  }
  return [...found.values()].sort((a, b) => a.start - b.start);
}
