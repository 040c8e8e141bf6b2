/** What is shown is never of yesterday: edits, tsconfigs and packages change findings in other files, unsaved. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FileChangeType } from 'vscode-languageserver-protocol';
import { copyWithoutCompiler, runBuilt } from '../cli/built-cli.ts';
import { edit } from './support/projects.ts';

const tsconfig = '{ "compilerOptions": { "strict": true, "module": "preserve", "types": [] } }';
const store = `export async function save(text: string): Promise<void> {
  if (text === '') throw new Error('nothing to save');
}
`;
const button = `import { save } from './store';

export function click(): void {
  save('');
}
`;
const files = { 'tsconfig.json': tsconfig, 'store.ts': store, 'button.ts': button };

describe.each([true, false])('where diagnostics are asked for: %s', (pulls) => {
  test('a function that is no longer async, or catches what it throws, changes the finding in another file', async () => {
    const { folder, client } = await edit(files, { pulls });
    const [a, b] = [folder.file('store.ts'), folder.file('button.ts')];
    await client.open(b);
    await client.untilFound(b, ['floating-promise 4']);
    await client.open(a);
    await client.replace(a, 'async function save(text: string): Promise<void>', 'function save(text: string): void');
    await client.untilFound(b, []);
    await client.replace(a, 'function save(text: string): void', 'async function save(text: string): Promise<void>');
    await client.untilFound(b, ['floating-promise 4']);
    await client.replace(
      a,
      "if (text === '') throw new Error('nothing to save');",
      "try { if (text === '') throw new Error('x'); } catch { /* shown elsewhere */ }",
    );
    await client.untilFound(b, []);
    await client.replace(a, ' catch { /* shown elsewhere */ }', ' finally { text; }');
    await client.untilFound(b, ['floating-promise 4']);
    expect(await client.report()).toContain('ended 0 times');
  });

  test('another tsconfig changes the finding', async () => {
    const paths = (to: string) =>
      `{ "compilerOptions": { "strict": true, "module": "preserve", "types": [], "paths": { "#store": ["./${to}"] } } }`;
    const { folder, client } = await edit(
      {
        'tsconfig.json': paths('store.ts'),
        'store.ts': store,
        'memory.ts': 'export function save(_text: string): void {}\n',
        'button.ts': button.replace('./store', '#store'),
      },
      { pulls },
    );
    const b = folder.file('button.ts');
    await client.open(b);
    await client.untilFound(b, ['floating-promise 4']);
    await client.watched(await folder.write('tsconfig.json', paths('memory.ts')), FileChangeType.Changed);
    await client.untilFound(b, []);
    await client.watched(await folder.write('tsconfig.json', paths('store.ts')), FileChangeType.Changed);
    await client.untilFound(b, ['floating-promise 4']);
  });

  test("a package's new version changes the finding", async () => {
    const declared = (type: string) => `export function save(text: string): ${type};\n`;
    const { folder, client } = await edit(
      {
        'tsconfig.json': tsconfig,
        'button.ts': button.replace('./store', 'store'),
        'node_modules/store/package.json': '{ "name": "store", "version": "1.0.0", "types": "index.d.ts" }',
        'node_modules/store/index.d.ts': declared('void'),
        'node_modules/.package-lock.json': '{}',
      },
      { pulls },
    );
    const b = folder.file('button.ts');
    await client.open(b);
    await client.untilFound(b, []);
    await folder.write('node_modules/store/index.d.ts', declared('Promise<void>'));
    await client.watched(await folder.write('node_modules/.package-lock.json', '{ }'), FileChangeType.Changed);
    await client.untilFound(b, ['floating-promise 4']);
  });

  test('an edit reaches all that depend on it, also through others, and before and after what was found is kept', async () => {
    const dependants = Array.from({ length: 100 }, (_, index) => `dependant-${index}.ts`);
    const { folder, client } = await edit(
      {
        ...files,
        'index.ts': "export * from './store';\n",
        'apart.ts': "import { later } from './later';\n\nexport function go(): void {\n  later();\n}\n",
        'later.ts': 'export async function later(): Promise<void> {\n  throw new Error();\n}\n',
        ...Object.fromEntries(dependants.map((name) => [name, button.replace('./store', './index')])),
      },
      { pulls },
    );
    const open = dependants.filter((_, index) => index % 10 === 0).map((name) => folder.file(name));
    const [a, apart] = [folder.file('store.ts'), folder.file('apart.ts')];
    for (const file of [...open, apart, a]) await client.open(file);
    for (const file of [...open, apart]) await client.untilFound(file, ['floating-promise 4']);
    const rounds = async (): Promise<void> => {
      await client.replace(a, 'async function save(text: string): Promise<void>', 'function save(text: string): void');
      for (const file of open) await client.untilFound(file, []);
      await client.untilFound(apart, ['floating-promise 4']);
      await client.replace(a, 'function save(text: string): void', 'async function save(text: string): Promise<void>');
      for (const file of open) await client.untilFound(file, ['floating-promise 4']);
    };
    await rounds();
    // In the quiet the server writes down what depends on what, and from then on leaves alone what does not.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await rounds();
    // What reached it by an import that was just written counts too.
    await client.replace(apart, './later', './index');
    await client.replace(apart, 'import { later }', 'import { save as later }');
    await client.replace(apart, '  later();', "  later('');");
    await client.untilFound(apart, ['floating-promise 4']);
    await client.replace(a, 'async function save(text: string): Promise<void>', 'function save(text: string): void');
    await client.untilFound(apart, []);
  });
});

describe('the command line and the editor', () => {
  test('find what the other has kept', async () => {
    const cache = await mkdtemp(path.join(tmpdir(), 'asynclint-cache-'));
    const cli = await copyWithoutCompiler();
    onTestFinished(async () => {
      for (const each of [cache, path.dirname(cli)]) await rm(each, { recursive: true, force: true });
    });
    const { folder, client } = await edit(files, { cache });
    const b = folder.file('button.ts');
    await client.open(b);
    await client.untilFound(b, ['floating-promise 4']);
    await expect
      .poll(() => readdir(path.join(cache, 'asynclint')).catch(() => []), { timeout: 20_000 })
      .toHaveLength(1);
    const json = ['button.ts', '--format', 'json'];
    const kept = await runBuilt(folder.path, cache, ['button.ts'], cli);
    expect(kept).toMatchObject({ code: 1, stderr: '' });
    expect(kept.stdout).toContain('can reject here'.replace('reject', 'throw'));
    expect((await runBuilt(folder.path, cache, json)).code).toBe(1);

    await folder.write('other.ts', button);
    expect((await runBuilt(folder.path, cache, [])).code).toBe(1);
    const second = await edit({}, { cache, cli, folders: [folder.path] });
    for (const name of ['button.ts', 'other.ts']) {
      await second.client.open(folder.file(name));
      await second.client.untilFound(folder.file(name), ['floating-promise 4']);
    }
  });

  test('a result that was kept gives way to an edit, and comes back with the text', async () => {
    const cache = await mkdtemp(path.join(tmpdir(), 'asynclint-cache-'));
    onTestFinished(() => rm(cache, { recursive: true, force: true }));
    const { folder, client } = await edit(files, { cache });
    const b = folder.file('button.ts');
    await client.open(b);
    await client.untilFound(b, ['floating-promise 4']);
    await expect
      .poll(() => readdir(path.join(cache, 'asynclint')).catch(() => []), { timeout: 20_000 })
      .toHaveLength(1);
    const second = await edit({}, { cache, folders: [folder.path] });
    await second.client.open(b);
    await second.client.untilFound(b, ['floating-promise 4']);
    for (let turn = 0; turn < 3; turn++) {
      await second.client.replace(b, "  save('');", "  void save('');");
      await second.client.untilFound(b, []);
      await second.client.replace(b, "  void save('');", "  save('');");
      await second.client.untilFound(b, ['floating-promise 4']);
    }
  });
});
