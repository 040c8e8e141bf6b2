import { type Interleaving, type StepKind, turnsOf } from '../model/interleaving.ts';
import type { Location } from '../model/span.ts';
import { fixesOf, placesOf, type Range, type Report } from './report.ts';

interface JsonPlace {
  readonly file: string;
  readonly range: Range;
}

/**
 * The report as one line of JSON: `{ version, findings, summary }`, described in docs/cli.md.
 * Paths are relative to the working folder, positions zero-based in UTF-16 units.
 */
export function formatJson(report: Report): string {
  const places = placesOf(report);
  const place = (location: Location): JsonPlace => ({
    file: places.path(location.file),
    range: places.range(location),
  });
  const findings = report.results.flatMap((result) =>
    result.findings.map((finding) => ({
      ...place(finding),
      rule: finding.rule,
      message: finding.message,
      severity: finding.severity,
      related: finding.related.map((related) => ({ ...place(related), message: related.message })),
      ...(finding.interleaving && { interleaving: shownInterleaving(finding.interleaving, place) }),
      fixes: fixesOf(result, finding).map((fix) => ({
        title: fix.title,
        safe: fix.safe,
        edits: fix.edits.map((edit) => ({ ...place(edit), newText: edit.newText })),
      })),
    })),
  );
  const summary = {
    files: report.results.length,
    findings: findings.length,
    milliseconds: Math.round(report.milliseconds),
  };
  return `${JSON.stringify({ version: 1, findings, summary })}\n`;
}

interface JsonInterleaving {
  readonly tasks: readonly (JsonPlace & { readonly name: string })[];
  readonly steps: readonly (JsonPlace & {
    readonly task: 0 | 1;
    readonly turn: number;
    readonly kind: StepKind;
    readonly text: string;
    readonly note?: string;
  })[];
  readonly outcome: string;
  readonly evidence: Partial<JsonPlace> & { readonly text: string };
}

function shownInterleaving(
  { tasks, steps, outcome, evidence }: Interleaving,
  place: (location: Location) => JsonPlace,
): JsonInterleaving {
  const turns = turnsOf(steps);
  return {
    tasks: tasks.map((task) => ({ name: task.name, ...place(task) })),
    steps: steps.map((step, index) => ({
      task: step.task,
      turn: turns[index] ?? 1,
      kind: step.kind,
      text: step.text,
      ...(step.note !== undefined && { note: step.note }),
      ...place(step),
    })),
    outcome,
    evidence: { text: evidence.text, ...(evidence.at && place(evidence.at)) },
  };
}
