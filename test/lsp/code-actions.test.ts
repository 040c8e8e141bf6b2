import { describe, expect, test } from 'vitest';
import { ResponseError, type SnippetTextEdit, type TextDocumentEdit } from 'vscode-languageserver-protocol';
import { edit, saveAndClick } from './support/projects.ts';

const idle = '// asynclint-disable-next-line floating-promise\nexport const one = 1;\n';

describe('code actions', () => {
  test('come with their edits to clients that do not fetch these, and plain where versions are not known', async () => {
    const { folder, client } = await edit(saveAndClick, { resolves: false, documentChanges: false });
    const file = folder.file('click.ts');
    await client.open(file);
    const action = await client.action(file, 'save(1)', /void/);
    expect(Object.keys(action.edit?.changes ?? {})).toHaveLength(1);
    await client.apply(action);
    expect(client.text(file)).toContain('  void save(1);');
  });

  test('are preferred only where they are safe', async () => {
    const { folder, client } = await edit({ ...saveAndClick, 'idle.ts': idle });
    await client.open(folder.file('click.ts'));
    await client.open(folder.file('idle.ts'));
    const choices = await client.actions(folder.file('click.ts'), 'save(1)');
    expect(choices.filter((action) => action.isPreferred)).toEqual([]);
    const safe = await client.actions(folder.file('idle.ts'), 'asynclint');
    expect(safe.filter((action) => action.isPreferred).map(({ title }) => title)).toEqual([
      'Remove the unused directive',
    ]);
  });

  test('are of the kinds that were asked for', async () => {
    const { folder, client } = await edit({ 'idle.ts': idle });
    const file = folder.file('idle.ts');
    await client.open(file);
    const kinds = async (...only: string[]) => [
      ...new Set((await client.actions(file, 'asynclint', only)).map(({ kind }) => kind)),
    ];
    expect(await kinds('quickfix')).toEqual(['quickfix.asynclint', 'quickfix.suppress.asynclint']);
    expect(await kinds('quickfix.asynclint')).toEqual(['quickfix.asynclint']);
    expect(await kinds('source')).toEqual(['source.fixAll.asynclint']);
    expect(await kinds('source.fixAll')).toEqual(['source.fixAll.asynclint']);
    expect(await kinds('source.fixAll.asynclint')).toEqual(['source.fixAll.asynclint']);
    expect(await kinds('source.organizeImports')).toEqual([]);
    expect(await kinds('source.fixAll.asynclint.more')).toEqual([]);
    expect(await kinds('refactor')).toEqual([]);
  });

  test('name the diagnostics that they are about, and the version that their edit is for', async () => {
    const { folder, client } = await edit(saveAndClick);
    const file = folder.file('click.ts');
    await client.open(file);
    const action = await client.action(file, 'save(1)', /^Await|void/);
    expect(action.diagnostics?.map(({ code }) => code)).toEqual(['floating-promise']);
    const { edit: fetched } = await client.resolve(action);
    expect((fetched?.documentChanges?.[0] as TextDocumentEdit | undefined)?.textDocument.version).toBe(1);
  });

  test('are refused once the text has changed', async () => {
    const { folder, client } = await edit(saveAndClick);
    const file = folder.file('click.ts');
    await client.open(file);
    const action = await client.action(file, 'save(1)', /void/);
    await client.replace(file, '// Called by the button.', '// Called by somebody.');
    await expect(client.resolve(action)).rejects.toBeInstanceOf(ResponseError);
    expect(client.text(file)).not.toContain('void');
  });

  test('leave text alone that was changed by a fix that goes first', async () => {
    const { folder, client } = await edit({ ...saveAndClick });
    const file = folder.file('click.ts');
    await client.open(file);
    await client.replace(file, 'save(1);', 'save(1);\n  save(2);');
    const many = await client.action(file, 'save(1)', /^Fix all floating-promise problems in this file/);
    await client.apply(many);
    expect(await client.found(file)).toEqual([]);
  });
});

describe('suppressing', () => {
  test('puts the cursor into the reason', async () => {
    const { folder, client } = await edit(saveAndClick, { snippets: true });
    const file = folder.file('click.ts');
    await client.open(file);
    const action = await client.resolve(await client.action(file, 'save(1)', 'Disable floating-promise for this line'));
    const [change] = (action.edit?.documentChanges ?? []) as TextDocumentEdit[];
    const [inserted] = (change?.edits ?? []) as SnippetTextEdit[];
    expect(inserted?.snippet.value).toBe('  // asynclint-disable-next-line floating-promise -- $0\n');
    expect(action.isPreferred).toBeUndefined();
    await client.apply(action);
    expect(await client.found(file)).toEqual([]);
  });

  test('is done in braces between JSX elements', async () => {
    const { folder, client } = await edit({
      'tsconfig.json': '{ "compilerOptions": { "jsx": "preserve", "strict": true, "types": [] } }',
      'jsx.d.ts': 'declare namespace JSX { interface IntrinsicElements { b: { onClick?: () => void } } }\n',
      'a.tsx':
        'async function save() { throw new Error(); }\nexport const page = (\n  <b>\n    {(() => { save(); return 1; })()}\n  </b>\n);\n',
    });
    const file = folder.file('a.tsx');
    await client.open(file);
    expect(await client.found(file)).toContain('floating-promise 4');
    await client.apply(await client.action(file, 'save(); return', 'Disable floating-promise for this line'));
    expect(client.text(file)).toContain('    {/* asynclint-disable-next-line floating-promise --  */}\n    {(() => {');
    expect(await client.found(file)).not.toContain('floating-promise 5');
  });
});

describe('the page of a rule', () => {
  test('is offered to clients that can open it', async () => {
    const { folder, client } = await edit({ ...saveAndClick, 'docs/floating-promise.md': '# A page' }, {});
    const { client: other } = await edit(
      {},
      { folders: [folder.path], initializationOptions: { docs: `file://${folder.file('docs')}` } },
    );
    const file = folder.file('click.ts');
    await client.open(file);
    await other.open(file);
    const titles = async (asked: typeof client) => (await asked.actions(file, 'save(1)')).map(({ title }) => title);
    expect(await titles(client)).not.toContain('Show documentation for floating-promise');
    expect(await titles(other)).toContain('Show documentation for floating-promise');
    const action = await other.action(file, 'save(1)', 'Show documentation for floating-promise');
    expect(action.command).toMatchObject({ command: 'asynclint.showRule', arguments: ['floating-promise'] });
  });
});
