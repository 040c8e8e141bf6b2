import { describe, expect, test } from 'vitest';
import { CodeActionTriggerKind } from 'vscode-languageserver-protocol';
import { typeErrors } from '../e2e/support/compile.ts';
import { edit, type Session } from './support/projects.ts';

const tsconfig = JSON.stringify({
  compilerOptions: {
    strict: true,
    exactOptionalPropertyTypes: true,
    target: 'es2023',
    module: 'nodenext',
    types: [],
    noEmit: true,
    allowImportingTsExtensions: true,
  },
});
const project: Readonly<Record<string, string>> = {
  'tsconfig.json': tsconfig,
  'src/http.ts': `export interface ReadOptions {
  readonly retries?: number;
}

export async function readText(url: string, options: ReadOptions = {}): Promise<string> {
  const response = await fetch(url, { method: options.retries === 0 ? 'HEAD' : 'GET' });
  return response.text();
}

export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
`,
  'src/load.ts': `import { pause } from './http.ts';

/** Loads a page. */
export async function load(url: string, depth = 1): Promise<string> {
  await pause(depth);
  const response = await fetch(url);
  const more = await Promise.all([1, 2].map(async (page) => fetch(\`\${url}?\${page}\`)));
  return \`\${await response.text()}\${more.length}\`;
}
`,
  'src/pages.ts': `import { load } from './load.ts';

export async function first(urls: readonly string[], signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  return await load(urls[0] ?? '');
}

export async function second(urls: readonly string[]): Promise<string> {
  return await load(urls[1] ?? '', 2);
}

export const loaders = { load };
`,
};

const title = (name: string) => `Make \`${name}\` cancellable`;
const offered = async ({ client, folder }: Session, file: string, at: string, only?: readonly string[]) =>
  (await client.actions(folder.file(file), at, only)).map((action) => action.title);

describe('Make cancellable', () => {
  test('is offered in async functions that call what could be stopped, to those who ask', async () => {
    const session = await edit({
      ...project,
      'src/others.ts': `import { pause } from './http.ts';

export async function hasOne(signal: AbortSignal) { await pause(1, signal); await pause(2); }
export async function callsNothing(count: number) { await Promise.resolve(count); }
export function isPlain() { return pause(3); }
export async function rest(...times: number[]) { await pause(times.length); }
export async function around(signal: AbortSignal) { await Promise.all([4].map(async (time) => pause(time))); signal.throwIfAborted(); }
export const arrow = async () => pause(5);
export class Timer { async wait() { await pause(6); } }
[7].forEach(async (time) => { await pause(time); });
`,
    });
    const { client, folder } = session;
    for (const file of ['src/load.ts', 'src/others.ts']) await client.open(folder.file(file));
    expect(await offered(session, 'src/load.ts', 'load(url')).toContain(title('load'));
    expect(await offered(session, 'src/load.ts', 'fetch(url)')).toContain(title('load'));
    expect(await offered(session, 'src/load.ts', 'load(url', ['refactor'])).toEqual([title('load')]);
    expect(await offered(session, 'src/load.ts', 'load(url', ['refactor.rewrite'])).toEqual([title('load')]);
    expect(await offered(session, 'src/load.ts', 'load(url', ['quickfix'])).toEqual([]);
    expect(await offered(session, 'src/load.ts', 'load(url', ['refactor.extract'])).toEqual([]);
    const byItself = await client.actions(
      folder.file('src/load.ts'),
      'load(url',
      undefined,
      CodeActionTriggerKind.Automatic,
    );
    expect(byItself.map((action) => action.title)).not.toContain(title('load'));
    for (const at of ['hasOne', 'callsNothing', 'isPlain', 'rest', 'async (time) => pause', 'async (time) => {'])
      expect(await offered(session, 'src/others.ts', at, ['refactor']), at).toEqual([]);
    expect(await offered(session, 'src/others.ts', 'arrow', ['refactor'])).toEqual([title('arrow')]);
    expect(await offered(session, 'src/others.ts', 'wait()', ['refactor'])).toEqual([title('wait')]);
  });

  test('gives the function a signal, passes it on, and has those who have one pass theirs, in all files', async () => {
    const session = await edit(project, { annotations: true });
    const { client, folder } = session;
    for (const file of ['src/load.ts', 'src/pages.ts']) await client.open(folder.file(file));
    const action = await client.resolve(await client.action(folder.file('src/load.ts'), 'load(url', title('load')));
    expect(Object.values(action.edit?.changeAnnotations ?? {}).map(({ label }) => label)).toEqual([
      '`load` takes a signal',
      '`load` passes it on',
      'Callers pass the signal that they have to `load`',
    ]);
    expect(Object.values(action.edit?.changeAnnotations ?? {}).every((each) => each.needsConfirmation)).toBe(true);
    await client.apply(action);
    expect(client.text(folder.file('src/load.ts'))).toBe(`import { pause } from './http.ts';

/** Loads a page. */
export async function load(url: string, depth = 1, signal?: AbortSignal): Promise<string> {
  await pause(depth, signal);
  const response = await fetch(url, { ...(signal && { signal }) });
  const more = await Promise.all([1, 2].map(async (page) => fetch(\`\${url}?\${page}\`, { ...(signal && { signal }) })));
  return \`\${await response.text()}\${more.length}\`;
}
`);
    const pages = client.text(folder.file('src/pages.ts'));
    expect(pages).toContain("return await load(urls[0] ?? '', undefined, signal);");
    expect(pages).toContain("return await load(urls[1] ?? '', 2);");
    await compiles(session, ['src/load.ts', 'src/pages.ts']);
    expect(await offered(session, 'src/load.ts', 'load(url', ['refactor'])).toEqual([]);
  });

  test('leads it over functions between, and leaves alone those who have none to pass', async () => {
    const session = await edit({
      ...project,
      'src/pages.ts': `import { load } from './load.ts';

export async function both(urls: readonly string[]): Promise<string[]> {
  return await Promise.all(urls.map((url) => load(url)));
}

export async function alone(): Promise<string> {
  return await load('alone');
}

export class Store {
  async load(url: string): Promise<string> {
    return url;
  }

  async any(): Promise<string> {
    return await this.load('any');
  }
}
`,
      'src/site.ts': `import { both } from './pages.ts';

export async function site(signal: AbortSignal): Promise<number> {
  signal.throwIfAborted();
  return (await both(['a', 'b'])).length;
}
`,
    });
    const { client, folder } = session;
    for (const file of ['src/load.ts', 'src/pages.ts', 'src/site.ts']) await client.open(folder.file(file));
    await client.apply(await client.action(folder.file('src/load.ts'), 'load(url', title('load')));
    const pages = client.text(folder.file('src/pages.ts'));
    expect(pages).toContain('both(urls: readonly string[], signal?: AbortSignal): Promise<string[]> {');
    expect(pages).toContain('urls.map((url) => load(url, undefined, signal))');
    expect(pages).toContain("alone(): Promise<string> {\n  return await load('alone');");
    expect(pages).toContain("return await this.load('any');");
    expect(client.text(folder.file('src/site.ts'))).toContain("(await both(['a', 'b'], signal)).length");
    await compiles(session, ['src/load.ts', 'src/pages.ts', 'src/site.ts']);
  });

  test('adds it to an object of options, whose interface is in the project', async () => {
    const session = await edit(project);
    const { client, folder } = session;
    const file = folder.file('src/http.ts');
    await client.open(file);
    await client.apply(await client.action(file, 'readText', title('readText')));
    expect(client.text(file)).toContain('  readonly retries?: number;\n  readonly signal?: AbortSignal;\n}');
    expect(client.text(file)).toMatch(/fetch\(url, \{ method: .*options\??\.signal.* \}\)/);
    await compiles(session, ['src/http.ts']);
  });

  test.each([
    [
      'a pattern',
      'export async function get({ url, depth }: { url: string; depth: number }) {',
      '{ url, depth, signal }: { url: string; depth: number; signal?: AbortSignal }',
    ],
    [
      'a pattern with a rest',
      'export async function get({ url, ...rest }: { url: string; depth?: number }) {',
      '{ url, signal, ...rest }',
    ],
    ['no parameter', 'const url = "x";\nexport async function get() {', 'get(signal?: AbortSignal) {'],
    [
      'type parameters',
      'const url = "x";\nexport async function get<T extends string>(of: T) {',
      '(of: T, signal?: AbortSignal)',
    ],
    [
      'parameters on lines',
      'export async function get(\n  url: string,\n  depth: number,\n) {',
      '\n  depth: number,\n  signal?: AbortSignal,\n)',
    ],
    [
      'a name that is taken',
      'export async function get(url: string) {\n  const signal = 1;\n  console.log(signal);',
      '(url: string, abortSignal?: AbortSignal)',
    ],
    [
      'an options type on one line',
      'type Options = { url: string };\nexport async function get(options: Options) {\n  const { url } = options;',
      'type Options = { url: string; signal?: AbortSignal };',
    ],
  ])('fits %s', async (_, head, expected) => {
    const session = await edit({
      'tsconfig.json': tsconfig,
      'src/a.ts': `${head}\n  const response = await fetch(url);\n  return response.ok;\n}\n`,
    });
    const { client, folder } = session;
    const file = folder.file('src/a.ts');
    await client.open(file);
    await client.apply(await client.action(file, 'fetch(url)', title('get')));
    expect(client.text(file)).toContain(expected);
    expect(client.text(file)).toMatch(/fetch\(url, \{.*[sS]ignal.*\}\)/);
    await compiles(session, ['src/a.ts']);
  });

  test('works in JavaScript, without types', async () => {
    const session = await edit({
      'package.json': '{}',
      'a.js': "export const get = async id => {\n  return await fetch('/get', { body: id });\n};\n",
    });
    const { client, folder } = session;
    const file = folder.file('a.js');
    await client.open(file);
    await client.apply(await client.action(file, 'fetch(', title('get')));
    expect(client.text(file)).toBe(
      "export const get = async (id, signal) => {\n  return await fetch('/get', { body: id, signal });\n};\n",
    );
  });

  test('is refused, with the reason, where the function could not be used as it is', async () => {
    const session = await edit({
      ...project,
      'src/map.ts': "import { load } from './load.ts';\n\nexport const all = ['a'].map(load);\n",
    });
    const { client, folder } = session;
    const file = folder.file('src/load.ts');
    await client.open(file);
    const action = await client.action(file, 'load(url', title('load'));
    await expect(client.resolve(action)).rejects.toThrow(
      /^With a signal `load` would not compile: Argument of type .*map\.ts\)$/,
    );
    expect(client.text(file)).toBe(project['src/load.ts']);

    const whole = await edit(
      { ...project, 'src/map.ts': "import { load } from './load.ts';\n\nexport const all = ['a'].map(load);\n" },
      { resolves: false },
    );
    await whole.client.open(whole.folder.file('src/load.ts'));
    const titles = await offered(whole, 'src/load.ts', 'load(url');
    expect(titles).not.toContain(title('load'));
  });

  test('is for the text that it was offered for', async () => {
    const { client, folder } = await edit(project);
    const file = folder.file('src/load.ts');
    await client.open(file);
    const action = await client.action(file, 'load(url', title('load'));
    await client.replace(file, '/** Loads a page. */', '/** Loads one page. */');
    await expect(client.resolve(action)).rejects.toMatchObject({ code: -32801 });
  });
});

async function compiles({ client, folder }: Session, files: readonly string[]): Promise<void> {
  for (const file of files) await client.save(folder.file(file));
  expect(await typeErrors(folder.path)).toEqual([]);
}
