import type { Severity } from '../model/finding.ts';
import { placesOf, type Report, summaryText } from './report.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'notice' };

/** Workflow commands, which GitHub Actions shows beside the changed lines, and the summary as plain text. */
export function formatGithub(report: Report): string {
  const places = placesOf(report);
  const lines = report.results.flatMap((result) =>
    result.findings.map((finding) => {
      const { start, end } = places.range(finding);
      const properties: Record<string, string | number> = {
        file: places.path(finding.file),
        line: start.line + 1,
        endLine: end.line + 1,
        // Columns of a range over several lines are not understood.
        ...(start.line === end.line && { col: start.character + 1, endColumn: end.character + 1 }),
        title: `asynclint(${finding.rule})`,
      };
      const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
      const related = finding.related.map((place) => {
        const at = places.range(place).start;
        return `${places.path(place.file)}:${at.line + 1}:${at.character + 1} ${place.message}`;
      });
      const message = [finding.message, finding.why, finding.help, ...related].filter((part) => part !== '').join('\n');
      return `::${commands[finding.severity]} ${list.join(',')}::${escapeData(message)}`;
    }),
  );
  return [...lines, summaryText(report), ''].join('\n');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
