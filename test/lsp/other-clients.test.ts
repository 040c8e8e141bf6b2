// Clients that can do less than VS Code, or say other things than it.

import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  CodeActionRequest,
  type Command,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  HoverRequest,
  type MarkupContent,
} from 'vscode-languageserver-protocol/node';
import { type Client, type ClientOptions, until, uriOf } from './support/client.ts';
import { edit, saveAndClick } from './support/projects.ts';

/** The call in `click.ts` that drops its promise. */
const call = { line: 5, character: 3 };

async function opened(options: Partial<ClientOptions>): Promise<{ readonly client: Client; readonly file: string }> {
  const { folder, client } = await edit(saveAndClick, { pulls: false, ...options });
  const file = folder.file('click.ts');
  await client.open(file);
  return { client, file };
}

function offeredAt(client: Client, file: string): Promise<unknown> {
  return client.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: uriOf(file) },
    range: { start: call, end: call },
    context: { diagnostics: [] },
  });
}

/** Says that the text is what it was, with another version, as clients do that send whole texts. */
function sameTextAgain(editor: Client, file: string, version: number): Promise<void> {
  return editor.connection.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri: uriOf(file), version },
    contentChanges: [{ text: editor.text(file) }],
  });
}

test('a new version with the same text is answered and can be fixed', async () => {
  const { client: editor, file } = await opened({ pulls: true });
  expect(await editor.found(file)).toEqual(['floating-promise 6']);
  await sameTextAgain(editor, file, 2);
  const report = await editor.connection.sendRequest(DocumentDiagnosticRequest.type, {
    textDocument: { uri: uriOf(file) },
  });
  expect(report).toMatchObject({ kind: 'full', items: [{ code: 'floating-promise' }] });
  const titles = (await editor.actions(file, 'save(1)')).map(({ title }) => title);
  expect(titles).toContain('Make `click` async and await `save(1)`');
});

test('a new version with the same text is sent to clients that do not ask', async () => {
  const { client: editor, file } = await opened({});
  await editor.diagnostics(file);
  await sameTextAgain(editor, file, 2);
  await until('diagnostics of version 2', () => (editor.publishedVersion(file) === 2 ? true : undefined));
  expect(editor.published(file)).toHaveLength(1);
});

test('settings are asked for where the client cannot be asked to announce their changes', async () => {
  const { folder, client: editor } = await edit(saveAndClick, {
    pulls: false,
    settings: { scope: 'workspace' },
    capabilities: { workspace: { configuration: true } },
  });
  await editor.untilFound(folder.file('click.ts'), ['floating-promise 6']);
  expect(editor.registered).toEqual([]);
  expect(editor.log).toEqual([]);
});

test('nothing but the protocol is spoken to clients that do not know ours', async () => {
  const { client: editor, file } = await opened({ capabilities: {} });
  await editor.diagnostics(file);
  await editor.close(file);
  await editor.untilFound(file, []);
  expect(editor.statuses).toEqual([]);
});

test('actions are commands for clients that know nothing else', async () => {
  const { client: editor, file } = await opened({ capabilities: { workspace: { applyEdit: true } } });
  expect(editor.initialized.capabilities.codeActionProvider).toBe(true);
  await editor.diagnostics(file);
  const offered = (await offeredAt(editor, file)) as Command[];
  expect(offered.every(({ command }) => typeof command === 'string')).toBe(true);
  const chosen = offered.find(({ title }) => title === 'Mark as deliberate: `void save(1)`');
  if (!chosen) throw new Error(`There is no such action but ${offered.map(({ title }) => title).join(' · ')}`);
  await editor.execute(chosen.command, ...(chosen.arguments ?? []));
  expect(editor.text(file)).toContain('  void save(1);');
  // The text has changed since: the same command is refused.
  await expect(editor.execute(chosen.command, ...(chosen.arguments ?? []))).rejects.toThrow('The text has changed');
  await expect(editor.execute(chosen.command, {})).rejects.toThrow('The text has changed');
});

test('clients that take neither edits nor actions get the commands that only tell something', async () => {
  const { client: editor, file } = await opened({ capabilities: {} });
  await editor.diagnostics(file);
  expect(await offeredAt(editor, file)).toEqual([
    expect.objectContaining({ title: 'Explain this line', command: 'asynclint.explain' }),
  ]);
});

test('hovers are plain text where the client reads nothing else', async () => {
  const { client: editor, file } = await opened({
    capabilities: { textDocument: { hover: { contentFormat: ['plaintext'] } } },
  });
  const hover = await editor.connection.sendRequest(HoverRequest.type, {
    textDocument: { uri: uriOf(file) },
    position: call,
  });
  if (!hover) throw new Error('There is no hover.');
  const { kind, value } = hover.contents as MarkupContent;
  expect(kind).toBe('plaintext');
  expect(value).toMatch(/^`save\(1\)` is dropped: if it rejects, nobody will know\n\n/);
  expect(value).toContain('\nPrinciple 1: Every promise has an owner.\n');
  expect(value).not.toMatch(/\*|\]\(/);
});

test('an untitled document whose name is badly encoded is linted as any other', async () => {
  const { client: editor } = await opened({});
  const uri = 'untitled:100%';
  await editor.connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'typescript', version: 1, text: saveAndClick['save.ts'] + 'save(1);\n' },
  });
  await until('its diagnostics', () => editor.published(uri)?.length);
  expect(editor.log).toEqual([]);
});

test('documents that are on no disk are left alone', async () => {
  const { client: editor, file } = await opened({});
  const elsewhere = [
    'git:/src/a.ts?%7B%22ref%22%3A%22HEAD%22%7D',
    'vscode-notebook-cell:/n.ipynb#W0sZmlsZQ%3D%3D',
    'vscode-vfs://github/someone/something/a.ts',
    'file://server/share/a.ts',
  ];
  for (const uri of elsewhere) {
    await editor.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: 'typescript', version: 1, text: saveAndClick['save.ts'] + 'save(1);\n' },
    });
    expect(
      await editor.connection.sendRequest(HoverRequest.type, {
        textDocument: { uri },
        position: call,
      }),
    ).toBeNull();
  }
  await editor.diagnostics(file);
  expect(elsewhere.map((uri) => editor.published(uri))).toEqual(elsewhere.map(() => undefined));
  expect(await editor.execute('asynclint.explain', 'git:/src/a.ts', 4)).toBeNull();
});

test('a saved tsconfig counts where the client watches no files', async () => {
  const { folder, client: editor } = await edit(saveAndClick, { pulls: false, capabilities: {} });
  const tsconfig = folder.file('tsconfig.json');
  await editor.open(folder.file('click.ts'));
  await editor.untilFound(folder.file('click.ts'), ['floating-promise 6']);
  await editor.open(tsconfig);
  await editor.replace(tsconfig, '"strict": true,', '"strict": ');
  await editor.save(tsconfig);
  await until('its mistake is shown', () => editor.published(tsconfig)?.length);
  await editor.replace(tsconfig, '"strict": ', '"strict": true,');
  await editor.save(tsconfig);
  await editor.untilFound(tsconfig, []);
});

test('loading is shown as progress, once, to clients that show such and not our status', async () => {
  const seen: string[] = [];
  const { folder, client: editor } = await edit(saveAndClick, {
    pulls: false,
    capabilities: { window: { workDoneProgress: true } },
    onProgress: (value) => seen.push(value.kind === 'begin' ? value.title : value.kind),
    // Without kept results the compiler has to load the project.
    cache: await mkdtemp(path.join(tmpdir(), 'asynclint-no-cache-')),
  });
  const file = folder.file('click.ts');
  await editor.open(file);
  await editor.diagnostics(file);
  await editor.replace(file, 'save(1)', 'save(2)');
  await editor.diagnostics(file);
  // A machine that loads it in an instant has nothing to show.
  expect([[], ['asynclint: loading the project', 'end']]).toContainEqual(seen);
});

test('a rule in the config says in the hover what it is', async () => {
  const { folder, client: editor } = await edit(
    { ...saveAndClick, 'asynclint.jsonc': '{ "rules": { "floating-promise": "error" } }' },
    { pulls: false },
  );
  const config = folder.file('asynclint.jsonc');
  await editor.open(config);
  expect(await editor.hover(config, 'floating-promise')).toContain('Every promise has an owner.');
  expect(await editor.hover(config, 'error')).toBeUndefined();
});
