/** What a text says about other files, where its imports may lead, and what an edit can reach. */
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { candidates, stemOf, stemsOf } from '../../server/src/engine/cache/resolve.ts';
import { scanText } from '../../server/src/engine/cache/scan.ts';
import { Linter } from '../../server/src/engine/linter.ts';
import { nodeCache } from '../../server/src/node-cache.ts';
import { nodeHost, withBuffers } from '../../server/src/node-host.ts';
import { allRules } from '../../server/src/rules/registry.ts';
import { type TemporaryFolder, temporaryFolder } from '../harness/temporary-folder.ts';

describe('what a text imports', () => {
  test.each([
    ["import { a } from './a';", ['./a']],
    ["import type A from '../a.ts'", ['../a.ts']],
    ["import './effects'", ['./effects']],
    ["export * from './all'; export { b as c } from './b'", ['./all', './b']],
    ["import {\n  a,\n} from\n  './far'", ['./far']],
    ["const a = await import('./lazy')", ['./lazy']],
    ["import(/* webpackChunkName: 'x' */ './chunk')", ['./chunk']],
    ['import(`./template`)', ['./template']],
    ["import a = require('./old')", ['./old']],
    ["type A = import('./type').A", ['./type']],
    ["/** @import { A } from './doc' */", ['./doc']],
    ['/// <reference path="globals.d.ts" />', ['./globals.d.ts']],
    ["import json from './data.json' with { type: 'json' }", ['./data.json']],
    ["import '..'; import '.'", ['..', '.']],
  ])('%s', (text, paths) => {
    expect(scanText('/p/x.ts', text).paths).toEqual(paths);
  });

  test('names are told from paths', () => {
    const text =
      "import a from 'pkg/sub'; import '#own'; /// <reference types=\"node\" />\n/** @jsxImportSource preact */\nimport '@s/p'";
    expect(new Set(scanText('/p/x.ts', text).names)).toEqual(new Set(['pkg/sub', '#own', 'node', 'preact', '@s/p']));
  });

  test.each([
    ['export const a = 1;', 'a.ts', false],
    ["import 'x';\n", 'a.ts', false],
    ['const a = 1;', 'a.ts', true],
    ['/*\nexport const a = 1;\n*/\nconst b = 1;', 'a.ts', true],
    ['export {};\ndeclare global { var a: number }', 'a.ts', true],
    ["export {};\ndeclare module 'x' {}", 'a.ts', true],
    ['export declare const a: number;', 'a.d.ts', true],
    ["const a = require('x');", 'a.js', false],
    ['module.exports = 1;', 'a.cjs', false],
    ["const a = require('x');", 'a.ts', true],
    ['var a = 1;', 'a.js', true],
    ['{ "a": 1 }', 'a.json', false],
  ])('%s in %s is for everybody: %s', (text, file, isGlobal) => {
    expect(scanText(`/p/${file}`, text).isGlobal).toBe(isGlobal);
  });
});

describe('where a specifier may lead', () => {
  const mapping = { paths: { '@/*': ['/p/src/*', '/p/gen/*'], exact: ['/p/one.ts'] }, rootDirs: [], suffixes: [] };

  test.each([
    ['./a', ['/p/src/a']],
    ['./a.js', ['/p/src/a.js']],
    ['../b/', ['/p/b']],
    ['@/x/y', ['/p/src/x/y', '/p/gen/x/y']],
    ['exact', ['/p/one.ts']],
    ['exact/other', []],
    ['lodash', []],
  ])('%s', (specifier, paths) => {
    expect(candidates(specifier, '/p/src/x.ts', mapping)).toEqual(paths);
  });

  test('a file is found by every way of writing it', () => {
    for (const file of ['/p/A.ts', '/p/a.d.ts', '/p/a.tsx', '/p/a.mjs', '/p/a.d.mts', '/p/a.json'])
      expect(stemOf(file)).toBe('/p/a');
    expect(stemOf('/p/a.d.css.ts')).toBe('/p/a.css');
    expect(stemOf('/p/a.test.ts')).toBe('/p/a.test');
    expect(stemsOf('/p/a/index.ts', mapping)).toEqual(['/p/a/index', '/p/a']);
    expect(stemsOf('/p/a.ios.ts', { ...mapping, suffixes: ['.ios', ''] })).toEqual(['/p/a.ios', '/p/a']);
  });

  test('roots that are laid over each other are all looked at', () => {
    const over = { ...mapping, rootDirs: ['/p/src', '/p/generated'] };
    expect(candidates('./a', '/p/src/x.ts', over)).toEqual(['/p/src/a', '/p/generated/a']);
  });
});

describe('what an edit can reach', () => {
  const files = {
    'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "preserve", "types": [] } }',
    'a.ts': 'export async function save(): Promise<void> {\n  throw new Error();\n}\n',
    'between.ts': "export * from './a';\n",
    'user.ts': "import { save } from './between';\nsave();\n",
    'apart.ts': 'export const one = 1;\n',
    'globals.d.ts': 'declare const later: Promise<void>;\n',
  };

  function create(folder: TemporaryFolder, buffers: ReadonlyMap<string, string>): Linter {
    const linter = Linter.create({
      host: withBuffers(nodeHost(), buffers),
      rules: allRules,
      cwd: folder.path,
      cache: { tools: nodeCache(path.join(folder.path, 'kept')), version: 'test' },
    });
    onTestFinished(() => linter.dispose());
    return linter;
  }

  async function linted() {
    const folder = await temporaryFolder(files);
    onTestFinished(() => folder[Symbol.asyncDispose]());
    // What was written in the very millisecond in which a linter begins counts as written later.
    await setTimeout(5);
    const buffers = new Map<string, string>();
    const linter = create(folder, buffers);
    const signal = new AbortController().signal;
    const open = ['a.ts', 'between.ts', 'user.ts', 'apart.ts'].map((name) => folder.file(name));
    const lint = () => linter.lint(open, { signal, recalls: () => false });
    const type = (name: string, text: string): readonly string[] => {
      const changed = folder.file(name);
      const reached = open.filter((file) => file !== changed && linter.mayMatter(changed, text, file));
      buffers.set(changed, text);
      linter.setBuffer(changed, text);
      return reached.map((file) => path.basename(file));
    };
    await lint();
    return { folder, open, linter, type, lint, signal, keep: () => linter.keep(signal) };
  }

  test('whoever gives up does not take the answer from others who ask', async () => {
    const { linter, folder, open, keep, lint } = await linted();
    await keep();
    const expected = await lint();
    await linter.dispose();
    const next = create(folder, new Map());
    const [gaveUp, waits] = [new AbortController(), new AbortController()];
    const first = next.lint(open, { signal: gaveUp.signal, recalls: () => true });
    const second = next.lint(open, { signal: waits.signal, recalls: () => true });
    gaveUp.abort();
    await expect(first).rejects.toThrow('aborted');
    expect((await second).map(({ findings }) => findings)).toEqual(expected.map(({ findings }) => findings));
    expect(next.compilerPid).toBeUndefined();
  });

  const everybody = (name: string) => ['a.ts', 'between.ts', 'user.ts', 'apart.ts'].filter((each) => each !== name);

  test('is unknown before it was written down', async () => {
    const { type } = await linted();
    expect(type('a.ts', `${files['a.ts']} `)).toEqual(everybody('a.ts'));
  });

  test('are those that import it, by any chain', async () => {
    const { type, keep, lint } = await linted();
    await keep();
    expect(type('apart.ts', files['apart.ts'])).toEqual([]);
    expect(type('apart.ts', 'export const two = 2;\n')).toEqual([]);
    expect(type('a.ts', `${files['a.ts']}// more\n`)).toEqual(['between.ts', 'user.ts']);
    expect(type('apart.ts', 'export const three = 3;\n')).toEqual([]);
    await lint();
    await keep();
    expect(type('apart.ts', 'export const four = 4;\n')).toEqual([]);
  });

  test('are those too whose own imports have changed since', async () => {
    const { type, keep } = await linted();
    await keep();
    expect(type('apart.ts', "import { save } from './a';\nsave();\n")).toEqual([]);
    expect(type('a.ts', `${files['a.ts']}// more\n`)).toEqual(['between.ts', 'user.ts', 'apart.ts']);
  });

  test.each([
    ['declares something for all', `${files['a.ts']}declare global { var x: number }\n`],
    ['is no module any more', 'const save = 1;\n'],
    ['imports what nobody has imported', `import 'somewhere';\n${files['a.ts']}`],
    ['imports a file that the program has not', `import './elsewhere';\n${files['a.ts']}`],
  ])('are all where it %s, and stay all until that is written down', async (_, text) => {
    const { type, keep, lint } = await linted();
    await keep();
    expect(type('a.ts', text)).toEqual(everybody('a.ts'));
    expect(type('a.ts', files['a.ts'])).toEqual(everybody('a.ts'));
    await lint();
    await keep();
    expect(type('a.ts', `${files['a.ts']}// more\n`)).toEqual(['between.ts', 'user.ts']);
  });

  test('are all where it is a file of declarations', async () => {
    const { type, keep } = await linted();
    await keep();
    expect(type('globals.d.ts', 'declare const later: void;\n')).toEqual(everybody('globals.d.ts'));
  });
});
