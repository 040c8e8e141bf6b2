import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CodeActionTriggerKind } from 'vscode-languageserver-protocol';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { edit } from './support/projects.ts';

const project = {
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "target": "es2023", "module": "nodenext", "types": [] } }',
  'save.ts': "export async function save(id: number): Promise<void> {\n  if (id < 0) throw new Error('no id');\n}\n",
  'click.ts': `import { save } from './save';

export function click() {
  save(1);
}

export async function load(ids: readonly number[]) {
  await save(ids.length);
  return ids.map(String);
}
`,
};
const docs = (folder: string) => ({ initializationOptions: { docs: `file://${folder}` } });

describe('Explain this line', () => {
  test('comes last, and is no quick fix', async () => {
    const { folder, client } = await edit(project);
    const file = folder.file('click.ts');
    await client.open(file);
    const actions = await client.actions(file, 'save(1)');
    expect(actions.at(-1)).toMatchObject({
      title: 'Explain this line',
      kind: 'explain.asynclint',
      command: { command: 'asynclint.explain', arguments: [client.document(file).uri, 3] },
    });
    const titles = (only: string) =>
      client.actions(file, 'save(1)', [only]).then((all) => all.map(({ title }) => title));
    expect(await titles('quickfix')).not.toContain('Explain this line');
    expect(await titles('source')).not.toContain('Explain this line');
    expect(await titles('explain')).toEqual(['Explain this line']);
  });

  test('is offered where something is asynchronous, and by itself only beside a finding', async () => {
    const { folder, client } = await edit(project);
    const file = folder.file('click.ts');
    await client.open(file);
    const isOffered = async (at: string, trigger?: CodeActionTriggerKind): Promise<boolean> =>
      (await client.actions(file, at, undefined, trigger)).some(({ title }) => title === 'Explain this line');
    expect(await isOffered('await save(ids.length)')).toBe(true);
    expect(await isOffered('ids.map(String)')).toBe(false);
    expect(await isOffered('save(1)', CodeActionTriggerKind.Automatic)).toBe(true);
    expect(await isOffered('await save(ids.length)', CodeActionTriggerKind.Automatic)).toBe(false);
  });

  test('is answered as Markdown, for the text as it is typed', async () => {
    const folder = await temporaryFolder(project);
    onTestFinished(() => folder[Symbol.asyncDispose]());
    const { client } = await edit({}, { folders: [folder.path], ...docs(folder.path) });
    const file = folder.file('click.ts');
    await client.open(file);
    await client.replace(file, 'save(1);', 'void save(2);');
    const page = (await client.execute('asynclint.explain', client.document(file).uri, 3)) as Page;
    expect(page.title).toBe('click.ts:4');
    // Behind the line stand the rules that had nothing to say, which are more in each version.
    const [answer, rest] = page.text.split('\n---\n');
    expect(answer).toMatchSnapshot();
    expect(rest).toContain('Rests also on save.ts.');
  });

  test('opens a file in editors that open documents, and removes it at the end', async () => {
    const { folder, client } = await edit(project, { showsDocuments: true, stops: false });
    const file = folder.file('click.ts');
    await client.open(file);
    await client.execute('asynclint.explain', client.document(file).uri, 3);
    const [shown] = client.shown;
    expect(shown).toMatch(/why%20click\.ts%204\.txt$/);
    const path = fileURLToPath(shown ?? '');
    expect(await readFile(path, 'utf8')).toMatch(/^click\.ts:4 {2}1 finding: floating-promise\n/);
    await client.stop();
    await expect(readFile(path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('goes to the log in editors that do not', async () => {
    const { folder, client } = await edit(project);
    const file = folder.file('click.ts');
    await client.open(file);
    await client.execute('asynclint.explain', client.document(file).uri, 3);
    expect(client.shown).toEqual([]);
    expect(client.log.join('\n')).toContain('click.ts:4  1 finding: floating-promise');
  });

  test("is left to our own extension's command and page", async () => {
    const { folder, client } = await edit(project);
    const { client: ours } = await edit({}, { folders: [folder.path], ...docs(folder.path), showsDocuments: true });
    const file = folder.file('click.ts');
    await ours.open(file);
    const action = await ours.action(file, 'save(1)', 'Explain this line');
    expect(action.command).toMatchObject({ command: 'asynclint.explainLine', arguments: [ours.document(file).uri, 3] });
    await ours.execute('asynclint.explain', ours.document(file).uri, 3);
    expect(ours.shown).toEqual([]);
    expect(client.shown).toEqual([]);
  });

  test('has nothing to say of documents that are not open', async () => {
    const { folder, client } = await edit(project);
    expect(await client.execute('asynclint.explain', `file://${folder.file('click.ts')}`, 3)).toBeNull();
  });
});

interface Page {
  readonly title: string;
  readonly text: string;
}
