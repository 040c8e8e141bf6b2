import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { Client, inShort } from './support/client.ts';
import { edit, saveAndClick } from './support/projects.ts';

describe('several folders', () => {
  test('each have their own project and config', async () => {
    await using one = await temporaryFolder(saveAndClick);
    await using two = await temporaryFolder({
      ...saveAndClick,
      'asynclint.jsonc': '{ "rules": { "floating-promise": "error" } }',
    });
    const client = await Client.start({ folders: [one.path, two.path], pulls: true });
    await client.open(one.file('click.ts'));
    await client.open(two.file('click.ts'));
    expect((await client.diagnostics(one.file('click.ts')))[0]?.severity).toBe(2);
    expect((await client.diagnostics(two.file('click.ts')))[0]?.severity).toBe(1);
    await client.stop();
  });

  test('come and go', async () => {
    await using one = await temporaryFolder(saveAndClick);
    await using two = await temporaryFolder(saveAndClick);
    const client = await Client.start({ folders: [one.path], pulls: false, settings: { scope: 'workspace' } });
    await client.untilFound(one.file('click.ts'), ['floating-promise 6']);
    expect(client.published(two.file('click.ts'))).toBeUndefined();
    await client.changeFolders([two.path], []);
    await client.untilFound(two.file('click.ts'), ['floating-promise 6']);
    await client.changeFolders([], [one.path]);
    await client.untilFound(one.file('click.ts'), []);
    await client.stop();
  });

  test('may each name a config file in the settings', async () => {
    const { folder, client } = await edit(
      { ...saveAndClick, 'conf/strict.jsonc': '{ "rules": { "floating-promise": "error" } }' },
      { settings: { configPath: 'conf/strict.jsonc' } },
    );
    const file = folder.file('click.ts');
    await client.open(file);
    await client.untilStatus('ready', ({ state }) => state === 'ready');
    expect((await client.diagnostics(file))[0]?.severity).toBe(1);
    await client.configure({ configPath: '' });
    await client.untilStatus('defaults', ({ config, findings }) => config === undefined && findings === 1);
    expect((await client.diagnostics(file))[0]?.severity).toBe(2);
  });
});

describe('an untitled document', () => {
  const text = "async function save() { throw new Error('no'); }\nexport function click() {\n  save();\n}\n";

  test('is linted like a file of the first folder', async () => {
    const { client } = await edit({
      'asynclint.jsonc': '{ "rules": { "floating-promise": "error" } }',
    });
    await client.open('untitled:Untitled-1', text, 'typescript');
    const [diagnostic] = await client.diagnostics('untitled:Untitled-1');
    expect(inShort(diagnostic ?? { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } })).toBe(
      'floating-promise 3',
    );
    expect(diagnostic?.severity).toBe(1);
    expect(diagnostic?.relatedInformation?.[0]?.location.uri).toBe('untitled:Untitled-1');
    await client.apply(await client.action('untitled:Untitled-1', 'save();', /void/));
    expect(client.text('untitled:Untitled-1')).toContain('void save();');
    expect(await client.found('untitled:Untitled-1')).toEqual([]);
  });

  test('is linted without any folder', async () => {
    const client = await Client.start({ folders: [], pulls: false });
    await client.open('untitled:Untitled-1', text, 'typescript');
    await client.open('untitled:Untitled-2', text, 'javascript');
    await client.untilFound('untitled:Untitled-1', ['floating-promise 3']);
    await client.untilFound('untitled:Untitled-2', ['floating-promise 3']);
    await client.close('untitled:Untitled-1');
    await client.untilFound('untitled:Untitled-1', []);
    await client.stop();
  });

  test('of another language is left alone', async () => {
    const { client } = await edit({});
    await client.open('untitled:Untitled-1', text, 'python');
    expect(await client.diagnostics('untitled:Untitled-1')).toEqual([]);
    expect(await client.actions('untitled:Untitled-1', 'save();')).toEqual([]);
  });
});
