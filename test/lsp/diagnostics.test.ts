import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  DiagnosticSeverity,
  DiagnosticTag,
  DocumentDiagnosticRequest,
  LSPErrorCodes,
  PublishDiagnosticsNotification,
  ResponseError,
} from 'vscode-languageserver-protocol/node';
import { inShort, until, uriOf } from './support/client.ts';
import { edit, saveAndClick } from './support/projects.ts';

describe('a diagnostic', () => {
  test('has everything that editors show', async () => {
    const { folder, client } = await edit({ ...saveAndClick, 'docs/floating-promise.md': '# A page' });
    const docs = pathToFileURL(folder.file('docs')).href;
    const { client: other } = await edit(saveAndClick, { initializationOptions: { docs } });
    const file = folder.file('click.ts');
    await client.open(file);
    const [diagnostic, ...rest] = await client.diagnostics(file);
    expect(rest).toEqual([]);
    expect(diagnostic).toMatchObject({
      range: { start: { line: 5, character: 2 }, end: { line: 5, character: 9 } },
      severity: DiagnosticSeverity.Warning,
      source: 'asynclint',
      code: 'floating-promise',
      message: '`save(1)` is dropped: if it rejects, nobody will know',
      relatedInformation: [
        { location: { uri: uriOf(folder.file('save.ts')), range: { start: { line: 1 } } }, message: 'can throw here' },
      ],
      data: { rule: 'floating-promise', key: 'dropped', version: 1 },
    });
    await other.open(file);
    expect((await other.diagnostics(file))[0]?.codeDescription).toEqual({ href: `${docs}/floating-promise.md` });
  });

  test('about text that does nothing is faded', async () => {
    const { folder, client } = await edit({ 'a.ts': '// asynclint-disable-next-line floating-promise\nexport {};\n' });
    await client.open(folder.file('a.ts'));
    const [diagnostic] = await client.diagnostics(folder.file('a.ts'));
    expect(diagnostic).toMatchObject({
      code: 'unused-directive',
      severity: DiagnosticSeverity.Information,
      tags: [DiagnosticTag.Unnecessary],
    });
  });

  test('counts in UTF-16 units, with any line ends', async () => {
    const { folder, client } = await edit(saveAndClick);
    const text = "import { save } from './save';\r\nexport function f() {\r  '😀𝒳é'; save(1);\n}\r\n";
    await folder.write('odd.ts', text);
    await client.open(folder.file('odd.ts'));
    const [diagnostic] = await client.diagnostics(folder.file('odd.ts'));
    expect(diagnostic?.range).toEqual({ start: { line: 2, character: 11 }, end: { line: 2, character: 18 } });
  });

  test('is not given for files that nobody here can mend', async () => {
    const text = 'async function f() {}\nexport function g() { f(); Promise.reject(1); }\n';
    const { folder, client } = await edit({
      'node_modules/p/index.js': text,
      'a.min.js': text,
      'a.d.ts': text,
      'a.js': text,
    });
    const found = async (name: string) => {
      await client.open(folder.file(name));
      return (await client.found(folder.file(name))).length;
    };
    expect(await found('a.js')).toBeGreaterThan(0);
    expect(await found('node_modules/p/index.js')).toBe(0);
    expect(await found('a.min.js')).toBe(0);
    expect(await found('a.d.ts')).toBe(0);
  });
});

describe('an edit', () => {
  test('lets the client ask again about the documents that depend on it, and only then', async () => {
    const { folder, client } = await edit(saveAndClick);
    const [click, save] = [folder.file('click.ts'), folder.file('save.ts')];
    await client.open(click);
    await client.open(save);
    await client.untilFound(click, ['floating-promise 6']);
    await client.untilFound(save, []);
    const before = client.refreshes;
    await client.replace(
      save,
      'export async function save(id: number): Promise<void> {',
      'export function save(id: number) {',
    );
    await until('a refresh', () => client.refreshes > before || undefined);
    expect(await client.found(click)).toEqual([]);
    const after = client.refreshes;
    await client.replace(save, "'no id'", "'no id at all'");
    await client.diagnostics(save);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(client.refreshes).toBe(after);
  });

  test('of a type that appears lets names resolve in documents that did not depend on the file', async () => {
    const { folder, client } = await edit({ ...saveAndClick, 'save.ts': 'export {};\n' }, { pulls: false });
    const [click, save] = [folder.file('click.ts'), folder.file('save.ts')];
    await client.open(click);
    await client.open(save);
    await client.untilFound(click, []);
    await client.replace(
      save,
      'export {};',
      'export async function save(id: number) { if (id < 0) throw new Error(); }',
    );
    await client.untilFound(click, ['floating-promise 6']);
  });

  test('of another document does not spoil an answer that has not changed', async () => {
    const { folder, client } = await edit(saveAndClick);
    const file = folder.file('click.ts');
    await client.open(file);
    const ask = (previousResultId?: string) =>
      client.connection.sendRequest(DocumentDiagnosticRequest.type, {
        textDocument: { uri: uriOf(file) },
        ...(previousResultId !== undefined && { previousResultId }),
      });
    const first = await ask();
    expect(first.kind).toBe('full');
    await client.open(folder.file('save.ts'));
    await client.replace(folder.file('save.ts'), "'no id'", "'NO ID'");
    expect(await ask(first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
  });
});

describe('while somebody types', () => {
  const lines = 40;
  /** Each edit puts a line at the top: the finding of version n is in line 5 + n. */
  const lineOf = (version: number): number => 5 + version - 1;

  test('every answer is for the version that was asked about', async () => {
    const { folder, client } = await edit(saveAndClick);
    const file = folder.file('click.ts');
    await client.open(file);
    const start = { line: 0, character: 0 };
    const asked: Promise<'answered' | 'cancelled'>[] = [];
    for (let count = 0; count < lines; count++) {
      const version = client.version(file);
      asked.push(
        client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: uriOf(file) } }).then(
          (report) => {
            const [diagnostic] = report.kind === 'full' ? report.items : [];
            expect(diagnostic?.range.start.line).toBe(lineOf(version));
            return 'answered';
          },
          (error: unknown) => {
            if (!(error instanceof ResponseError)) throw error;
            expect(error.code).toBe(LSPErrorCodes.ServerCancelled);
            expect(error.data).toEqual({ retriggerRequest: true });
            return 'cancelled';
          },
        ),
      );
      await client.change(file, [{ range: { start, end: start }, newText: '//\n' }]);
      await new Promise((resolve) => setTimeout(resolve, count % 7 === 0 ? 150 : 5));
    }
    const outcomes = await Promise.all(asked);
    expect(outcomes).toContain('answered');
    expect(outcomes).toContain('cancelled');
    expect((await client.diagnostics(file))[0]?.range.start.line).toBe(lineOf(lines + 1));
  });

  test('everything that is sent is for the version that it names', async () => {
    const { folder, client } = await edit(saveAndClick, { pulls: false });
    const file = folder.file('click.ts');
    const wrong: string[] = [];
    let sent = 0;
    let last: number | undefined;
    client.connection.onNotification(PublishDiagnosticsNotification.type, ({ version, diagnostics }) => {
      sent++;
      last = version;
      for (const diagnostic of diagnostics) {
        if (diagnostic.range.start.line !== lineOf(version ?? 0)) wrong.push(`${version} ${inShort(diagnostic)}`);
      }
    });
    await client.open(file);
    const start = { line: 0, character: 0 };
    for (let count = 0; count < lines; count++) {
      await client.change(file, [{ range: { start, end: start }, newText: '//\n' }]);
      await new Promise((resolve) => setTimeout(resolve, count % 7 === 0 ? 150 : 5));
    }
    // A slow machine lints few of the versions in between, and the last one in any case.
    await until('the last version is linted', () => last === client.version(file) || undefined);
    expect(wrong).toEqual([]);
    expect(sent).toBeLessThan(lines);
  });

  test('with "run": "onSave", nothing is linted before it is saved', async () => {
    const { folder, client } = await edit(saveAndClick, { pulls: false, settings: { run: 'onSave' } });
    const file = folder.file('click.ts');
    await client.open(file);
    await client.untilFound(file, ['floating-promise 6']);
    await client.replace(file, 'save(1);', 'void save(1);');
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(client.published(file)).toHaveLength(1);
    await client.save(file);
    await client.untilFound(file, []);
  });
});
