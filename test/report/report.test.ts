import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { stripVTControlCharacters } from 'node:util';
import Ajv from 'ajv-draft-04';
import { describe, expect, test } from 'vitest';
import { formatGithub } from '../../server/src/report/github.ts';
import { formatJson } from '../../server/src/report/json.ts';
import { formatPretty } from '../../server/src/report/pretty.ts';
import { furtherFiles, relativePath, summaryText } from '../../server/src/report/report.ts';
import { formatSarif } from '../../server/src/report/sarif.ts';
import { raceReport } from './sample-interleaving.ts';
import { sampleReport } from './sample-report.ts';

describe('json', () => {
  test('has exactly this shape, in this order', () => {
    const shown = JSON.stringify(JSON.parse(formatJson(sampleReport)), undefined, 2);
    expect(shown).toMatchSnapshot();
  });

  test('an empty run', () => {
    expect(formatJson({ ...sampleReport, results: [] })).toBe(
      '{"version":1,"findings":[],"summary":{"files":0,"findings":0,"milliseconds":1235}}\n',
    );
  });
});

describe('sarif', () => {
  const schemaFile = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const validate = new Ajv.default({
    strict: false,
    validateFormats: false,
    unicodeRegExp: false,
    allErrors: true,
  }).compile(JSON.parse(readFileSync(schemaFile, 'utf8')));

  test('is valid by the schema of SARIF 2.1.0', () => {
    for (const report of [sampleReport, raceReport]) {
      validate(JSON.parse(formatSarif(report)));
      expect(validate.errors).toBeNull();
    }
  });

  test('and so is what lies below a code flow', () => {
    const log = JSON.parse(formatSarif(raceReport));
    log.runs[0].results[0].codeFlows[0].threadFlows[0].locations[0].executionOrder = -2;
    expect(validate(log)).toBe(false);
  });

  test('the schema does refuse what is wrong', () => {
    const log = JSON.parse(formatSarif(sampleReport));
    log.runs[0].results[0].level = 'information';
    expect(validate(log)).toBe(false);
  });

  test('results name rules that are described, and carry places, related places and fixes', () => {
    const [run] = JSON.parse(formatSarif(sampleReport)).runs;
    for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(run.results.map((result: { level: string }) => result.level)).toEqual(['note', 'warning', 'error']);
    expect(run.results[1]).toMatchSnapshot();
  });
});

test('github: one command a finding, escaped', () => {
  expect(formatGithub(sampleReport)).toMatchInlineSnapshot(`
    "::notice file=a b.ts,line=3,endLine=4,title=asynclint(unused-directive)::The promise of \`save\` is dropped: if it rejects, nobody will know%0AAn unhandled rejection ends a Node process by default.%0AAwait it, return it, or handle the rejection.
    ::warning file=a b.ts,line=4,endLine=4,col=2,endColumn=12,title=asynclint(floating-promise)::The promise of \`save\` is dropped: if it rejects, nobody will know%0AAn unhandled rejection ends a Node process by default.%0AAwait it, return it, or handle the rejection.%0A../lib.ts:2:3 can reject here
    ::error file=a b.ts,line=4,endLine=4,col=14,endColumn=21,title=asynclint(floating-promise)::Fifty percent: 50 %25%0Amore
    3 problems (1 error, 1 warning, 1 for information) in 2 files, 1.2 s
    "
  `);
});

describe('pretty', () => {
  test('without colours', () => {
    const text = formatPretty(sampleReport, { color: false });
    expect(text).not.toContain('\u001b');
    expect(text).toMatchSnapshot();
  });

  test('with colours says the same', () => {
    const text = formatPretty(sampleReport, { color: true });
    const plain = stripVTControlCharacters(text).replaceAll(/ +$/gm, '');
    expect(text).toContain('\u001b');
    expect(plain).toBe(formatPretty(sampleReport, { color: false }));
  });

  test('long lines and long spans are cut to what can be read', () => {
    const [result] = sampleReport.results;
    const [finding] = result?.findings ?? [];
    if (!result || !finding) throw new Error('The sample has a finding.');
    const minified = `${'a;'.repeat(5000)}save();${'b;'.repeat(5000)}`;
    const many = `save(${'\n1,'.repeat(50)});`;
    for (const [text, span] of [
      [minified, { start: 10_000, end: 10_006 }],
      [many, { start: 0, end: many.length }],
    ] as const) {
      const out = formatPretty(
        { ...sampleReport, results: [{ ...result, text, findings: [{ ...finding, span }] }] },
        { color: false },
      );
      expect(out).toContain('save(');
      expect(out).toContain('^^^^');
      expect(out.length).toBeLessThan(1500);
    }
  });
});

test('the summary counts', () => {
  expect(summaryText(sampleReport)).toBe('3 problems (1 error, 1 warning, 1 for information) in 2 files, 1.2 s');
  expect(summaryText({ ...sampleReport, results: sampleReport.results.slice(1), fixed: 2 })).toBe(
    'No problems in 1 file, 2 fixed, 1.2 s',
  );
});

test('files outside the results that places point into', () => {
  expect(furtherFiles(sampleReport.results)).toEqual(['/repo/lib.ts']);
});

test.each([
  ['/repo', '/repo/src/a.ts', 'src/a.ts'],
  ['/repo/src', '/repo/lib/a.ts', '../lib/a.ts'],
  ['/', '/a.ts', 'a.ts'],
  ['C:/repo', 'C:/repo/a.ts', 'a.ts'],
  ['C:/repo', 'D:/x/a.ts', 'D:/x/a.ts'],
  ['/repo', 'bundled:///libs/lib.es5.d.ts', 'bundled:///libs/lib.es5.d.ts'],
])('from %s to %s', (from, to, expected) => expect(relativePath(from, to)).toBe(expected));
