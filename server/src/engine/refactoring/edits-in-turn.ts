import type { TextEdit } from '../../model/finding.ts';
import { applyEdits } from '../apply-edits.ts';

/** The texts of files after edits; only files that are edited. */
export function editedTexts(
  edits: readonly TextEdit[],
  textOf: (file: string) => string,
): Readonly<Record<string, string>> {
  const files = [...new Set(edits.map(({ file }) => file))];
  return Object.fromEntries(
    files.map((file) => [
      file,
      applyEdits(
        textOf(file),
        edits.filter((edit) => edit.file === file),
      ),
    ]),
  );
}

/** Where an offset of a text lies once texts have been inserted into it. What is inserted at the offset stands before it. */
export function afterInsertions(offset: number, file: string, insertions: readonly TextEdit[]): number {
  return insertions
    .filter((edit) => edit.file === file && edit.span.start <= offset)
    .reduce((sum, { newText }) => sum + newText.length, offset);
}

/**
 * Where an offset of a text lay before texts were inserted into it.
 * @returns undefined for an offset inside of what was inserted
 */
export function beforeInsertions(offset: number, file: string, insertions: readonly TextEdit[]): number | undefined {
  const inFile = insertions.filter((edit) => edit.file === file).sort((a, b) => a.span.start - b.span.start);
  let shift = 0;
  for (const { span, newText } of inFile) {
    const start = span.start + shift;
    if (offset <= start) break;
    if (offset < start + newText.length) return undefined;
    shift += newText.length;
  }
  return offset - shift;
}
