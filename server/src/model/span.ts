/** A half-open range of UTF-16 offsets in the text of one file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span in a named file. `file` is an absolute path with forward slashes. */
export interface Location {
  readonly file: string;
  readonly span: Span;
}

/** Whether two spans share at least one offset, or touch where one of them is empty. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end ? true : a.start === b.start && a.end === b.end;
}

/** Whether `inner` lies wholly inside `outer`. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
