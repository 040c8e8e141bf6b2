import { describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc';
import {
  type Diagnostic,
  FileChangeType,
  ProgressType,
  WorkDoneProgressCancelNotification,
  type WorkspaceDiagnosticReportPartialResult,
  WorkspaceDiagnosticRequest,
} from 'vscode-languageserver-protocol';
import { type Client, inShort, until, uriOf } from './support/client.ts';
import { edit, saveAndClick } from './support/projects.ts';

const many: Readonly<Record<string, string>> = {
  ...saveAndClick,
  ...Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`more/${index}.ts`, saveAndClick['save.ts'] ?? ''])),
  'other.ts': saveAndClick['click.ts'] ?? '',
};

/** Keeps a workspace request open, as VS Code does, and gathers what it brings. */
function listen(client: Client): { found(file: string): string[] | undefined; stop(): Promise<unknown> } {
  const reports = new Map<string, Diagnostic[]>();
  const token = `workspace-${Math.random()}`;
  const take = ({ items }: WorkspaceDiagnosticReportPartialResult): void => {
    for (const item of items) if (item.kind === 'full') reports.set(item.uri, item.items);
  };
  client.connection.onProgress(new ProgressType<WorkspaceDiagnosticReportPartialResult>(), token, take);
  const cancel = new CancellationTokenSource();
  const request = client.connection
    .sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [], partialResultToken: token }, cancel.token)
    .catch((error: unknown) => error);
  return {
    found: (file) => reports.get(uriOf(file))?.map(inShort),
    stop: () => {
      cancel.cancel();
      return request;
    },
  };
}

describe('the scope `workspace`', () => {
  test('brings the findings of files that are not open, and keeps them when a file is closed', async () => {
    const { folder, client } = await edit(many, { settings: { scope: 'workspace' } });
    const [click, other] = [folder.file('click.ts'), folder.file('other.ts')];
    const workspace = listen(client);
    await until('both files are reported', () => (workspace.found(click) && workspace.found(other) ? true : undefined));
    expect(workspace.found(click)).toEqual(['floating-promise 6']);
    expect(workspace.found(folder.file('more/1.ts'))).toBeUndefined();
    await client.open(click);
    await client.replace(click, 'save(1);', '// First\n  save(1);');
    expect(await client.found(click)).toEqual(['floating-promise 7']);
    await client.save(click);
    await client.close(click);
    await until('the saved text is reported', () => workspace.found(click)?.[0] === 'floating-promise 7' || undefined);
    await client.configure({ scope: 'open' });
    await until(
      'they are taken away',
      () => (workspace.found(click)?.length === 0 && workspace.found(other)?.length === 0) || undefined,
    );
    expect(await workspace.stop()).toMatchObject({ code: -32800 });
  });

  test('follows edits of the files that they depend on, and files that come and go', async () => {
    const { folder, client } = await edit(many, { settings: { scope: 'workspace' } });
    const [click, save] = [folder.file('click.ts'), folder.file('save.ts')];
    const workspace = listen(client);
    await until('the file is reported', () => workspace.found(click));
    await client.open(save);
    await client.replace(
      save,
      'export async function save(id: number): Promise<void> {',
      'export function save(id: number) {',
    );
    await until('the finding is gone', () => workspace.found(click)?.length === 0 || undefined);
    const added = await folder.write('added.ts', "Promise.reject(new Error('no'));\n");
    await client.watched(added, FileChangeType.Created);
    await until('the new file is reported', () => (workspace.found(added)?.length ?? 0) > 0 || undefined);
    await folder.remove('added.ts');
    await client.watched(added, FileChangeType.Deleted);
    await until('the file is gone', () => workspace.found(added)?.length === 0 || undefined);
    await workspace.stop();
  });

  test('lets names resolve in closed files once the file that now exports them is saved', async () => {
    const files = { ...saveAndClick, 'save.ts': 'export {};\n' };
    const { folder, client } = await edit(files, { pulls: false, settings: { scope: 'workspace' } });
    const save = folder.file('save.ts');
    await client.open(save);
    await client.untilFound(folder.file('click.ts'), []);
    await client.replace(
      save,
      'export {};',
      'export async function save(id: number) { if (id < 0) throw new Error(); }',
    );
    await client.save(save);
    await client.untilFound(folder.file('click.ts'), ['floating-promise 6']);
  });

  test('shows its progress', async () => {
    const begun: string[] = [];
    await edit(many, { settings: { scope: 'workspace' }, onProgress: (value) => void begun.push(value.kind) });
    await until('the pass ends', () => begun.includes('end') || undefined);
    expect(begun[0]).toBe('begin');
    expect(begun.filter((kind) => kind === 'report').length).toBeGreaterThan(1);
  });

  test('can be cancelled, and begins again when something changes', async () => {
    const files: Record<string, string> = { ...many };
    for (let index = 0; index < 300; index++) files[`most/${index}.ts`] = saveAndClick['save.ts'] ?? '';
    let progress: string | number | undefined;
    let ended = 0;
    const { folder, client } = await edit(files, {
      settings: { scope: 'workspace' },
      onProgress: (value, token) => {
        if (value.kind === 'begin') progress = token;
        if (value.kind === 'end') ended++;
      },
    });
    const token = await until('the pass begins', () => progress);
    await client.connection.sendNotification(WorkDoneProgressCancelNotification.type, { token });
    await until('the pass ends', () => ended > 0 || undefined);
    const kept = async () => Number(/results kept: (\d+)/.exec(await client.report())?.[1]);
    // What is in flight is finished; then nothing more is begun.
    const rest = await until('it rests', async () => {
      const before = await kept();
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return (await kept()) === before ? before : undefined;
    });
    expect(rest).toBeLessThan(300);
    await client.watched(await folder.write('added.ts', 'export {};\n'), FileChangeType.Created);
    await until('everything is linted', async () => (await kept()) > 330 || undefined);
  });

  test('is answered at once when it is done, to those who take no partial results', async () => {
    const { folder, client } = await edit(many, { settings: { scope: 'workspace' } });
    const { items } = await client.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
    expect(items.map(({ uri }) => uri).sort()).toEqual([
      uriOf(folder.file('click.ts')),
      uriOf(folder.file('other.ts')),
    ]);
    expect(items.map(({ version }) => version)).toEqual([null, null]);
  });

  test('is answered where there is nothing to lint', async () => {
    const { client } = await edit({ 'README.md': '' }, { settings: { scope: 'workspace' } });
    const params = { previousResultIds: [] };
    expect(await client.connection.sendRequest(WorkspaceDiagnosticRequest.type, params)).toEqual({ items: [] });
  });

  test('is sent to clients that do not ask', async () => {
    const { folder, client } = await edit(many, { pulls: false, settings: { scope: 'workspace' } });
    const click = folder.file('click.ts');
    await client.untilFound(click, ['floating-promise 6']);
    await client.untilFound(folder.file('other.ts'), ['floating-promise 6']);
    await client.configure({ scope: 'open' });
    await client.untilFound(click, []);
  });
});

describe('the scope `open`', () => {
  test('brings nothing of other files until the command asks for them', async () => {
    const { folder, client } = await edit(many, { pulls: false });
    const [click, other] = [folder.file('click.ts'), folder.file('other.ts')];
    await client.open(click);
    await client.untilFound(click, ['floating-promise 6']);
    await client.close(click);
    await client.untilFound(click, []);
    expect(client.published(other)).toBeUndefined();
    await client.execute('asynclint.lintWorkspace');
    await client.untilFound(other, ['floating-promise 6']);
    await client.untilFound(click, ['floating-promise 6']);
  });
});
