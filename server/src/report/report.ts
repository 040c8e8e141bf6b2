import type { Finding, Fix, Severity } from '../model/finding.ts';
import { locationsOf } from '../model/interleaving.ts';
import type { FileResult } from '../model/result.ts';
import type { RuleMeta } from '../model/rule.ts';
import type { Location } from '../model/span.ts';
import { type Position, type TextLines, textLines } from '../model/text-lines.ts';

/** What a formatter is given. All formatters are pure: the same report gives the same bytes. */
export interface Report {
  /** Absolute; paths are shown relative to it. */
  readonly cwd: string;
  readonly results: readonly FileResult[];
  /** Texts of other files that findings or fixes point into. Places in a file without a text count as its beginning. */
  readonly texts: ReadonlyMap<string, string>;
  readonly rules: readonly RuleMeta[];
  readonly milliseconds: number;
  /** How many fixes were written. */
  readonly fixed: number;
  /** Whether warnings and information were left out, because the user asked for errors only. */
  readonly isOnlyErrors?: boolean;
  readonly version: string;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Paths and positions of a report, as people and tools read them. */
export interface Places {
  /** Relative to the working folder, with forward slashes; absolute on another drive. */
  path(file: string): string;
  range(location: Location): Range;
  lines(file: string): TextLines | undefined;
}

export function placesOf(report: Report): Places {
  const texts = new Map([...report.results.map((result) => [result.file, result.text] as const), ...report.texts]);
  const known = new Map<string, TextLines>();
  const lines = (file: string): TextLines | undefined => {
    const text = texts.get(file);
    if (text === undefined) return undefined;
    const lines = known.get(file) ?? textLines(text);
    known.set(file, lines);
    return lines;
  };
  return {
    lines,
    path: (file) => relativePath(report.cwd, file),
    range: ({ file, span }) => {
      const inFile = lines(file);
      const start = inFile?.positionAt(span.start) ?? { line: 0, character: 0 };
      return { start, end: inFile?.positionAt(span.end) ?? start };
    },
  };
}

/** The files outside the results that a report has to point into. */
export function furtherFiles(results: readonly FileResult[]): readonly string[] {
  // A result that was kept from an earlier run, and says nothing, comes without its text.
  const own = new Set(results.filter((result) => result.text !== '').map((result) => result.file));
  const further = new Set<string>();
  for (const result of results) {
    for (const finding of result.findings) {
      const { related, interleaving } = finding;
      const steps = interleaving ? locationsOf(interleaving) : [];
      const locations = [...related, ...steps, ...fixesOf(result, finding).flatMap((fix) => fix.edits)];
      for (const location of locations) if (!own.has(location.file)) further.add(location.file);
    }
  }
  return [...further];
}

export function fixesOf(result: FileResult, finding: Finding): readonly Fix[] {
  return result.fixes?.get(finding) ?? [];
}

export function countBySeverity(results: readonly FileResult[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, information: 0 };
  for (const result of results) for (const finding of result.findings) counts[finding.severity] += 1;
  return counts;
}

/** `12 problems (3 errors, 9 warnings) in 340 files, 1.2 s`. */
export function summaryText(report: Report): string {
  const counts = countBySeverity(report.results);
  const total = counts.error + counts.warning + counts.information;
  const parts = [
    counts.error > 0 ? plural(counts.error, 'error') : '',
    counts.warning > 0 ? plural(counts.warning, 'warning') : '',
    counts.information > 0 ? `${counts.information} for information` : '',
  ].filter((part) => part !== '');
  const found =
    total === 0
      ? `No ${report.isOnlyErrors ? 'errors' : 'problems'}`
      : `${plural(total, 'problem')} (${parts.join(', ')})`;
  const fixed = report.fixed > 0 ? `, ${report.fixed} fixed` : '';
  return `${found} in ${plural(report.results.length, 'file')}${fixed}, ${(report.milliseconds / 1000).toFixed(1)} s`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The way from a folder to a file. */
export function relativePath(cwd: string, file: string): string {
  const from = cwd.split('/').filter((part) => part !== '');
  const to = file.split('/').filter((part) => part !== '');
  const isRooted = file.startsWith('/') === cwd.startsWith('/');
  if (!isRooted || (/^[A-Za-z]:$/.test(to[0] ?? '') && to[0] !== from[0]) || /^\w{2,}:\//.test(file)) return file;
  let common = 0;
  while (common < from.length && common < to.length && from[common] === to[common]) common += 1;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/') || '.';
}
