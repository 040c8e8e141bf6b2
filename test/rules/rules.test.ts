/** Every rule against its fixtures, checked by the real compiler. See test/harness/README.md. */
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { Compilers } from '../harness/compilers.ts';
import { expectSame, failure } from '../harness/differences.ts';
import { annotate, type Alarm } from '../harness/fixture.ts';
import { renderFrames } from '../harness/frames.ts';
import {
  type LintedFixture,
  type LintedProject,
  lintFixtures,
  withRewrittenExpectations,
} from '../harness/lint-fixtures.ts';
import { loadRules, withRegistry } from '../harness/load-rules.ts';
import { checkGoldens, renderOutputs, updateGoldens } from '../harness/outputs.ts';
import { proveFixes } from '../harness/prove-fixes.ts';
import { type CheckedVariant, checkVariants, type Tools } from '../harness/variants.ts';
import { isQuiet, readFixtures, rulesWithFixtures, Workspace } from '../harness/workspace.ts';

const isUpdate = process.env['UPDATE'] === '1';
const ids = await rulesWithFixtures();
const loaded = await loadRules(ids);
const rules = await withRegistry([...loaded.values()].flatMap((each) => ('rule' in each ? [each.rule] : [])));
const workspace = await Workspace.create();
const compilers = new Compilers(workspace, rules);

afterAll(async () => {
  await compilers.close();
  await workspace.remove();
});

for (const id of ids) {
  const own = loaded.get(id);
  const fixtures = await readFixtures(id);
  describe(id, () => {
    if (!own || 'failure' in own) {
      it('can be loaded', () => {
        throw failure(own?.failure ?? 'The rule was not looked for.');
      });
      return;
    }
    let tools: Tools;
    let project: LintedProject;
    beforeAll(async () => {
      tools = await compilers.next();
      const linted = await lintFixtures(tools, fixtures);
      project = isUpdate ? withRewrittenExpectations(linted) : linted;
    });

    for (const fixture of fixtures.fixtures) {
      it(fixture.name, async () => {
        const linted = project.files.find((file) => file.fixture.name === fixture.name);
        if (!linted) throw failure(`${fixture.name} was not linted. Do two fixtures have the same @path?`);
        await checkExpectations(fixtures.directory, linted);
      });
    }

    describe('fixes', () => {
      let baseline: CheckedVariant;
      beforeAll(async () => {
        const texts = new Map(fixtures.fixtures.map((fixture) => [fixture.path, fixture.code]));
        baseline = (await checkVariants(tools, fixtures, [{ texts }], 'baseline'))[0] ?? new Map();
      });

      // A busy machine type-checks hundreds of variants slowly, not wrongly.
      it('are proven', { timeout: 300_000 }, async () => {
        const failures = await proveFixes(tools, fixtures, project, baseline);
        if (failures.length > 0) throw failure(failures.join('\n\n'));
      });

      it('make the golden files', async () => {
        const outputs = await renderOutputs(tools, fixtures, project, baseline);
        if (isUpdate) await updateGoldens(fixtures, outputs);
        else checkGoldens(fixtures, outputs);
      });
    });

    it('frames.snap', async () => {
      const frames = renderFrames(project);
      if (isUpdate) {
        await writeFile(`${fixtures.directory}/frames.snap`, frames);
        return;
      }
      expectSame('frames.snap', fixtures.frames ?? '', frames, 'shows the findings as they were; run with UPDATE=1 and read the difference');
    });
  });
}

async function checkExpectations(directory: string, { fixture, result, alarms }: LintedFixture): Promise<void> {
  const faults = [...fixture.mistakes, ...result.notes.filter((note) => note.level === 'error').map((note) => note.text)];
  if (faults.length > 0) throw failure(`${fixture.name}: ${faults.join('\n')}`);
  if (isQuiet(fixture.name) && fixture.expected.length > 0) throw failure(`${fixture.name} is quiet by its name and expects findings.`);
  if (isUpdate && !isQuiet(fixture.name)) {
    await writeFile(`${directory}/${fixture.name}`, annotate(fixture, alarms));
    return;
  }
  const actual = annotate(fixture, alarms.map((alarm) => withoutUnasked(alarm, fixture.expected)));
  expectSame(fixture.name, annotate(fixture, fixture.expected), actual, 'expects other findings than the rule has:');
}

/** Second places count only where the fixture speaks of them, or where it does not know the finding yet. */
function withoutUnasked(alarm: Alarm, expected: readonly Alarm[]): Alarm {
  const same = expected.find((other) => other.rule === alarm.rule && other.key === alarm.key && other.start === alarm.start && other.end === alarm.end);
  return same && same.related === undefined ? { ...alarm, related: undefined } : alarm;
}
