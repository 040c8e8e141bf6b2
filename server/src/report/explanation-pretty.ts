import { codeFrameColumns } from '@babel/code-frame';
import picocolors from 'picocolors';
import type { Explanation, Place } from '../model/explanation.ts';
import { textLines } from '../model/text-lines.ts';
import { placeText, type Row, type Section, sheetOf, type Tone } from './explanation.ts';
import { drawInterleaving, usualWidth } from './interleaving-text.ts';
import { relativePath } from './report.ts';

/** The explanation for a terminal: the verdict and the code first, then what it rests on. */
export function formatExplanation(
  explanation: Explanation,
  { cwd, color, remark }: { readonly cwd: string; readonly color: boolean; readonly remark?: string | undefined },
): string {
  const colors = picocolors.createColors(color);
  const pathOf = (file: string): string => relativePath(cwd, file);
  const { verdict, tone, sections, footer } = sheetOf(explanation, pathOf);
  const paint: Record<Tone, (text: string) => string> = {
    error: colors.red,
    warning: colors.yellow,
    information: colors.blue,
    good: colors.green,
  };
  const { file, line, character } = explanation;
  const at = `${pathOf(file)}:${line + 1}${character === undefined ? '' : `:${character + 1}`}`;
  const code = (text: string): string => text.replaceAll(/`([^`]*)`/g, (whole) => (color ? colors.cyan(whole) : whole));
  const place = (each: Place): string =>
    `${colors.underline(placeText(each, pathOf))}${each.code === '' ? '' : `  ${colors.dim(each.code)}`}`;
  const row = ({ label, text, places, via = '' }: Row, width: number): string[] => {
    const start = label === '' ? '    ' : `    ${colors.dim(label.padEnd(width))}  `;
    const [first, ...others] = places;
    const head = [text === '' ? '' : code(text), first ? place(first) : ''].filter((part) => part !== '').join('  ');
    return [
      `${start}${head}`,
      ...others.map((each) => `    ${' '.repeat(width)}  ${via === '' ? '' : `${via}  `}${place(each)}`),
    ];
  };
  const section = ({ title, rows, interleaving }: Section): string[] => {
    const width = Math.max(0, ...rows.map(({ label }) => label.length));
    const drawing = interleaving ? drawInterleaving(interleaving, { pathOf, width: usualWidth }) : [];
    return [
      `  ${code(title)}`,
      ...rows.flatMap((each) => row(each, width)),
      ...(interleaving ? [''] : []),
      ...drawing.map((line) => (line === '' ? '' : `    ${code(line)}`)),
      '',
    ];
  };
  return [
    `${colors.bold(at)}  ${paint[tone](verdict)}`,
    '',
    ...frame(explanation, color).map((text) => `  ${text}`),
    '',
    ...sections.flatMap(section),
    ...[...(remark === undefined ? [] : [remark]), ...footer].map((text) => `  ${colors.dim(text)}`),
    '',
    '',
  ].join('\n');
}

const mostColumns = 160;

/** The line with one before and one after; what is marked is what is reported, or the place that was asked about. */
function frame({ text, line, character, findings }: Explanation, color: boolean): readonly string[] {
  const lines = textLines(text);
  const from = Math.max(0, line - 1);
  const to = Math.min(line + 1, lines.starts.length - 1);
  const shown: string[] = [];
  for (let at = from; at <= to; at += 1) shown.push(lines.lineText(at).slice(0, mostColumns));
  const reported = findings.find(({ place }) => place.start.line === line)?.place;
  const start = reported?.start.character ?? character;
  const end = reported && reported.end.line === line ? reported.end.character : start;
  const marked = {
    start: { line: line + 1, ...(start !== undefined && start < mostColumns && { column: start + 1 }) },
    ...(start !== undefined &&
      end !== undefined &&
      end > start &&
      end < mostColumns && { end: { line: line + 1, column: end + 1 } }),
  };
  const options = { highlightCode: color, forceColor: color, linesAbove: 1, linesBelow: 1, startLine: from + 1 };
  return codeFrameColumns(shown.join('\n'), marked, options)
    .split('\n')
    .map((each) => each.trimEnd());
}
