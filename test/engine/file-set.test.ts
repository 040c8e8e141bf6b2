import { describe, expect, test } from 'vitest';
import { ConfigStore } from '../../server/src/engine/config.ts';
import { filesToLint, projectFilesToLint } from '../../server/src/engine/file-set.ts';
import { memoryHost } from './memory-host.ts';
import { sampleRules } from './sample-rules.ts';

async function find(files: Record<string, string>, paths: readonly string[] = ['.'], cwd = '/repo') {
  const host = memoryHost(files);
  const configs = ConfigStore.create(host, sampleRules);
  const signal = new AbortController().signal;
  return filesToLint({ host, cwd, paths, configOf: (path) => configs.forFile(path), signal });
}

function tree(...files: string[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file, '']));
}

describe('a folder', () => {
  test('gives every kind of source, sorted, and nothing else', async () => {
    const sources = ['a.cjs', 'a.cts', 'a.js', 'a.jsx', 'a.mjs', 'a.mts', 'a.ts', 'a.tsx'].map(
      (name) => `/repo/${name}`,
    );
    const rest = ['a.d.ts', 'a.d.mts', 'a.json', 'a.md', 'a.min.js', 'a.vue'].map((name) => `/repo/${name}`);
    expect((await find(tree(...rest, ...sources.toReversed()))).files).toEqual(sources);
  });

  test('leaves out packages and dot folders', async () => {
    const { files } = await find(
      tree(
        '/repo/src/a.ts',
        '/repo/node_modules/x/a.js',
        '/repo/src/node_modules/x.js',
        '/repo/.git/a.js',
        '/repo/.cache/a.js',
      ),
    );
    expect(files).toEqual(['/repo/src/a.ts']);
  });

  test('honours .gitignore files, inner ones over outer ones', async () => {
    const { files } = await find({
      ...tree(
        '/repo/a.ts',
        '/repo/dist/a.js',
        '/repo/x.gen.ts',
        '/repo/p/y.gen.ts',
        '/repo/p/local.ts',
        '/repo/q/local.ts',
      ),
      '/repo/.gitignore': '# built\n/dist\n*.gen.ts\n',
      '/repo/p/.gitignore': 'local.ts\n!y.gen.ts\n',
    });
    expect(files).toEqual(['/repo/a.ts', '/repo/p/y.gen.ts', '/repo/q/local.ts']);
  });

  test('the .gitignore of the repository holds in a folder below, that of a folder above it does not', async () => {
    const files = {
      ...tree('/repo/p/a.ts', '/repo/p/out/b.ts', '/repo/p/c.ts', '/repo/.git/HEAD'),
      '/repo/.gitignore': 'p/out',
      '/.gitignore': 'c.ts',
    };
    expect((await find(files, ['.'], '/repo/p')).files).toEqual(['/repo/p/a.ts', '/repo/p/c.ts']);
  });

  test('honours the ignore of the config that holds there', async () => {
    const { files } = await find({
      ...tree('/repo/a.ts', '/repo/old/b.ts', '/repo/p/old/c.ts', '/repo/p/d.ts'),
      '/repo/asynclint.jsonc': '{ "ignore": ["old/"] }',
      '/repo/p/asynclint.jsonc': '{ "ignore": ["d.ts"] }',
    });
    expect(files).toEqual(['/repo/a.ts', '/repo/p/old/c.ts']);
  });

  test('that git ignores is searched when it is named', async () => {
    const files = {
      ...tree('/repo/dist/a.js', '/repo/dist/sub/b.js', '/repo/dist/c.js', '/repo/.git/HEAD'),
      '/repo/.gitignore': 'dist/',
      '/repo/dist/.gitignore': 'c.js',
    };
    expect((await find(files)).files).toEqual([]);
    expect((await find(files, ['dist'])).files).toEqual(['/repo/dist/a.js', '/repo/dist/sub/b.js']);
    expect((await find(files, ['dist/sub/'])).files).toEqual(['/repo/dist/sub/b.js']);
  });
});

describe('a file that is named', () => {
  test('is taken although git ignores it or a package owns it', async () => {
    const files = { ...tree('/repo/gen.ts', '/repo/node_modules/x/a.js'), '/repo/.gitignore': 'gen.ts' };
    expect((await find(files, ['gen.ts', './node_modules/x/a.js', '/repo/gen.ts'])).files).toEqual([
      '/repo/gen.ts',
      '/repo/node_modules/x/a.js',
    ]);
  });

  test('and is left out gets a note', async () => {
    const files = {
      ...tree('/repo/gen.ts', '/repo/a.d.ts', '/repo/README.md'),
      '/repo/asynclint.jsonc': '{ "ignore": ["gen.ts"] }',
    };
    const set = await find(files, ['gen.ts', 'a.d.ts', 'README.md']);
    expect(set.files).toEqual([]);
    expect(set.notes.map((note) => note.text)).toEqual([
      'gen.ts is left out by "ignore" in asynclint.jsonc',
      'a.d.ts is a declaration file, which runs nothing',
      'README.md is neither TypeScript nor JavaScript',
    ]);
  });

  test('with signs of a pattern in its name is that file', async () => {
    expect((await find(tree('/repo/app/[id].tsx', '/repo/app/i.tsx'), ['app/[id].tsx'])).files).toEqual([
      '/repo/app/[id].tsx',
    ]);
  });
});

describe('a pattern', () => {
  test('matches below its folder', async () => {
    const files = tree('/repo/src/a.ts', '/repo/src/deep/b.ts', '/repo/src/c.js', '/repo/d.ts');
    expect((await find(files, ['src/**/*.ts'])).files).toEqual(['/repo/src/a.ts', '/repo/src/deep/b.ts']);
    expect((await find(files, ['*.ts'])).files).toEqual(['/repo/d.ts']);
    expect((await find(files, ['../repo/src/*.{js,jsx}'])).files).toEqual(['/repo/src/c.js']);
  });

  test('that matches nothing and a path that is not there are told apart', async () => {
    expect((await find(tree('/repo/a.ts'), ['src/**/*.ts', 'gone.ts', '*.js'])).unmatched).toEqual([
      { path: 'src/**/*.ts', isPattern: true },
      { path: 'gone.ts', isPattern: false },
      { path: '*.js', isPattern: true },
    ]);
  });
});

test('of a project’s files those that run', async () => {
  const configs = ConfigStore.create(memoryHost({ '/repo/asynclint.jsonc': '{ "ignore": ["gen/"] }' }), sampleRules);
  const files = ['/repo/b.ts', '/repo/a.ts', '/repo/a.d.ts', '/repo/node_modules/x/a.ts', '/repo/gen/c.ts'];
  expect(await projectFilesToLint(files, (path) => configs.forFile(path))).toEqual(['/repo/a.ts', '/repo/b.ts']);
});

test('an aborted search ends', async () => {
  const host = memoryHost(tree('/repo/a.ts'));
  const configs = ConfigStore.create(host, sampleRules);
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(
    filesToLint({ host, cwd: '/repo', paths: ['.'], configOf: (path) => configs.forFile(path), signal }),
  ).rejects.toThrow('enough');
});
