import { codeFrameColumns } from '@babel/code-frame';
import type { Finding } from '../../server/src/model/finding.ts';
import { textLines } from '../../server/src/model/text-lines.ts';
import type { LintedProject } from './lint-fixtures.ts';

/** All findings of a project as a reader sees them: frame, message, help, second places and the titles of fixes. */
export function renderFrames({ directory, files }: LintedProject): string {
  const frames = files.flatMap(({ fixture, result, alarms, fixes }) =>
    result.findings.map((finding, index) => {
      const related = (alarms[index]?.related ?? []).map(
        (place) => `  related ${place.file}${place.line > 0 ? `:${place.line}` : ''} ${place.text}`,
      );
      const offers = (fixes.get(finding) ?? []).map((fix) => `  ${fix.safe ? 'safe fix' : 'choice'}: ${fix.title}`);
      return [
        `${fixture.name} · ${finding.severity} · ${finding.key}`,
        frame(result.text, finding),
        `  ${finding.message}`,
        `  help: ${finding.help}`,
        ...related,
        ...offers,
        '',
      ].join('\n');
    }),
  );
  return frames.join('\n').replaceAll(directory, '');
}

function frame(text: string, { span }: Finding): string {
  const lines = textLines(text);
  const at = (offset: number): { line: number; column: number } => {
    const { line, character } = lines.positionAt(offset);
    return { line: line + 1, column: character + 1 };
  };
  return codeFrameColumns(text, { start: at(span.start), end: at(span.end) }, { linesAbove: 1, linesBelow: 0 });
}
