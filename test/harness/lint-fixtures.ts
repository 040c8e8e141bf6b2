import type { Finding, Fix, Related } from '../../server/src/model/finding.ts';
import type { FileResult } from '../../server/src/model/result.ts';
import { textLines } from '../../server/src/model/text-lines.ts';
import { allRules } from '../../server/src/rules/registry.ts';
import { type Alarm, annotate, type Fixture, parseFixture, type RelatedPlace } from './fixture.ts';
import type { Tools } from './variants.ts';
import type { RuleFixtures, Workspace } from './workspace.ts';

/** A fixture with what its rule said of it. */
export interface LintedFixture {
  readonly fixture: Fixture;
  readonly result: FileResult;
  readonly alarms: readonly Alarm[];
  readonly fixes: ReadonlyMap<Finding, readonly Fix[]>;
}

/** The fixtures of one rule as a project, linted by that rule alone. */
export interface LintedProject {
  readonly directory: string;
  readonly files: readonly LintedFixture[];
}

/** Writes a rule's fixtures into the workspace and lints them by that rule alone, one run for each set of options. */
export async function lintFixtures(
  { linter, workspace, ruleIds }: Tools,
  fixtures: RuleFixtures,
): Promise<LintedProject> {
  const files = new Map(fixtures.others);
  for (const fixture of fixtures.fixtures) files.set(fixture.path, fixture.code);
  const directory = await workspace.project(fixtures.rule, files);
  const byPath = new Map(fixtures.fixtures.map((fixture) => [`${directory}/${fixture.path}`, fixture]));
  const linted: LintedFixture[] = [];
  for (const [options, group] of groupedByOptions(fixtures.fixtures)) {
    const configFile = await writeConfig(workspace, fixtures.rule, ruleIds, options, 'off');
    const results = await linter.lint(
      group.map((fixture) => `${directory}/${fixture.path}`),
      { signal: AbortSignal.timeout(lintMilliseconds), configFile, withFixes: true },
    );
    for (const result of results) {
      const fixture = byPath.get(result.file);
      if (!fixture) throw new Error(`The linter answered for ${result.file}, which nobody asked for.`);
      const alarms = result.findings.map((finding) => alarmOf(finding, directory, byPath));
      linted.push({ fixture, result, alarms, fixes: result.fixes ?? new Map() });
    }
  }
  return { directory, files: linted.sort((a, b) => (a.fixture.name < b.fixture.name ? -1 : 1)) };
}

/** The same project with its fixtures as they will be once every expectation is rewritten: second places name lines on disk. */
export function withRewrittenExpectations({ directory, files }: LintedProject): LintedProject {
  const rewritten = files.map(({ fixture, alarms, ...rest }) => ({
    ...rest,
    fixture: parseFixture(fixture.name, annotate(fixture, alarms)),
  }));
  const byPath = new Map(rewritten.map(({ fixture }) => [`${directory}/${fixture.path}`, fixture]));
  return {
    directory,
    files: rewritten.map((file) => ({
      ...file,
      alarms: file.result.findings.map((finding) => alarmOf(finding, directory, byPath)),
    })),
  };
}

/** Far longer than a directory of fixtures takes; it only keeps a hanging rule from hanging the run. */
export const lintMilliseconds = 60_000;

/** Fixtures with equal options, by those options. */
export function groupedByOptions(fixtures: readonly Fixture[]): ReadonlyMap<string, readonly Fixture[]> {
  const groups = new Map<string, Fixture[]>();
  for (const fixture of fixtures) {
    const key = JSON.stringify(fixture.options);
    groups.set(key, [...(groups.get(key) ?? []), fixture]);
  }
  return groups;
}

/** Writes a config that turns one rule on with the options given, as JSON. The others are off or as the preset has them. */
export async function writeConfig(
  workspace: Workspace,
  rule: string,
  ruleIds: readonly string[],
  options: string,
  others: 'off' | 'preset',
): Promise<string> {
  const rules: Record<string, unknown> = { 'unused-directive': 'off' };
  if (others === 'off') for (const id of ruleIds) rules[id] = 'off';
  const own = JSON.parse(options) as object;
  // A rule outside the preset is off until somebody gives it a severity; where all others are off, the widest preset does that.
  // What only a wider preset turns on is on in both, so that a fix is judged by the findings of the fixtures.
  rules[rule] = others === 'off' ? own : { severity: 'warning', ...flagsOfWiderPresets(rule), ...own };
  const name = `.config/${rule}-${others}-${hash(options)}.jsonc`;
  return workspace.file(name, JSON.stringify({ preset: others === 'off' ? 'all' : 'recommended', rules }));
}

function flagsOfWiderPresets(id: string): Readonly<Record<string, true>> {
  const options = Object.entries(allRules.find((rule) => rule.id === id)?.options ?? {});
  return Object.fromEntries(
    options.flatMap(([name, option]) => (option.type === 'flag' && option.onFrom !== undefined ? [[name, true]] : [])),
  );
}

function hash(text: string): string {
  let value = 0;
  for (const char of text) value = (value * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return value.toString(36);
}

function alarmOf(finding: Finding, directory: string, byPath: ReadonlyMap<string, Fixture>): Alarm {
  return {
    rule: finding.rule,
    key: finding.key,
    start: finding.span.start,
    end: finding.span.end,
    related: finding.related.map((related) => placeOf(related, directory, byPath)),
  };
}

/** A related place in the lines of the fixture as it is on disk. Lines of libraries change with their versions and count as 0. */
function placeOf(related: Related, directory: string, byPath: ReadonlyMap<string, Fixture>): RelatedPlace {
  const fixture = byPath.get(related.file);
  const isInside = related.file.startsWith(`${directory}/`);
  const file =
    fixture?.name ??
    (isInside ? related.file.slice(directory.length + 1) : related.file.slice(related.file.lastIndexOf('/') + 1));
  const line = fixture ? (fixture.diskLines[textLines(fixture.code).lineAt(related.span.start)] ?? 0) : 0;
  return { file, line, text: related.message };
}
