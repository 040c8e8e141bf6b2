import { execFile } from 'node:child_process';
import { cp, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Diagnostic, WorkspaceDiagnosticRequest } from 'vscode-languageserver-protocol';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { Client, cli, uriOf } from './support/client.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** One finding, as both faces tell it. */
interface Told {
  readonly file: string;
  readonly range: Diagnostic['range'];
  readonly rule: string;
  readonly message: string;
  readonly severity: string;
  readonly related: readonly { readonly file: string; readonly range: Diagnostic['range']; readonly message: string }[];
}

/** What a client gets when somebody asks for it, and JSON at once. */
interface Asked extends Told {
  readonly fixes: unknown;
  readonly interleaving?: unknown;
}

async function commandLine(folder: string): Promise<readonly Told[]> {
  const stdout = await new Promise<string>((resolve, reject) => {
    const options = { cwd: folder, maxBuffer: 256 * 1024 * 1024, env: { ...process.env, GITHUB_ACTIONS: '' } };
    execFile(process.execPath, [cli, 'check', '.', '--format', 'json'], options, (error, out, stderr) => {
      if (error && error.code !== 1) reject(new Error(stderr, { cause: error }));
      else resolve(out);
    });
  });
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Asked[] };
  return findings.map(({ fixes: _, interleaving: __, ...told }) => told);
}

function toldIn(folder: string, file: string, diagnostic: Diagnostic): Told {
  const relative = (uri: string): string => decodeURIComponent(uri.slice(uriOf(folder).length + 1));
  return {
    file,
    range: diagnostic.range,
    rule: String(diagnostic.code),
    message: typeof diagnostic.message === 'string' ? diagnostic.message : diagnostic.message.value,
    severity: ['', 'error', 'warning', 'information'][diagnostic.severity ?? 0] ?? '',
    related: (diagnostic.relatedInformation ?? []).map(({ location, message }) => ({
      file: relative(location.uri),
      range: location.range,
      message,
    })),
  };
}

async function wholeWorkspace(folder: string): Promise<readonly Told[]> {
  const client = await Client.start({ folders: [folder], pulls: true, settings: { scope: 'workspace' } });
  const { items } = await client.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
  await client.stop();
  return items.flatMap((item) => {
    const file = decodeURIComponent(item.uri.slice(uriOf(folder).length + 1));
    return item.kind === 'full' ? item.items.map((diagnostic) => toldIn(folder, file, diagnostic)) : [];
  });
}

async function openFiles(folder: string, files: readonly string[]): Promise<readonly Told[]> {
  const client = await Client.start({ folders: [folder], pulls: true });
  for (const file of files) await client.open(path.join(folder, file));
  const told = await Promise.all(
    files.map(async (file) => {
      const diagnostics = await client.diagnostics(path.join(folder, file));
      return diagnostics.map((diagnostic) => toldIn(folder, file, diagnostic));
    }),
  );
  await client.stop();
  return told.flat();
}

function inOrder(told: readonly Told[]): readonly Told[] {
  const key = ({ file, range, rule }: Told): string => `${file} ${JSON.stringify(range)} ${rule}`;
  return [...told].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

describe('editor and command line say the same', () => {
  test('of the examples', async () => {
    const folder = path.join(root, 'examples');
    const expected = inOrder(await commandLine(folder));
    expect(expected.length).toBeGreaterThan(0);
    expect(inOrder(await wholeWorkspace(folder))).toEqual(expected);
    const files = [...new Set(expected.map(({ file }) => file))];
    expect(inOrder(await openFiles(folder, files))).toEqual(expected);
  });

  test('of the fixtures of every rule', async () => {
    await using copy = await temporaryFolder();
    for (const rule of await readdir(path.join(root, 'test/rules'), { withFileTypes: true })) {
      if (rule.isDirectory())
        await cp(path.join(root, 'test/rules', rule.name), copy.file(rule.name), { recursive: true });
    }
    await copy.write(
      'tsconfig.json',
      '{ "compilerOptions": { "strict": true, "allowJs": true, "jsx": "preserve", "target": "es2023", "module": "nodenext" } }',
    );
    await copy.write('asynclint.jsonc', '{ "preset": "all" }');
    const expected = inOrder(await commandLine(copy.path));
    expect(expected.length).toBeGreaterThan(100);
    expect(inOrder(await wholeWorkspace(copy.path))).toEqual(expected);
    const files = [...new Set(expected.map(({ file }) => file))].filter((_, index) => index % 5 === 0);
    const few = inOrder(await openFiles(copy.path, files));
    expect(few).toEqual(expected.filter(({ file }) => files.includes(file)));
  }, 180_000);
});
