import type { Span } from '../model/span.ts';
import type { Comment, Directive, DirectiveId } from './directives.ts';

export interface Replacement {
  readonly span: Span;
  readonly newText: string;
}

/** Takes out a whole comment with the line it leaves empty, or the space before it, and nothing else. */
export function removeDirective(text: string, comment: Comment): Replacement {
  let { start, end } = comment;
  if (comment.inJsx) {
    start = text.lastIndexOf('{', start);
    end = text.indexOf('}', end) + 1;
  }
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
  const restOfLine = /^[ \t]*(\r\n|\n|\r|$)/.exec(text.slice(end));
  const isFirst = text.slice(lineStart, start).trim() === '';
  if (restOfLine && isFirst) return { span: { start: lineStart, end: end + restOfLine[0].length }, newText: '' };
  if (restOfLine) {
    const before = /[ \t]*$/.exec(text.slice(lineStart, start))?.[0].length ?? 0;
    return { span: { start: start - before, end }, newText: '' };
  }
  // A line break inside the comment may be what ends a statement.
  if (/[\n\r]/.test(comment.text) && !isFirst) return { span: { start, end }, newText: '\n' };
  // The comment may be all that keeps two tokens apart.
  const isSpaced = /[\s([{]$/.test(text.slice(0, start)) || start === 0;
  const after = /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
  if (isSpaced) return { span: { start, end: end + after }, newText: '' };
  return { span: { start, end }, newText: after > 0 || comment.inJsx ? '' : ' ' };
}

/** Takes one name out of a directive's list, with the comma or the space that belonged to it. */
export function removeId(directive: Directive, id: DirectiveId): Replacement {
  const at = directive.ids.indexOf(id);
  const next = directive.ids[at + 1];
  const before = directive.ids[at - 1];
  if (before) return { span: { start: before.span.end, end: id.span.end }, newText: '' };
  return { span: { start: id.span.start, end: next?.span.start ?? id.span.end }, newText: '' };
}
