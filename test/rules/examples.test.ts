/** The examples on the rules' pages are true: each rule finds what its page says that it finds, and nothing else. */
import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { Compilers } from '../harness/compilers.ts';
import { failure } from '../harness/differences.ts';
import { parseFixture } from '../harness/fixture.ts';
import { lintFixtures } from '../harness/lint-fixtures.ts';
import { pageExamples } from '../harness/page-examples.ts';
import { repository, Workspace } from '../harness/workspace.ts';
import { allRules } from '../../server/src/rules/registry.ts';

const workspace = await Workspace.create();
const compilers = new Compilers(workspace, allRules);

afterAll(async () => {
  await compilers.close();
  await workspace.remove();
});

describe('the examples of', () => {
  for (const { id } of allRules) {
    it(id, async () => {
      const { examples, given } = pageExamples(await readFile(`${repository}/docs/rules/${id}.md`, 'utf8'));
      expect(examples.map(({ isFound }) => isFound), 'there are both ✗ and ✓').toEqual(expect.arrayContaining([true, false]));
      const fixtures = examples.map(({ language, code, line }) => parseFixture(`line-${line}.${language}`, asModule(code)));
      const others = new Map([['_given.d.ts', given]]);
      const { files } = await lintFixtures(await compilers.next(), { rule: id, directory: '', fixtures, others, goldens: new Map(), frames: undefined });
      const wrong = examples.flatMap(({ isFound, line, code }) => {
        const file = files.find(({ fixture }) => fixture.name.startsWith(`line-${line}.`));
        const findings = file?.result.findings ?? [];
        if (isFound === findings.length > 0) return [];
        const said = isFound ? 'is ✗ and nothing is found in it' : `is ✓ and there is: ${findings.map(({ message }) => message).join('; ')}`;
        return [`docs/rules/${id}.md:${line} ${said}\n${code}`];
      });
      if (wrong.length > 0) throw failure(wrong.join('\n'));
    });
  }
});

/** Examples leave out what would make them modules. */
function asModule(code: string): string {
  return /^\s*(?:import|export)\b|\brequire\(|\bmodule\.exports\b/m.test(code) ? code : `${code}export {};\n`;
}
