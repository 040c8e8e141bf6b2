/** A place in a text as editors count: zero-based, `character` in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Converts offsets of one text. Lines end with LF, CR or CRLF, as the language server protocol has it. */
export interface TextLines {
  /** Offsets at which the lines begin; the first is 0. */
  readonly starts: readonly number[];
  /** The position of an offset; offsets beyond the text count as its end. */
  positionAt(offset: number): Position;
  /** The zero-based line that holds an offset. */
  lineAt(offset: number): number;
  /** The text of a line without its end; empty where there is no such line. */
  lineText(line: number): string;
}

export function textLines(text: string): TextLines {
  const starts = [0];
  for (const end of text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);

  const lineAt = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    starts,
    lineAt,
    positionAt(offset) {
      const inside = Math.max(0, Math.min(offset, text.length));
      const line = lineAt(inside);
      return { line, character: inside - (starts[line] ?? 0) };
    },
    lineText(line) {
      const start = starts[line];
      if (start === undefined) return '';
      return text.slice(start, starts[line + 1] ?? text.length).replace(/[\r\n]+$/, '');
    },
  };
}
