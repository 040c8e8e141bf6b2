/** What becomes of fixtures when all their fixes of one sort are applied: the golden files beside them. */
import { rm, writeFile } from 'node:fs/promises';
import { applyEdits, mergeFixes } from '../../server/src/engine/apply-edits.ts';
import type { Finding, Fix } from '../../server/src/model/finding.ts';
import { expectSame, failure } from './differences.ts';
import type { LintedFixture, LintedProject } from './lint-fixtures.ts';
import { lostComments, worsened } from './prove-fixes.ts';
import { type CheckedVariant, checkVariants, type Tools, type Variant } from './variants.ts';
import { isHelper, type RuleFixtures } from './workspace.ts';

/** One golden file as it ought to be. */
export interface Output {
  /** Relative to the rule's directory, such as `statement.fix.1.ts`. */
  readonly name: string;
  readonly text: string;
  /** The messages of which a finding was fixed on the way. */
  readonly keys: ReadonlySet<string>;
  readonly faults: readonly string[];
}

type Pick = (fixes: readonly Fix[]) => Fix | undefined;

interface Work {
  readonly name: string;
  readonly linted: LintedFixture;
  readonly pick: Pick;
  readonly keys: ReadonlySet<string>;
  readonly faults: string[];
  texts: ReadonlyMap<string, string>;
  isDone: boolean;
}

/** One fix may make room for another; after so many rounds something fixes back and forth. */
const mostRounds = 10;

/** Applies the safe fixes, the first offers, the second offers and so on of each fixture until nothing is left to apply. */
export async function renderOutputs(
  tools: Tools,
  fixtures: RuleFixtures,
  project: LintedProject,
  baseline: CheckedVariant,
): Promise<readonly Output[]> {
  const original = new Map(project.files.map(({ fixture, result }) => [result.file, fixture.path]));
  const works = project.files
    .filter(({ fixture }) => !isHelper(fixture.name))
    .flatMap((linted) => worksOf(linted, original, project));
  let open = works;
  for (let round = 1; open.length > 0; round++) {
    const variants = open.map((work): Variant => ({ texts: work.texts }));
    const checked = await checkVariants(tools, fixtures, variants, `outputs${round}`);
    for (const [index, work] of open.entries()) {
      const outcome = checked[index];
      if (outcome) advance(work, outcome, fixtures.rule, baseline, round);
    }
    open = open.filter((work) => !work.isDone);
  }
  return works.map(({ name, linted, texts, keys, faults }) => ({
    name,
    text: texts.get(linted.fixture.path) ?? '',
    keys,
    faults,
  }));
}

function worksOf(linted: LintedFixture, paths: ReadonlyMap<string, string>, project: LintedProject): readonly Work[] {
  const most = Math.max(0, ...linted.result.findings.map((finding) => linted.fixes.get(finding)?.length ?? 0));
  const picks: (readonly [string, Pick])[] = [['fixed', firstSafe]];
  for (let index = 0; index < most; index++) picks.push([`fix.${index + 1}`, (fixes) => fixes[index]]);
  return picks.flatMap(([suffix, pick]): readonly Work[] => {
    const picked = pickAll(linted.result.findings, linted.fixes, pick);
    if (picked.length === 0) return [];
    const textOf = (path: string): string =>
      project.files.find(({ fixture }) => fixture.path === path)?.fixture.code ?? '';
    const name = linted.fixture.name.replace(/(\.\w+)$/, `.${suffix}$1`);
    const common = { name, linted, pick, keys: new Set(picked.map(([finding]) => finding.key)), isDone: false };
    try {
      const fixes = picked.map(([, fix]) => fix);
      const texts = new Map([[linted.fixture.path, linted.fixture.code], ...applied(fixes, paths, textOf)]);
      return [{ ...common, texts, faults: [] }];
    } catch {
      // The proof of the single fix says what is wrong with its edits.
      return [];
    }
  });
}

function firstSafe(fixes: readonly Fix[]): Fix | undefined {
  return fixes.find((fix) => fix.safe);
}

function pickAll(
  findings: readonly Finding[],
  fixes: ReadonlyMap<Finding, readonly Fix[]>,
  pick: Pick,
): readonly (readonly [Finding, Fix])[] {
  return findings.flatMap((finding) => {
    const fix = pick(fixes.get(finding) ?? []);
    return fix ? [[finding, fix] as const] : [];
  });
}

/** The texts of all files that the fixes change, as many as go together. */
function applied(
  fixes: readonly Fix[],
  paths: ReadonlyMap<string, string>,
  textOf: (path: string) => string,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [file, edits] of mergeFixes(fixes).edits) {
    const path = paths.get(file);
    if (path === undefined) throw new Error(`A fix edits ${file}, which is no fixture.`);
    texts.set(path, applyEdits(textOf(path), edits));
  }
  return texts;
}

/** Applies what is still offered, or judges the result. */
function advance(work: Work, outcome: CheckedVariant, rule: string, baseline: CheckedVariant, round: number): void {
  const path = work.linted.fixture.path;
  const own = outcome.get(path);
  if (!own) throw new Error(`${work.name} was not checked.`);
  const findings = own.findings.filter((finding) => finding.rule === rule);
  const left = pickAll(findings, own.fixes, work.pick);
  if (left.length > 0 && round < mostRounds) {
    const paths = new Map([...outcome].map(([file, checked]) => [checked.path, file]));
    const next = applied(
      left.map(([, fix]) => fix),
      paths,
      (file) => outcome.get(file)?.text ?? '',
    );
    work.texts = new Map([...work.texts, ...next]);
    return;
  }
  work.isDone = true;
  if (left.length > 0)
    work.faults.push(`offers something to apply after ${mostRounds} rounds: "${left[0]?.[1].title}"`);
  for (const [file, after] of outcome) {
    const before = baseline.get(file);
    if (before)
      work.faults.push(
        ...worsened(file, before, after, rule),
        ...lostComments(before.text, after.text).map((comment) => `loses the comment ${comment}`),
      );
  }
}

/** Compares the golden files with what they ought to be. Every message with fixes needs one. */
export function checkGoldens(fixtures: RuleFixtures, outputs: readonly Output[]): void {
  const faulty = outputs
    .filter(({ faults }) => faults.length > 0)
    .map(({ name, faults }) => `${name}\n${[...new Set(faults)].map((fault) => `    ${fault}`).join('\n')}`);
  if (faulty.length > 0) throw failure(faulty.join('\n'));
  for (const [name, text] of fixtures.goldens) {
    const output = outputs.find((each) => each.name === name);
    if (!output) throw failure(`${name} is the output of nothing: no finding has such a fix. UPDATE=1 removes it.`);
    expectSame(name, text, output.text, 'is another text than the fixes make:');
  }
  const missing = uncovered(outputs, new Set(fixtures.goldens.keys()));
  if (missing.length > 0)
    throw failure(
      `There is no output that shows the fixes of: ${[...new Set(missing.map(({ key }) => key))].join(', ')}. UPDATE=1 writes ${[...new Set(missing.map(({ output }) => output.name))].join(', ')}.`,
    );
}

/** Rewrites the golden files that are there, adds those that are missing, and removes those that nothing makes. */
export async function updateGoldens(fixtures: RuleFixtures, outputs: readonly Output[]): Promise<void> {
  const present = new Set([...fixtures.goldens.keys()]);
  const wanted = outputs.filter((output) => present.has(output.name));
  wanted.push(...uncovered(outputs, present).map(({ output }) => output));
  await Promise.all(wanted.map(({ name, text }) => writeFile(`${fixtures.directory}/${name}`, text)));
  const stale = [...present].filter((name) => outputs.every((output) => output.name !== name));
  await Promise.all(stale.map((name) => rm(`${fixtures.directory}/${name}`)));
}

/** For each message without a golden, all outputs of the first fixture that shows its fixes. */
function uncovered(
  outputs: readonly Output[],
  present: ReadonlySet<string>,
): readonly { readonly key: string; readonly output: Output }[] {
  const covered = new Set(outputs.filter(({ name }) => present.has(name)).flatMap(({ keys }) => [...keys]));
  const found: { key: string; output: Output }[] = [];
  const base = (output: Output): string => output.name.replace(/\.(?:fixed|fix\.\d+)(?=\.\w+$)/, '');
  for (const key of new Set(outputs.flatMap(({ keys }) => [...keys]))) {
    if (covered.has(key)) continue;
    const first = outputs.find(({ keys }) => keys.has(key));
    if (first)
      found.push(...outputs.filter((output) => base(output) === base(first)).map((output) => ({ key, output })));
  }
  return found;
}
