import { describe, expect, test } from 'vitest';
import { applyDirectives } from '../../server/src/engine/apply-directives.ts';
import { applyEdits } from '../../server/src/engine/apply-edits.ts';
import { directivePattern, parseDirectives } from '../../server/src/engine/directives.ts';
import type { Finding } from '../../server/src/model/finding.ts';
import { commentsOf } from './comments-of.ts';
import { sampleRules } from './sample-rules.ts';

const file = '/repo/a.ts';

/** Findings of `floating-promise` at every `drop(`, of `blocking-call` at every `block(`. */
function findingsIn(text: string): Finding[] {
  const ids: Record<string, string> = { drop: 'floating-promise', block: 'blocking-call', race: 'stale-read' };
  return [...text.matchAll(/\b(drop|block|race)\(/g)].map((match) => ({
    file,
    span: { start: match.index, end: match.index + match[0].length - 1 },
    rule: ids[match[1] ?? ''] ?? '',
    key: 'found',
    message: match[0],
    why: '',
    help: '',
    severity: 'warning',
    related: [],
    fixable: false,
    dependsOn: [file],
  }));
}

function apply(
  text: string,
  ran = sampleRules.map((rule) => rule.id),
  unusedSeverity: 'information' | undefined = 'information',
) {
  return applyDirectives({
    file,
    text,
    comments: commentsOf(text).filter((comment) => directivePattern.test(comment.text)),
    findings: findingsIn(text),
    rules: sampleRules,
    ran: new Set(ran),
    unusedSeverity,
  });
}

/** What is left: `line rule` for findings of rules, `line key "text under it"` for those about directives. */
function left(text: string, ran?: string[]): string[] {
  return apply(text, ran).findings.map((finding) => {
    const line = text.slice(0, finding.span.start).split('\n').length;
    if (finding.rule !== 'unused-directive') return `${line} ${finding.rule}`;
    return `${line} ${finding.key} ${text.slice(finding.span.start, finding.span.end)}`;
  });
}

describe('what is covered', () => {
  test.each<[string, string]>([
    ['the next line', '// asynclint-disable-next-line floating-promise -- fire and forget\ndrop();'],
    [
      'the next line of code below other comments',
      '// asynclint-disable-next-line floating-promise\n// @ts-ignore\n/* more\n than one line */\ndrop();',
    ],
    ['the same line', 'drop(); // asynclint-disable-line floating-promise'],
    ['everything from here on', '/* asynclint-disable floating-promise */\nf();\ndrop();\ndrop();'],
    [
      'between disable and enable',
      '// asynclint-disable floating-promise\ndrop();\n// asynclint-enable floating-promise',
    ],
    ['all rules, without a name', '// asynclint-disable-next-line -- checked by hand\ndrop(block());'],
    [
      'several rules, by commas or spaces',
      '// asynclint-disable-next-line floating-promise, blocking-call\ndrop(block());\nblock(drop()); // asynclint-disable-line floating-promise blocking-call',
    ],
    ['in JSX', '<p>\n  {/* asynclint-disable-next-line floating-promise */}\n  {drop()}\n</p>'],
    ['with stars', '/**\n * asynclint-disable floating-promise,\n *   blocking-call -- all of it\n */\ndrop(block());'],
    ['with CRLF', '// asynclint-disable-next-line floating-promise\r\ndrop();\r\n'],
    ['eslint, equivalent rule', '// eslint-disable-next-line @typescript-eslint/no-floating-promises -- why\ndrop();'],
    ['eslint, another prefix', '// eslint-disable-next-line no-undef, ts/no-floating-promises\ndrop();'],
    ['eslint without a name', '/* eslint-disable */\ndrop();\nblock();'],
    [
      'oxlint',
      'drop(); // oxlint-disable-line typescript/no-floating-promises\n// oxlint-disable-next-line node/no-sync\nblock();',
    ],
    ['biome', '// biome-ignore lint/nursery/noFloatingPromises: on purpose\ndrop();'],
    ['biome, everything', '// biome-ignore-all lint: generated\ndrop();'],
  ])('%s', (_, text) => expect(left(text)).toEqual([]));

  test.each<[string, string, string[]]>([
    [
      'another line',
      '// eslint-disable-next-line @typescript-eslint/no-floating-promises\n\ndrop();',
      ['3 floating-promise'],
    ],
    ['after enable', '/* asynclint-disable */\ndrop();\n/* asynclint-enable */\ndrop();', ['4 floating-promise']],
    [
      'only the named rule is enabled again',
      '/* asynclint-disable */\ndrop();\n/* asynclint-enable floating-promise */\ndrop(block());',
      ['4 floating-promise'],
    ],
    [
      'eslint without a name, rule without an eslint equivalent',
      '// eslint-disable-next-line\nrace();',
      ['2 stale-read'],
    ],
    ['biome without a name, rule without a biome equivalent', '// biome-ignore lint: x\nblock();', ['2 blocking-call']],
    ['eslint ranges in line comments do not exist', '// eslint-disable\ndrop();', ['2 floating-promise']],
    [
      'TypeScript’s own comments',
      '// @ts-ignore\ndrop();\n// @ts-expect-error\ndrop();',
      ['2 floating-promise', '4 floating-promise'],
    ],
    ['a word that only begins alike', '// eslint-disabled-next-line\ndrop();', ['2 floating-promise']],
    ['a mention in prose', '// Write asynclint-disable-line to be left alone.\ndrop();', ['2 floating-promise']],
  ])('not: %s', (_, text, expected) => expect(left(text)).toEqual(expected));

  test('suppressed findings are handed on', () => {
    const text = 'drop(); // asynclint-disable-line';
    expect(apply(text).suppressed.map((finding) => finding.rule)).toEqual(['floating-promise']);
  });

  test('only comments with a match of the pattern are needed', () => {
    const words = ['asynclint-disable', 'asynclint-disabel', 'eslint-disable-line', 'oxlint-enable', 'biome-ignore'];
    expect(words.filter((word) => !directivePattern.test(`// ${word}`))).toEqual([]);
    expect(directivePattern.test('// eslint is nice')).toBe(false);
  });
});

describe('what is said about directives, and what the fix leaves', () => {
  test.each<[string, string, string[], string]>([
    [
      'a line of its own',
      'a();\n  // asynclint-disable-next-line floating-promise -- old\n  b();\n',
      ['2 unused // asynclint-disable-next-line floating-promise -- old'],
      'a();\n  b();\n',
    ],
    [
      'behind code',
      'a();  // asynclint-disable-line floating-promise\r\nb();',
      ['1 unused // asynclint-disable-line floating-promise'],
      'a();\r\nb();',
    ],
    ['before code', '/* asynclint-disable-line */ a();', ['1 unused /* asynclint-disable-line */'], 'a();'],
    [
      'inside code',
      'a(/* asynclint-disable-line */ b, c/* asynclint-disable-line */in d);',
      ['1 unused /* asynclint-disable-line */', '1 unused /* asynclint-disable-line */'],
      'a(b, c in d);',
    ],
    [
      'in JSX',
      '<p>\n  {/* asynclint-disable-next-line */}\n  <b />\n</p>',
      ['2 unused /* asynclint-disable-next-line */'],
      '<p>\n  <b />\n</p>',
    ],
    ['at the very end', 'a();\n// asynclint-disable', ['2 unused // asynclint-disable'], 'a();\n'],
    [
      'the first of two names',
      '// asynclint-disable-next-line blocking-call, floating-promise -- why\ndrop();',
      ['1 unused blocking-call'],
      '// asynclint-disable-next-line floating-promise -- why\ndrop();',
    ],
    [
      'the last of two names',
      '// asynclint-disable-next-line floating-promise blocking-call -- why\ndrop();',
      ['1 unused blocking-call'],
      '// asynclint-disable-next-line floating-promise -- why\ndrop();',
    ],
    [
      'a name twice',
      'drop(); // asynclint-disable-line floating-promise, floating-promise',
      ['1 unused floating-promise'],
      'drop(); // asynclint-disable-line floating-promise',
    ],
    [
      'the farther of two for one line',
      '// asynclint-disable-next-line floating-promise\ndrop(); // asynclint-disable-line floating-promise',
      ['1 unused // asynclint-disable-next-line floating-promise'],
      'drop(); // asynclint-disable-line floating-promise',
    ],
    ['an end without a beginning', 'a();\n/* asynclint-enable */\n', ['2 unused /* asynclint-enable */'], 'a();\n'],
    [
      'an end of one name without a beginning',
      '/* asynclint-disable floating-promise */\ndrop();\n/* asynclint-enable floating-promise, blocking-call */\n',
      ['3 unused blocking-call'],
      '/* asynclint-disable floating-promise */\ndrop();\n/* asynclint-enable floating-promise */\n',
    ],
  ])('%s', (_, text, expected, fixed) => {
    expect(left(text)).toEqual(expected);
    const outcome = apply(text);
    const fixes = outcome.findings.flatMap((finding) => outcome.fixes.get(finding) ?? []);
    expect(fixes.every((fix) => fix.safe)).toBe(true);
    expect(
      applyEdits(
        text,
        fixes.flatMap((fix) => fix.edits),
      ),
    ).toBe(fixed);
    expect(left(fixed)).toEqual([]);
  });

  test('a name that no rule has: the nearest one is offered as a choice', () => {
    const text = '// asynclint-disable-next-line floting-promise\ndrop();';
    const outcome = apply(text);
    const finding = outcome.findings.find((each) => each.key === 'unknown-rule');
    expect(finding?.message).toBe('There is no rule `floting-promise`; did you mean "floating-promise"?');
    const [fix] = finding ? (outcome.fixes.get(finding) ?? []) : [];
    expect(fix?.safe).toBe(false);
    expect(left(applyEdits(text, fix?.edits ?? []))).toEqual([]);
  });

  test('a reason without ` -- ` is not taken for rules in silence', () => {
    expect(left('drop(); // asynclint-disable-line floating-promise because')).toEqual(['1 unknown-rule because']);
  });

  test('a directive that does not exist', () => {
    const text = '// asynclint-disable-nextline floating-promise\nf();';
    expect(apply(text).findings.map((finding) => finding.message)).toEqual([
      'There is no directive `asynclint-disable-nextline`; did you mean "asynclint-disable-next-line"?',
    ]);
  });

  test('directives of other tools are never reported', () => {
    expect(
      left(
        '// eslint-disable-next-line @typescript-eslint/no-floating-promises, nonsense\nf();\n/* eslint-enable */\n// biome-ignore lint: x\n',
      ),
    ).toEqual([]);
  });

  test('ours counts as used where another linter’s stands beside it', () => {
    const text =
      '// asynclint-disable-next-line floating-promise\n// eslint-disable-next-line @typescript-eslint/no-floating-promises\ndrop();';
    expect(left(text)).toEqual([]);
  });

  test('a rule that did not run may still be suppressed', () => {
    expect(left('// asynclint-disable-next-line stale-read\nf();', ['floating-promise'])).toEqual([]);
  });

  test('nothing is said where the check is off, by config or by directive', () => {
    const text = '// asynclint-disable-next-line floating-promise\nf();';
    expect(apply(text, undefined, undefined).findings).toHaveLength(1);
    expect(
      applyDirectives({
        file,
        text,
        comments: commentsOf(text),
        findings: [],
        rules: sampleRules,
        ran: new Set(['floating-promise']),
        unusedSeverity: undefined,
      }).findings,
    ).toEqual([]);
    expect(left(`/* asynclint-disable unused-directive */\n${text}`)).toEqual([]);
  });
});

test('names and reason keep their exact places', () => {
  const text = 'x; /* asynclint-disable-line a-b , c-d --   why not   */';
  const [directive] = parseDirectives(text, commentsOf(text)).directives;
  expect(directive?.ids.map((id) => text.slice(id.span.start, id.span.end))).toEqual(['a-b', 'c-d']);
  expect(directive?.reason?.text).toBe('why not');
  expect(text.slice(directive?.reason?.span.start, directive?.reason?.span.end)).toBe('why not');
});
