import type { Place } from '../../model/explanation.ts';
import type { Span } from '../../model/span.ts';
import { type TextLines, textLines } from '../../model/text-lines.ts';
import { type Node, type SourceFile, spanOf } from '../../typescript/ast.ts';

const linesOf = new WeakMap<SourceFile, TextLines>();

/** Where a node is, whatever file it is in. */
export function placeOfNode(node: Node): Place {
  return placeIn(node.getSourceFile(), spanOf(node));
}

/** Where a span of a decoded file is. */
export function placeIn(file: SourceFile, span: Span): Place {
  let lines = linesOf.get(file);
  if (!lines) linesOf.set(file, (lines = textLines(file.text)));
  return placeOf(file.fileName, file.text, lines, span);
}

/** Where a span of any text is. */
export function placeInText(file: string, text: string, span: Span): Place {
  return placeOf(file, text, textLines(text), span);
}

function placeOf(file: string, text: string, lines: TextLines, { start, end }: Span): Place {
  return { file, start: lines.positionAt(start), end: lines.positionAt(end), code: shortCode(text.slice(start, end)) };
}

const longestCode = 72;

/** Code on one line. What is long ends in an ellipsis. */
function shortCode(code: string): string {
  const line = code.replaceAll(/\s*[\r\n]\s*/g, ' ').trim();
  return line.length > longestCode ? `${line.slice(0, longestCode - 1).trimEnd()}…` : line;
}
