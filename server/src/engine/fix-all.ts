import type { Fix } from '../model/finding.ts';
import type { FileResult } from '../model/result.ts';
import { applyEdits, mergeFixes } from './apply-edits.ts';

export interface FixAllRequest {
  /** Results with their fixes. */
  readonly results: readonly FileResult[];
  /** The current text of any file, or undefined where it cannot be read. */
  readonly textOf: (file: string) => Promise<string | undefined>;
  /** Lays a new text over a file, so that the next `lint` sees it. */
  readonly setText: (file: string, text: string) => void;
  /** Lints again, with fixes; one result a file, in order. */
  readonly lint: (files: readonly string[]) => Promise<readonly FileResult[]>;
}

export interface FixedFiles {
  /** The results after all fixes, in the order of the request. */
  readonly results: readonly FileResult[];
  /** Text before and after of each file that changed. */
  readonly rewrites: readonly { readonly file: string; readonly before: string; readonly after: string }[];
  /** How many fixes were applied. */
  readonly count: number;
}

/** One fix may make room for another; after so many rounds something fixes back and forth. */
const mostRounds = 10;

/** Applies safe fixes in memory until none is left. Nothing is written. */
export async function fixAll({ results: first, textOf, setText, lint }: FixAllRequest): Promise<FixedFiles> {
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  let results = first;
  let count = 0;
  for (let round = 0; round < mostRounds; round += 1) {
    const merged = mergeFixes(results.flatMap(safeFixes));
    if (merged.applied.length === 0) break;
    for (const [file, edits] of merged.edits) {
      // A result that was kept from an earlier run, and says nothing, comes without its text.
      const linted = results.find((result) => result.file === file)?.text || undefined;
      const text = linted ?? after.get(file) ?? (await textOf(file));
      if (text === undefined) throw new Error(`${file} is to be fixed and cannot be read`);
      if (!before.has(file)) before.set(file, text);
      const fixed = applyEdits(text, edits);
      after.set(file, fixed);
      setText(file, fixed);
    }
    count += merged.applied.length;
    const stale = results.filter((result) => [result.file, ...result.dependsOn].some((file) => merged.edits.has(file)));
    const fresh = new Map((await lint(stale.map((result) => result.file))).map((result) => [result.file, result]));
    results = results.map((result) => fresh.get(result.file) ?? result);
  }
  const rewrites = [...after].map(([file, text]) => ({ file, before: before.get(file) ?? '', after: text }));
  return { results, rewrites: rewrites.filter((each) => each.before !== each.after), count };
}

function safeFixes(result: FileResult): readonly Fix[] {
  return result.findings.flatMap((finding) => {
    const safe = result.fixes?.get(finding)?.find((fix) => fix.safe);
    return safe ? [safe] : [];
  });
}
