/** The proofs that every offered fix has to pass; see README.md. */

import { applyEdits } from '../../server/src/engine/apply-edits.ts';
import type { Finding, Fix } from '../../server/src/model/finding.ts';
import { textLines } from '../../server/src/model/text-lines.ts';
import { groupBy } from './group-by.ts';
import type { LintedFixture, LintedProject } from './lint-fixtures.ts';
import { type CheckedFile, type CheckedVariant, checkVariants, type Tools, type Variant } from './variants.ts';
import type { RuleFixtures } from './workspace.ts';

interface Offer extends Variant {
  readonly linted: LintedFixture;
  readonly finding: Finding;
  readonly fix: Fix;
  /** Set where the edits cannot even be applied. */
  readonly fault: string | undefined;
}

/**
 * Applies every fix of every finding and looks at what it does.
 * @param baseline the unchanged project
 * @returns one text for each fix that fails, with the reasons
 */
export async function proveFixes(
  tools: Tools,
  fixtures: RuleFixtures,
  project: LintedProject,
  baseline: CheckedVariant,
): Promise<readonly string[]> {
  const offers = project.files.flatMap((linted) =>
    linted.result.findings.flatMap((finding) =>
      (linted.fixes.get(finding) ?? []).map((fix) => offerOf(project, linted, finding, fix)),
    ),
  );
  const applicable = offers.filter((offer) => offer.fault === undefined);
  const checked = await checkVariants(tools, fixtures, applicable, 'proofs');
  const outcomes = new Map(applicable.map((offer, index) => [offer, checked[index]]));
  return offers.flatMap((offer) => {
    const outcome = outcomes.get(offer);
    const faults =
      offer.fault !== undefined ? [offer.fault] : outcome ? faultsOf(offer, baseline, outcome) : ['was not checked'];
    return faults.length === 0 ? [] : [describeFaults(offer, faults)];
  });
}

function offerOf(project: LintedProject, linted: LintedFixture, finding: Finding, fix: Fix): Offer {
  const texts = new Map<string, string>();
  let fault: string | undefined;
  for (const [file, edits] of groupBy(fix.edits, (edit) => edit.file)) {
    const original = project.files.find(({ result }) => result.file === file);
    if (!original) fault = `edits ${file}, which is no fixture`;
    else {
      try {
        texts.set(original.fixture.path, applyEdits(original.fixture.code, edits));
      } catch (error) {
        fault = error instanceof Error ? error.message : String(error);
      }
    }
  }
  if (fix.edits.length === 0) fault = 'has no edits';
  return { linted, finding, fix, texts, fault };
}

function faultsOf(
  { linted, finding, fix, texts }: Offer,
  baseline: CheckedVariant,
  outcome: CheckedVariant,
): readonly string[] {
  const faults: string[] = [];
  for (const [file, after] of outcome) {
    const before = baseline.get(file);
    if (!before) throw new Error(`${file} has no baseline.`);
    faults.push(...worsened(file, before, after, finding.rule));
    if (texts.has(file))
      faults.push(...lostComments(before.text, after.text).map((comment) => `loses the comment ${comment}`));
  }
  const own = (findings: readonly Finding[] = []): number =>
    findings.filter((other) => other.rule === finding.rule && other.key === finding.key).length;
  const path = linted.fixture.path;
  const after = outcome.get(path);
  if (!after) faults.push('does not change the file of the finding');
  else if (own(after.findings) >= own(baseline.get(path)?.findings)) faults.push('leaves the finding where it is');
  if (fix.safe) faults.push(...unsafe(linted.fixture.code, texts.get(path) ?? linted.fixture.code));
  return faults;
}

/** New complaints of the compiler, new findings of the rule, and new findings of others that are more than advice. */
export function worsened(file: string, before: CheckedFile, after: CheckedFile, rule: string): readonly string[] {
  const counted = ({ findings }: CheckedFile): readonly string[] =>
    findings.filter((finding) => finding.rule === rule || finding.severity !== 'information').map(label);
  const complaints = added(before.complaints, after.complaints).map(
    (complaint) => `makes the compiler complain in ${file}: ${complaint}`,
  );
  const findings = added(counted(before), counted(after)).map(
    (finding) => `brings a new finding in ${file}: ${finding}`,
  );
  return [...complaints, ...findings];
}

function label(finding: Finding): string {
  return `${finding.rule} ${finding.key}`;
}

/** The entries of the second list that it has more often than the first. */
function added(before: readonly string[], after: readonly string[]): readonly string[] {
  const rest = new Map<string, number>();
  for (const entry of before) rest.set(entry, (rest.get(entry) ?? 0) + 1);
  return after.filter((entry) => {
    const left = rest.get(entry) ?? 0;
    rest.set(entry, left - 1);
    return left <= 0;
  });
}

/** Comments of the first text that the second has less often. Strings that look like comments are no harm: they survive as well. */
export function lostComments(before: string, after: string): readonly string[] {
  return added(comments(after), comments(before));
}

function comments(text: string): readonly string[] {
  return [...text.matchAll(/(?<![:"'`\\])(?:\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)/g)].map(([comment]) => comment.trim());
}

/** A safe fix neither waits nor makes others wait. */
function unsafe(before: string, after: string): readonly string[] {
  const count = (text: string, word: string): number => text.match(new RegExp(`\\b${word}\\b`, 'g'))?.length ?? 0;
  return ['await', 'async']
    .filter((word) => count(after, word) > count(before, word))
    .map((word) => `is called safe and adds \`${word}\``);
}

function describeFaults({ linted: { fixture }, finding, fix, texts }: Offer, faults: readonly string[]): string {
  const line = fixture.diskLines[textLines(fixture.code).lineAt(finding.span.start)] ?? 0;
  const head = `${fixture.name}:${line} ${finding.key} · ${fix.safe ? 'safe fix' : 'choice'} "${fix.title}"`;
  const reasons = [...new Set(faults)].map((fault) => `    ${fault}`);
  return [head, ...reasons, ...changedLines(fixture.code, texts.get(fixture.path))].join('\n');
}

/** The lines that a fix changes, as they are afterwards. */
function changedLines(before: string, after: string | undefined): readonly string[] {
  if (after === undefined) return [];
  const old = before.split('\n');
  const now = after.split('\n');
  let start = 0;
  while (start < now.length && now[start] === old[start]) start++;
  let end = 0;
  while (end < now.length - start && end < old.length - start && now.at(-1 - end) === old.at(-1 - end)) end++;
  return now.slice(start, now.length - end).map((text) => `      │ ${text}`);
}
