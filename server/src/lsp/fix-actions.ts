import { mergeFixes } from '../engine/apply-edits.ts';
import { fixAll } from '../engine/fix-all.ts';
import type { Finding, Fix, TextEdit } from '../model/finding.ts';
import type { Analysed } from './analysed.ts';
import { difference } from './edits.ts';
import type { ServerContext } from './server-context.ts';

/** What a fix does, whatever the names in its title: fixes of many findings are the same choice if these are equal. */
export function choiceOf(fix: Fix): string {
  return `${fix.safe ? 'safe' : 'choice'} ${fix.title.replaceAll(/`[^`]*`/g, '`…`')}`;
}

/** How a choice is called when it is made for many findings at once. */
export function titleOfChoice(fix: Fix): string {
  const names = fix.title.match(/`[^`]*`/g) ?? [];
  return names.length === 0 ? fix.title : fix.title.replaceAll(/`[^`]*`/g, '`…`');
}

/** The edits that make one choice for every finding of a rule in a file, as far as they go together. */
export async function editsOfChoice(
  context: ServerContext,
  analysed: Analysed,
  rule: string,
  choice: string,
  signal: AbortSignal,
): Promise<readonly TextEdit[]> {
  const findings = analysed.result.findings.filter((finding) => finding.rule === rule);
  const fixes = await context.analysis.fixes(analysed, findings, signal);
  const chosen = findings.flatMap((finding) => fixes.get(finding)?.filter((fix) => choiceOf(fix) === choice)[0] ?? []);
  return [...mergeFixes(chosen).edits.values()].flat();
}

/** Whether a file has a fix that may be applied unattended. */
export async function hasSafeFix(context: ServerContext, analysed: Analysed, signal: AbortSignal): Promise<boolean> {
  const fixes = await context.analysis.fixes(analysed, analysed.result.findings, signal);
  return [...onlyWithin(analysed.result.file, fixes).values()].flat().some((fix) => fix.safe);
}

/** The edits that apply every safe fix of a file, and those that show up once these are applied. */
export async function editsOfAllSafeFixes(
  context: ServerContext,
  analysed: Analysed,
  signal: AbortSignal,
): Promise<readonly TextEdit[]> {
  if (!(await hasSafeFix(context, analysed, signal))) return [];
  const { file, text } = analysed.result;
  const fixes = await context.analysis.fixes(analysed, analysed.result.findings, signal);
  const first = { ...analysed.result, fixes: onlyWithin(file, fixes) };
  return context.analysis.exclusively(async (linter, tryText) => {
    const fixed = await fixAll({
      results: [first],
      textOf: async (path) => (path === file ? text : undefined),
      setText: tryText,
      lint: async (files) => {
        const results = await linter.lint(files, { ...context.analysis.lintOptions(file, signal), withFixes: true });
        return results.map((result) => ({ ...result, fixes: onlyWithin(file, result.fixes ?? new Map()) }));
      },
    });
    return difference(file, text, fixed.rewrites.find((each) => each.file === file)?.after ?? text);
  });
}

/** "Fix all" is about one file: what a fix does elsewhere nobody would look at. */
function onlyWithin(file: string, fixes: ReadonlyMap<Finding, readonly Fix[]>): ReadonlyMap<Finding, readonly Fix[]> {
  return new Map(
    [...fixes].map(([finding, offered]) => [
      finding,
      offered.filter((fix) => fix.edits.every((edit) => edit.file === file)),
    ]),
  );
}
