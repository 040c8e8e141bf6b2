import { compareText, type Fix, type TextEdit } from '../model/finding.ts';
import type { Span } from '../model/span.ts';

/** An edit whose file is known from elsewhere. */
export interface PlainEdit {
  readonly span: Span;
  readonly newText: string;
}

/**
 * The text after all edits, whose spans refer to the text before. Insertions at one place keep their order.
 * Throws a RangeError where two edits overlap or one lies outside the text: such a set is a mistake of its maker.
 */
export function applyEdits(text: string, edits: readonly PlainEdit[]): string {
  let result = '';
  let done = 0;
  for (const { span, newText } of inOrder(edits)) {
    if (span.start < done) throw new RangeError(`Edits overlap at ${span.start}`);
    if (span.end < span.start || span.end > text.length)
      throw new RangeError(`Edit ${span.start}-${span.end} lies outside the text`);
    result += text.slice(done, span.start) + newText;
    done = span.end;
  }
  return result + text.slice(done);
}

export interface MergedFixes {
  /** The edits of all fixes that go together, by file, in the order of the text. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  readonly applied: readonly Fix[];
  /** Fixes that touch what an earlier one touches: for the next round. */
  readonly skipped: readonly Fix[];
}

/** Takes as many fixes as go together, earlier ones first. Two that make the very same edit, such as an import, share it. */
export function mergeFixes(fixes: readonly Fix[]): MergedFixes {
  const byFile = new Map<string, TextEdit[]>();
  const applied: Fix[] = [];
  const skipped: Fix[] = [];
  for (const fix of fixes) {
    const isTaken = fix.edits.some((edit) =>
      byFile.get(edit.file)?.some((other) => !isSame(edit, other) && touch(edit.span, other.span)),
    );
    if (isTaken) {
      skipped.push(fix);
      continue;
    }
    applied.push(fix);
    // Compared with what other fixes brought, so that one fix may insert the same text twice.
    const added = fix.edits.filter((edit) => !byFile.get(edit.file)?.some((other) => isSame(edit, other)));
    for (const edit of added) byFile.set(edit.file, [...(byFile.get(edit.file) ?? []), edit]);
  }
  const files = [...byFile].sort(([a], [b]) => compareText(a, b));
  return { edits: new Map(files.map(([file, edits]) => [file, inOrder(edits)])), applied, skipped };
}

function inOrder<Edit extends PlainEdit>(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

function isSame(a: PlainEdit, b: PlainEdit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.newText === b.newText;
}

/** Whether edits of two fixes share text, or meet where one of them inserts and the order would decide. */
function touch(a: Span, b: Span): boolean {
  if (a.start < b.end && b.start < a.end) return true;
  const oneInserts = a.start === a.end || b.start === b.end;
  return oneInserts && a.start <= b.end && b.start <= a.end;
}
