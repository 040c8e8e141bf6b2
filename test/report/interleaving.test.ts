import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { explainedInterleaving } from '../../server/src/engine/explaining/interleaving.ts';
import { placeInText } from '../../server/src/engine/explaining/places.ts';
import type { ExplainedInterleaving, Explanation, Place } from '../../server/src/model/explanation.ts';
import { type InterleavingStep, turnsOf } from '../../server/src/model/interleaving.ts';
import type { Location } from '../../server/src/model/span.ts';
import { formatExplanationJson } from '../../server/src/report/explanation-json.ts';
import { explanationMarkdown } from '../../server/src/report/explanation-markdown.ts';
import { formatExplanation } from '../../server/src/report/explanation-pretty.ts';
import { drawInterleaving, interleavingText, stepList } from '../../server/src/report/interleaving-text.ts';
import { formatJson } from '../../server/src/report/json.ts';
import { formatPretty } from '../../server/src/report/pretty.ts';
import { furtherFiles } from '../../server/src/report/report.ts';
import { formatSarif } from '../../server/src/report/sarif.ts';
import { cacheFile, cacheText, interleaving, race, raceReport, serverFile, serverText } from './sample-interleaving.ts';

const placeOf = async ({ file, span }: Location): Promise<Place> =>
  placeInText(file, file === cacheFile ? cacheText : serverText, span);
const explained = await explainedInterleaving(interleaving, placeOf);
const place = await placeOf(race);
const related = await Promise.all(
  race.related.map(async (each) => ({ message: each.message, place: await placeOf(each) })),
);
const pathOf = (file: string): string => file.replace('/repo/', '');
const wide = { pathOf, width: 110 };

describe('turns', () => {
  const step = (task: 0 | 1, kind: InterleavingStep['kind']) => ({ task, kind });

  test('end where the other task goes on, and where their own task waits', () => {
    expect(explained.steps.map(({ turn }) => turn)).toEqual([1, 1, 2, 2, 3, 4]);
    const alone = [step(0, 'reads'), step(0, 'suspends'), step(0, 'resumes'), step(0, 'writes')];
    expect(turnsOf(alone)).toEqual([1, 1, 2, 2]);
  });
});

describe('the drawing', () => {
  test('has two lanes, the turns and the places', () => {
    expect(`\n${drawInterleaving(explained, wide).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      turn  request A                       request B                            where
         1  reads \`cache.has(key)\` → false                                       src/cache.ts:4
            ── waits for \`load(key)\` ──                                          src/cache.ts:5
         2                                  reads \`cache.has(key)\` → false       src/cache.ts:4
                                            ── waits for \`load(key)\` ──          src/cache.ts:5
         3  writes \`cache.set(key, user)\`                                        src/cache.ts:6
         4                                  writes \`cache.set(key, user)\`        src/cache.ts:6
                                              ← overwrites what request A wrote

      In the end: the user of request A is lost, and \`load\` ran twice
      Both can run at once: two requests can run \`handle\` at once (src/server/routes.ts:3)
      "
    `);
  });

  test('as a text of its own says the same again, a sentence a line', () => {
    expect(`\n${interleavingText({ ...race, place }, explained, wide)}`).toMatchInlineSnapshot(`
      "
      stale-read: \`cache\` is checked before a wait and written after it
      src/cache.ts:6

      turn  request A                       request B                            where
         1  reads \`cache.has(key)\` → false                                       src/cache.ts:4
            ── waits for \`load(key)\` ──                                          src/cache.ts:5
         2                                  reads \`cache.has(key)\` → false       src/cache.ts:4
                                            ── waits for \`load(key)\` ──          src/cache.ts:5
         3  writes \`cache.set(key, user)\`                                        src/cache.ts:6
         4                                  writes \`cache.set(key, user)\`        src/cache.ts:6
                                              ← overwrites what request A wrote

      In the end: the user of request A is lost, and \`load\` ran twice
      Both can run at once: two requests can run \`handle\` at once (src/server/routes.ts:3)

      Step by step:
        1. request A reads \`cache.has(key)\` → false (src/cache.ts:4)
        2. request A waits for \`load(key)\` (src/cache.ts:5)
        3. request B reads \`cache.has(key)\` → false (src/cache.ts:4)
        4. request B waits for \`load(key)\` (src/cache.ts:5)
        5. request A writes \`cache.set(key, user)\` (src/cache.ts:6)
        6. request B writes \`cache.set(key, user)\`: overwrites what request A wrote (src/cache.ts:6)
      "
    `);
  });

  test.each([72, 80, 100, 140])('keeps to %i columns', (width) => {
    const long = withCode(`loadTheUserThatBelongsTo(${'key, '.repeat(30)}last)`);
    const lines = drawInterleaving(long, { pathOf, width });
    const lanes = lines.slice(0, lines.indexOf(''));
    for (const line of lanes) expect(line.length, line).toBeLessThanOrEqual(width);
    expect(lanes.join('\n')).toContain('…`');
    // What is cut there is whole in the list.
    expect(stepList(long, pathOf).join('\n')).toContain('last)`');
  });

  test('names files without their folders where a path would leave no room', () => {
    const deep = (file: string): string => `packages/application/src/features/accounts/infrastructure/${pathOf(file)}`;
    const drawn = drawInterleaving(explained, { pathOf: deep, width: 80 }).join('\n');
    expect(drawn).toMatch(/ cache\.ts:4$/m);
    expect(stepList(explained, deep)[0]).toContain('infrastructure/src/cache.ts:4');
  });

  test('puts code of several lines on one, and cuts no character in half', () => {
    const lines = drawInterleaving(withCode(`load(\n${'😀'.repeat(60)}\n)`), { pathOf, width: 90 });
    expect(lines.every((line) => !/[\r\n]/.test(line))).toBe(true);
    expect(lines.every((line) => line.isWellFormed())).toBe(true);
  });

  function withCode(code: string): ExplainedInterleaving {
    return {
      ...explained,
      steps: explained.steps.map((step) =>
        step.kind === 'suspends' ? { ...step, text: `waits for \`${code}\`` } : step,
      ),
    };
  }
});

describe('explanations', () => {
  const explanation: Explanation = {
    file: cacheFile,
    text: cacheText,
    line: 5,
    findings: [
      {
        ...race,
        place,
        related,
        interleaving: explained,
      },
    ],
    ...{ suppressed: [], silences: [], quiet: [], off: [], values: [], plainCalls: [], isCut: false },
    ...{ preset: 'recommended', notes: [], dependsOn: [cacheFile] },
  };

  test('draw it under the finding, in the place of the related places that it shows', () => {
    const text = formatExplanation(explanation, { cwd: '/repo', color: false });
    expect(text).toContain('\n    turn  request A');
    expect(text).toContain('In the end: the user of request A is lost');
    expect(text).not.toContain('see ');
    const colored = formatExplanation(explanation, { cwd: '/repo', color: true });
    expect(stripVTControlCharacters(colored)).toContain('\n    turn  request A');
  });

  test('in Markdown link each step', () => {
    const text = explanationMarkdown(explanation, pathOf, (file) => `/${pathOf(file)}`);
    expect(text).toContain('2. request A waits for `load(key)` [src/cache.ts:5](/src/cache.ts#L5)');
    expect(text).toContain('```\nturn  request A');
  });

  test('as JSON have the steps with turns and places', () => {
    const [found] = JSON.parse(formatExplanationJson(explanation, { cwd: '/repo' })).findings;
    expect(found.interleaving.steps[2]).toEqual({
      task: 1,
      turn: 2,
      kind: 'checks',
      text: 'reads `cache.has(key)` → false',
      place: {
        file: 'src/cache.ts',
        start: { line: 3, character: 7 },
        end: { line: 3, character: 21 },
        code: 'cache.has(key)',
      },
    });
    expect(found.interleaving.evidence.place.file).toBe('src/server/routes.ts');
  });
});

describe('reports', () => {
  test('need the texts of all files that it names', () => {
    expect(furtherFiles(raceReport.results)).toEqual([serverFile]);
  });

  test('as JSON carry it', () => {
    const [found] = JSON.parse(formatJson(raceReport)).findings;
    expect(found.interleaving.tasks).toEqual([
      {
        name: 'request A',
        file: 'src/cache.ts',
        range: expect.objectContaining({ start: { line: 2, character: 22 } }),
      },
      { name: 'request B', file: 'src/cache.ts', range: expect.anything() },
    ]);
    expect(found.interleaving.steps.at(-1)).toEqual({
      task: 1,
      turn: 4,
      kind: 'writes',
      text: 'writes `cache.set(key, user)`',
      note: 'overwrites what request A wrote',
      file: 'src/cache.ts',
      range: { start: { line: 5, character: 4 }, end: { line: 5, character: 24 } },
    });
    expect(found.interleaving.evidence.range.start).toEqual({ line: 2, character: 0 });
  });

  test('as SARIF have a thread flow for each task, in one order of execution', () => {
    const [result] = JSON.parse(formatSarif(raceReport)).runs[0].results;
    const [{ threadFlows, message }] = result.codeFlows;
    expect(message.text).toBe(
      'the user of request A is lost, and `load` ran twice; two requests can run `handle` at once',
    );
    const order = threadFlows.map((flow: { locations: { executionOrder: number }[] }) =>
      flow.locations.map(({ executionOrder }) => executionOrder),
    );
    expect(order).toEqual([
      [1, 2, 5],
      [3, 4, 6],
    ]);
    expect(threadFlows[1].locations[2]).toEqual({
      executionOrder: 6,
      kinds: ['value', 'write'],
      location: {
        physicalLocation: {
          artifactLocation: { uri: 'src/cache.ts', uriBaseId: '%SRCROOT%' },
          region: { startLine: 6, startColumn: 5, endLine: 6, endColumn: 25 },
        },
        message: { text: 'request B writes `cache.set(key, user)`: overwrites what request A wrote' },
      },
    });
  });

  test('for people keep to the numbered places', () => {
    const text = formatPretty(raceReport, { color: false });
    expect(text).toContain('see:  src/cache.ts:4:8 1 is checked here');
    expect(text).not.toContain('turn  request A');
  });
});
