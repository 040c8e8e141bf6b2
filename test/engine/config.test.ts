import { describe, expect, test } from 'vitest';
import { ConfigStore, resolveConfig } from '../../server/src/engine/config.ts';
import { configJsonSchema } from '../../server/src/engine/config-schema.ts';
import { memoryHost } from './memory-host.ts';
import { sampleRules } from './sample-rules.ts';

const file = '/repo/src/deep/a.ts';

function resolve(files: Record<string, string | Error>, preset?: 'recommended' | 'strict' | 'all') {
  return resolveConfig(memoryHost(files), file, sampleRules, { preset });
}

/** The text that each problem points at, beside its message. */
async function problemsOf(config: string) {
  const resolved = await resolve({ '/repo/asynclint.jsonc': config });
  return resolved.problems.map((problem) => [config.slice(problem.span.start, problem.span.end), problem.message]);
}

describe('where the config is found', () => {
  test('without any config the recommended rules are on', async () => {
    const config = await resolve({});
    expect(config.file).toBeUndefined();
    expect(config.problems).toEqual([]);
    expect([...config.rules]).toEqual([
      ['floating-promise', { severity: 'warning', options: { allowVoid: true, allow: [] } }],
      ['unused-directive', { severity: 'information', options: {} }],
    ]);
  });

  test('the nearest one holds, and does not add to one further up', async () => {
    const config = await resolve({
      '/repo/asynclint.jsonc': '{ "preset": "all" }',
      '/repo/src/asynclint.jsonc': '{ "rules": { "floating-promise": "error" } }',
    });
    expect(config.file).toBe('/repo/src/asynclint.jsonc');
    expect(config.preset).toBe('recommended');
    expect(config.rules.get('floating-promise')?.severity).toBe('error');
  });

  test('a package.json counts only if it has the key, and yields to asynclint.jsonc beside it', async () => {
    const manifest = '{ "name": "x", "asynclint": { "preset": "strict" } }';
    expect((await resolve({ '/repo/package.json': manifest, '/repo/src/package.json': '{ "name": "y" }' })).file).toBe(
      '/repo/package.json',
    );
    expect((await resolve({ '/repo/package.json': manifest })).preset).toBe('strict');
    expect((await resolve({ '/repo/package.json': manifest, '/repo/asynclint.jsonc': '' })).preset).toBe('recommended');
  });
});

describe('what it says', () => {
  test('comments and trailing commas are allowed, presets build on each other', async () => {
    const config = await resolve({ '/repo/asynclint.jsonc': '{\n  // Demanding.\n  "preset": "strict",\n}' });
    expect(config.problems).toEqual([]);
    expect([...config.rules.keys()]).toEqual(['floating-promise', 'blocking-call', 'unused-directive']);
    expect([...(await resolve({}, 'all')).rules.keys()]).toContain('stale-read');
  });

  test('rules that are named run, and no others; their options stay', async () => {
    const rules = {
      'floating-promise': 'error',
      'blocking-call': { severity: 'off', where: 'everywhere' },
    };
    const host = memoryHost({ '/repo/asynclint.jsonc': JSON.stringify({ preset: 'all', rules }) });
    const config = await resolveConfig(host, file, sampleRules, { only: ['blocking-call', 'stale-read'] });
    expect([...config.rules]).toEqual([
      ['blocking-call', { severity: 'error', options: { where: 'everywhere' } }],
      ['stale-read', { severity: 'information', options: {} }],
    ]);
  });

  test('an entry sets severity and options; without a severity the preset decides', async () => {
    const rules = {
      'floating-promise': { severity: 'error', allowVoid: false },
      'blocking-call': { where: 'everywhere' },
      'stale-read': 'warning',
      'unused-directive': 'off',
    };
    const text = JSON.stringify({ rules });
    const config = await resolve({ '/repo/asynclint.jsonc': text });
    expect([...config.rules]).toEqual([
      ['floating-promise', { severity: 'error', options: { allowVoid: false, allow: [] } }],
      ['stale-read', { severity: 'warning', options: {} }],
    ]);
    const strict = await resolve({ '/repo/asynclint.jsonc': text }, 'strict');
    expect(strict.rules.get('blocking-call')).toEqual({ severity: 'error', options: { where: 'everywhere' } });
  });

  test('the override of the command line wins over the preset but not over single rules', async () => {
    const config = await resolve(
      { '/repo/asynclint.jsonc': '{ "preset": "all", "rules": { "stale-read": "error" } }' },
      'recommended',
    );
    expect([...config.rules.keys()]).toEqual(['floating-promise', 'stale-read', 'unused-directive']);
  });

  test('ignore patterns work as in .gitignore, from the folder of the config', async () => {
    const config = await resolve({
      '/repo/asynclint.jsonc': '{ "ignore": ["dist/", "*.gen.ts", "!keep.gen.ts", "/src/old/**"] }',
    });
    expect(config.ignore.directory('/repo/packages/a/dist')).toBe(true);
    expect(config.ignore.file('/repo/src/x.gen.ts')).toBe(true);
    expect(config.ignore.file('/repo/src/keep.gen.ts')).toBe(false);
    expect(config.ignore.file('/repo/src/old/a.ts')).toBe(true);
    expect(config.ignore.file('/repo/lib/src/old/a.ts')).toBe(false);
    expect(config.ignore.file('/elsewhere/x.gen.ts')).toBe(false);
  });
});

describe('extends', () => {
  test('one base file, whose entries the nearer file replaces', async () => {
    const config = await resolve({
      '/base.jsonc':
        '{ "preset": "strict", "ignore": ["dist"], "rules": { "floating-promise": { "allowVoid": false }, "blocking-call": "warning" } }',
      '/repo/asynclint.jsonc':
        '{ "extends": "../base.jsonc", "ignore": ["gen"], "rules": { "floating-promise": "error" } }',
    });
    expect(config.problems).toEqual([]);
    expect(config.dependsOn).toEqual(['/repo/asynclint.jsonc', '/base.jsonc']);
    expect(config.rules.get('floating-promise')).toEqual({
      severity: 'error',
      options: { allowVoid: true, allow: [] },
    });
    expect(config.rules.get('blocking-call')?.severity).toBe('warning');
    expect(config.ignore.file('/repo/dist/a.js')).toBe(true);
    expect(config.ignore.file('/repo/gen/a.js')).toBe(true);
  });

  test.each([
    [{ '/repo/asynclint.jsonc': '{ "extends": "./gone.jsonc" }' }, 'There is no file "./gone.jsonc" to extend'],
    [{ '/repo/asynclint.jsonc': '{ "extends": "./asynclint.jsonc" }' }, 'A config file cannot extend itself'],
    [
      { '/repo/asynclint.jsonc': '{ "extends": "./b.jsonc" }', '/repo/b.jsonc': '{ "extends": "./c.jsonc" }' },
      'A config file that is extended cannot extend another; move its settings here',
    ],
    [
      { '/repo/asynclint.jsonc': '{ "extends": "./b.jsonc" }', '/repo/b.jsonc': new Error('permission denied') },
      'This file cannot be read: permission denied',
    ],
  ])('what cannot be: %j', async (files, message) => {
    expect((await resolve(files)).problems.map((problem) => problem.message)).toEqual([message]);
  });
});

describe('problems, with their place and the nearest valid name', () => {
  test.each<[string, string, string]>([
    ['{ "presett": "all" }', '"presett"', '"presett" is not a setting; did you mean "preset"?'],
    [
      '{ "zzz": 1 }',
      '"zzz"',
      '"zzz" is not a setting; the settings are "extends", "preset", "rules", "ignore", "knowledge" and "provides"',
    ],
    [
      '{ "preset": "strct" }',
      '"strct"',
      '"preset" takes "recommended", "strict" or "all", not "strct"; did you mean "strict"?',
    ],
    ['{ "ignore": "dist" }', '"dist"', '"ignore" takes a list of strings, not "dist"'],
    ['{ "ignore": ["a", 3] }', '3', 'An entry of "ignore" takes a string, not 3'],
    ['{ "extends": "" }', '""', '"extends" may not be empty'],
    [
      '{ "rules": { "floting-promise": "error" } }',
      '"floting-promise"',
      'There is no rule "floting-promise"; did you mean "floating-promise"?',
    ],
    ['{ "rules": { "qqq": "error" } }', '"qqq"', 'There is no rule "qqq"; `asynclint rules` lists them'],
    [
      '{ "rules": { "stale-read": "warn" } }',
      '"warn"',
      'Rule "stale-read" takes "off", "information", "warning" or "error", not "warn"; did you mean "warning"?',
    ],
    [
      '{ "rules": { "stale-read": 2 } }',
      '2',
      'Rule "stale-read" takes "off", "information", "warning" or "error", or an object with "severity" and options, not 2',
    ],
    [
      '{ "rules": { "floating-promise": { "allowVoids": true } } }',
      '"allowVoids"',
      'Rule "floating-promise" has no option "allowVoids"; did you mean "allowVoid"?',
    ],
    [
      '{ "rules": { "floating-promise": { "allowVoid": "yes" } } }',
      '"yes"',
      '"allowVoid" of rule "floating-promise" takes true or false, not "yes"',
    ],
    [
      '{ "rules": { "blocking-call": { "where": "evrywhere" } } }',
      '"evrywhere"',
      '"where" of rule "blocking-call" takes "async" or "everywhere", not "evrywhere"; did you mean "everywhere"?',
    ],
    ['[]', '[]', 'The configuration takes an object, not a list'],
  ])('%s', async (text, at, message) => {
    expect(await problemsOf(text)).toEqual([[at, message]]);
  });

  test('a syntax error is a problem, and what can be read still holds', async () => {
    const config = await resolve({ '/repo/asynclint.jsonc': '{ "preset": "all"\n  "rules": {} }' });
    expect(config.problems).toMatchObject([
      { kind: 'syntax', start: { line: 1, character: 2 }, message: 'This is not valid JSON: comma expected' },
    ]);
    expect(config.preset).toBe('all');
  });

  test('wrong parts are left out and right ones beside them hold', async () => {
    const config = await resolve({
      '/repo/asynclint.jsonc':
        '{ "preset": 1, "ignore": ["a", 1, 2, "b"], "rules": { "x": 1, "floating-promise": { "severity": "error", "allowVoid": 3, "y": 1 } } }',
    });
    expect(config.problems).toHaveLength(6);
    expect(config.rules.get('floating-promise')).toEqual({
      severity: 'error',
      options: { allowVoid: true, allow: [] },
    });
    expect(config.ignore.file('/repo/a')).toBe(true);
    expect(config.ignore.file('/repo/b')).toBe(true);
  });

  test('package.json: only its own part is judged', async () => {
    const text = '{ "name": 3, "asynclint": { "presets": "all" } }';
    const config = await resolve({ '/repo/package.json': text });
    expect(config.problems.map((problem) => [problem.file, text.slice(problem.span.start, problem.span.end)])).toEqual([
      ['/repo/package.json', '"presets"'],
    ]);
  });
});

describe('the store', () => {
  test('answers from memory until it is told of a change', async () => {
    const host = memoryHost({
      '/repo/asynclint.jsonc': '{ "extends": "./base.jsonc" }',
      '/repo/base.jsonc': '{ "preset": "all" }',
    });
    const store = ConfigStore.create(host, sampleRules);
    expect((await store.forFile(file)).preset).toBe('all');
    host.files['/repo/base.jsonc'] = '{ "preset": "strict" }';
    expect((await store.forFile('/repo/other.ts')).preset).toBe('all');
    expect(store.invalidate('/repo/src/a.ts')).toBe(false);
    expect(store.invalidate('/repo/base.jsonc')).toBe(true);
    expect((await store.forFile(file)).preset).toBe('strict');
    host.files['/repo/src/asynclint.jsonc'] = '{ "preset": "recommended" }';
    expect(store.invalidate('/repo/src/asynclint.jsonc')).toBe(true);
    expect((await store.forFile(file)).preset).toBe('recommended');
  });
});

test('the JSON schema knows every rule with its options', async () => {
  const { default: Ajv } = await import('ajv');
  const validate = new Ajv.default({ strict: false }).compile(configJsonSchema(sampleRules));
  expect(
    validate({ $schema: 'x', preset: 'all', rules: { 'floating-promise': { severity: 'off', allowVoid: true } } }),
  ).toBe(true);
  expect(validate({ rules: { 'floating-promise': { allowVoids: true } } })).toBe(false);
  expect(validate({ rules: { 'floating-promis': 'off' } })).toBe(false);
  expect(validate({ rules: { 'blocking-call': { where: 'nowhere' } } })).toBe(false);
  expect(validate({ preset: 'most' })).toBe(false);
});
