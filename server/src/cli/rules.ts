import picocolors from 'picocolors';
import { ownRules } from '../engine/own-rules.ts';
import { type ExitCode, wantsColor } from './io.ts';
import type { ProgramTools } from './program.ts';

/** `asynclint rules`: one line a rule, by family. */
export async function listRules({ io, rules }: Pick<ProgramTools, 'io' | 'rules'>): Promise<ExitCode> {
  const colors = picocolors.createColors(wantsColor(io));
  const rows = [
    ...rules.map((rule) => [rule.id, rule.preset, rule.severity, rule.summary] as const),
    ...ownRules.map((rule) => [rule.id, 'always', rule.severity, rule.summary] as const),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(([id, preset, severity, summary]) => {
    const cells = [id, preset, severity].map((cell, column) => cell.padEnd(widths[column] ?? 0));
    return `${colors.bold(cells[0])}  ${cells[1]}  ${cells[2]}  ${colors.dim(summary)}`;
  });
  await io.stdout(`${lines.join('\n')}\n`);
  return 0;
}
