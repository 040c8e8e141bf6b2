import { type BabelCodeFrameOptions, codeFrameColumns } from '@babel/code-frame';
import picocolors from 'picocolors';
import type { Finding } from '../model/finding.ts';
import { countBySeverity, type Places, placesOf, type Report, summaryText } from './report.ts';

/** The report for people: each finding with its code, its reason and the next step. */
export function formatPretty(report: Report, options: { readonly color: boolean }): string {
  const colors = picocolors.createColors(options.color);
  const places = placesOf(report);
  const paint = {
    error: colors.red,
    warning: colors.yellow,
    information: colors.blue,
  };
  const blocks = report.results.flatMap((result) =>
    result.findings.map((finding) => {
      const severity = paint[finding.severity](finding.severity);
      const head = `${colors.bold(placeText(finding, places))}  ${severity}  ${colors.dim(finding.rule)}`;
      const lines = [
        ...frame(finding, places, options.color),
        '',
        ...(finding.why === '' ? [] : [`${colors.dim('why: ')}${finding.why}`]),
        ...(finding.help === '' ? [] : [`${colors.dim('help:')} ${finding.help}`]),
        ...finding.related.map((related) => `${colors.dim('see: ')} ${placeText(related, places)} ${related.message}`),
      ];
      const body = lines.map((line) => (line === '' ? '' : `  ${line}`));
      return [head, `  ${finding.message}`, '', ...body, '', ''].join('\n');
    }),
  );
  const counts = countBySeverity(report.results);
  const summary = summaryText(report);
  if (counts.error > 0) return `${blocks.join('')}${colors.red(summary)}\n`;
  return `${blocks.join('')}${counts.warning > 0 ? colors.yellow(summary) : colors.green(summary)}\n`;
}

/** `src/a.ts:5:3`, one-based, as terminals and editors make links of it. */
function placeText(location: Pick<Finding, 'file' | 'span'>, places: Places): string {
  const { line, character } = places.range(location).start;
  return `${places.path(location.file)}:${line + 1}:${character + 1}`;
}

const mostLines = 4;
const mostColumns = 160;

/** The finding's lines with one before and one after. Long spans and long lines, as in minified files, are cut. */
function frame(finding: Finding, places: Places, color: boolean): readonly string[] {
  const lines = places.lines(finding.file);
  if (!lines) return [];
  const { start, end } = places.range(finding);
  const lastLine = Math.min(end.line, start.line + mostLines - 1);
  const from = Math.max(0, start.line - 1);
  const shown: string[] = [];
  for (let line = from; line <= Math.min(lastLine + 1, lines.starts.length - 1); line += 1)
    shown.push(lines.lineText(line));
  const cut = start.character > mostColumns ? start.character - 20 : 0;
  const window = shown.map((line) => line.slice(cut, cut + mostColumns));
  const endColumn = lastLine === end.line ? end.character - cut : mostColumns;
  const options: BabelCodeFrameOptions & { readonly startLine: number } = {
    highlightCode: color,
    forceColor: color,
    linesAbove: 1,
    linesBelow: 1,
    startLine: from + 1,
  };
  const marked = {
    start: { line: start.line + 1, column: start.character - cut + 1 },
    end: { line: lastLine + 1, column: Math.min(endColumn, mostColumns) + 1 },
  };
  const text = codeFrameColumns(window.join('\n'), marked, options);
  return text.split('\n').map((line) => line.trimEnd());
}
