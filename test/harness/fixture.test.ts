/** The format of fixtures: what is written is what is read, and mistakes are said. */
import { describe, expect, it } from 'vitest';
import { annotate, parseFixture } from './fixture.ts';
import { lostComments, worsened } from './prove-fixes.ts';
import type { CheckedFile } from './variants.ts';

const source = `// @options {"allowVoid": false}
// @path scripts/build.ts
import { save } from './lib.ts';

export function f(id: string) {
  save(id);
//^^^^^^^^ some-rule dropped
//         related lib.ts:4 "can reject here"
  save(
//^^^^^~+2:3 some-rule dropped
    id,
  );
  return <p>{save(id)}
{/*          ^^^^ other-rule here */}
  </p>;
}
save('1');
// <0 ^^^^^^^^^ some-rule dropped
`;

describe('a fixture', () => {
  const fixture = parseFixture('a.ts', source);
  const marked = fixture.expected.map(({ start, end }) => fixture.code.slice(start, end));

  it('is linted without header and expectations', () => {
    expect(fixture.code.split('\n').slice(0, 4)).toEqual([
      "import { save } from './lib.ts';",
      '',
      'export function f(id: string) {',
      '  save(id);',
    ]);
    expect(fixture.code).not.toContain('^');
    expect(fixture.options).toEqual({ allowVoid: false });
    expect(fixture.path).toBe('scripts/build.ts');
    expect(fixture.mistakes).toEqual([]);
  });

  it('marks ranges exactly, in column 0 and over several lines too', () => {
    expect(marked).toEqual(['save(id)', 'save(\n    id,\n  )', 'save', "save('1')"]);
    expect(fixture.expected.map(({ rule, key }) => `${rule} ${key}`)).toEqual([
      'some-rule dropped',
      'some-rule dropped',
      'other-rule here',
      'some-rule dropped',
    ]);
    expect(fixture.expected[0]?.related).toEqual([{ file: 'lib.ts', line: 4, text: 'can reject here' }]);
    expect(fixture.expected[1]?.related).toBeUndefined();
  });

  it('knows the lines of the file on disk', () => {
    expect(fixture.diskLines.slice(0, 6)).toEqual([3, 4, 5, 6, 9, 11]);
  });

  it('is the same after its expectations are written and read again', () => {
    const written = annotate(fixture, fixture.expected);
    const again = parseFixture('a.ts', written);
    expect(again.code).toBe(fixture.code);
    expect(again.expected).toEqual(fixture.expected);
    expect(annotate(again, again.expected)).toBe(written);
  });

  it('keeps CRLF and a missing last line break', () => {
    const windows = parseFixture('a.ts', 'a();\r\n//<carets\r\nb();');
    expect(windows.code).toBe('a();\r\n//<carets\r\nb();');
    const alarm = {
      rule: 'r',
      key: 'k',
      start: windows.code.length - 4,
      end: windows.code.length - 1,
      related: undefined,
    };
    const written = annotate(windows, [alarm]);
    expect(written.endsWith('b();\r\n// <0 ^^^ r k\r\n')).toBe(true);
    expect(parseFixture('a.ts', written).expected.map(({ start, end }) => end - start)).toEqual([3]);
  });

  it.each([
    ['// @optoins {}\n', 'there is no header directive @optoins'],
    ['// @options [\n', '@options is followed by a JSON object'],
    ['a();\n//^^^\n', 'carets are followed by a rule and a message key'],
    ['//  ^^^ r k\na();\n', 'there is no line of code above the carets'],
  ])('says what is wrong with %j', (text, mistake) => {
    expect(parseFixture('a.ts', text).mistakes.join()).toContain(mistake);
  });
});

describe('the proof of a fix', () => {
  it('misses comments that are gone, however often they were there', () => {
    expect(lostComments('a(); // why\n/* b */ b(); // why', 'a(); // why\n/* b */ b();')).toEqual(['// why']);
    expect(lostComments('a(); // why', '// why\nawait a();')).toEqual([]);
    expect(lostComments("fetch('http://x')", "await fetch('http://y')")).toEqual([]);
  });

  it('counts complaints and findings by what they say and not by where they are', () => {
    const file = (
      complaints: readonly string[],
      rules: readonly (readonly [string, 'warning' | 'information'])[],
    ): CheckedFile => ({
      path: '/a.ts',
      text: '',
      fixes: new Map(),
      complaints,
      findings: rules.map(([rule, severity]) => ({
        file: '/a.ts',
        span: { start: 0, end: 1 },
        rule,
        key: 'k',
        message: '',
        why: '',
        help: '',
        severity,
        related: [],
        fixable: false,
        dependsOn: [],
      })),
    });
    const before = file(['TS1: a'], [['own', 'warning']]);
    expect(worsened('a.ts', before, file(['TS1: a'], []), 'own')).toEqual([]);
    expect(worsened('a.ts', before, file(['TS1: a', 'TS1: a'], []), 'own')).toEqual([
      'makes the compiler complain in a.ts: TS1: a',
    ]);
    expect(worsened('a.ts', before, file(['TS2: b'], []), 'own')).toHaveLength(1);
    expect(worsened('a.ts', before, file([], [['other', 'warning']]), 'own')).toEqual([
      'brings a new finding in a.ts: other k',
    ]);
    expect(worsened('a.ts', before, file([], [['other', 'information']]), 'own')).toEqual([]);
    expect(
      worsened(
        'a.ts',
        before,
        file(
          [],
          [
            ['own', 'information'],
            ['own', 'information'],
          ],
        ),
        'own',
      ),
    ).toHaveLength(1);
  });
});
