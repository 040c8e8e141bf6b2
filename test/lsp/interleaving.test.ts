import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { edit } from './support/projects.ts';

const project = {
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "target": "es2023", "module": "nodenext", "types": [] } }',
  'src/connect.ts': `export interface Connection {
  readonly url: string;
}

export async function connect(url: string): Promise<Connection> {
  await new Promise((resolve) => resolve(url));
  return { url };
}
`,
  'src/pool.ts': `import { type Connection, connect } from './connect';

export class Pool {
  private connection: Connection | undefined;

  async use(url: string): Promise<Connection> {
    if (!this.connection) {
      this.connection = await connect(url);
    }
    return this.connection;
  }
}

export const pool = new Pool();

export function both(): Promise<Connection[]> {
  return Promise.all([pool.use('a'), pool.use('b')]);
}
`,
};
const write = 'this.connection = await connect(url)';

describe('Show interleaving', () => {
  test('is an action on a race, before the explanation of the line', async () => {
    const { folder, client } = await edit(project);
    const file = folder.file('src/pool.ts');
    await client.open(file);
    const [found] = await client.diagnostics(file);
    expect(found?.code).toBe('check-then-act');
    const actions = await client.actions(file, write, ['explain']);
    expect(actions.map(({ title }) => title)).toEqual(['Show interleaving', 'Explain this line']);
    expect(actions[0]).toMatchObject({
      kind: 'explain.asynclint',
      command: {
        command: 'asynclint.showInterleaving',
        arguments: [client.document(file).uri, { rule: 'check-then-act' }],
      },
    });
    const elsewhere = await client.actions(file, 'Promise.all');
    expect(elsewhere.map(({ title }) => title)).not.toContain('Show interleaving');
  });

  test('is a command that answers with a text and with what a drawing needs', async () => {
    const { folder, client } = await edit(project);
    const file = folder.file('src/pool.ts');
    await client.open(file);
    const { uri } = client.document(file);
    const action = await client.action(file, write, 'Show interleaving');
    const page = (await client.execute('asynclint.showInterleaving', ...(action.command?.arguments ?? []))) as Page;
    expect(page.title).toMatch(/^pool\.ts:\d+ check-then-act$/);
    expect(page.text).toMatch(/^turn {2}.* where$/m);
    expect(page.text).toMatch(/^Both can run at once: /m);
    expect(page.text).toMatch(/^ {2}1\. .* \(src\/pool\.ts:7\)$/m);
    expect(page.tasks).toHaveLength(2);
    // The race is the same from both sides: each checks, each waits, each writes.
    for (const task of [0, 1]) {
      const own = page.steps.filter((step) => step.task === task).map(({ kind }) => kind);
      expect(own).toContain('writes');
    }
    const turns = page.steps.map(({ turn }) => turn);
    expect(turns).toEqual([...turns].sort((a, b) => a - b));
    const lines = client.text(file).split('\n');
    for (const { at } of page.steps) {
      expect(at.uri).toBe(uri);
      expect(lines[at.range.start.line]).toContain(at.code.split(' ')[0]);
      expect(at.label).toBe(`src/pool.ts:${at.range.start.line + 1}`);
    }
    expect(page.outcome).not.toBe('');
  });

  test('finds a race by its diagnostic and by a position, in the text as it is typed', async () => {
    const { folder, client } = await edit(project);
    const file = folder.file('src/pool.ts');
    await client.open(file);
    const { uri } = client.document(file);
    const ask = (asked: unknown) => client.execute('asynclint.showInterleaving', uri, asked) as Promise<Page | null>;
    const [before] = await client.diagnostics(file);
    const first = await ask(before?.data);
    expect(await ask(before?.range.start)).toEqual(first);
    // Anywhere on the line will do where no race is nearer.
    expect(await ask({ line: before?.range.start.line, character: 0 })).toEqual(first);

    await client.replace(file, 'export class Pool', '// One for all.\nexport class Pool');
    expect(await ask(before?.data)).toBeNull();
    const [after] = await client.diagnostics(file);
    const second = await ask(after?.data);
    expect(second?.steps.map(({ at }) => at.range.start.line)).toEqual(
      first?.steps.map(({ at }) => at.range.start.line + 1),
    );
    expect(await ask({ line: 0, character: 0 })).toBeNull();
    expect(await ask('nothing')).toBeNull();
    expect(await client.execute('asynclint.showInterleaving', `${uri}x`, { line: 7, character: 8 })).toBeNull();
    await expect(client.execute('asynclint.showInterleaving')).rejects.toThrow('with these arguments');
  });

  test('opens a file in editors that open documents, and else writes to the log', async () => {
    const opening = await edit(project, { showsDocuments: true, stops: false });
    const file = opening.folder.file('src/pool.ts');
    const show = async ({ client }: typeof opening, path: string): Promise<Page> => {
      await client.open(path);
      const [found] = await client.diagnostics(path);
      return (await client.execute('asynclint.showInterleaving', client.document(path).uri, found?.data)) as Page;
    };
    const { text } = await show(opening, file);
    const [shown] = opening.client.shown;
    expect(shown).toMatch(/interleaving%20pool\.ts%20\d+%20check-then-act\.txt$/);
    const path = fileURLToPath(shown ?? '');
    expect(await readFile(path, 'utf8')).toBe(text);
    await opening.client.stop();
    await expect(readFile(path)).rejects.toMatchObject({ code: 'ENOENT' });

    const logging = await edit(project);
    const page = await show(logging, logging.folder.file('src/pool.ts'));
    expect(logging.client.shown).toEqual([]);
    expect(logging.client.log.join('\n')).toContain(page.text);
  });

  test("is left to our own extension's commands, a drawing beside the text", async () => {
    const { folder, client } = await edit(project, {
      showsDocuments: true,
      initializationOptions: { docs: 'file:///' },
    });
    const file = folder.file('src/pool.ts');
    await client.open(file);
    const actions = await client.actions(file, write, ['explain']);
    expect(actions.map(({ title, command }) => [title, command?.command])).toEqual([
      ['Show interleaving', 'asynclint.openInterleaving'],
      ['Draw interleaving', 'asynclint.drawInterleaving'],
      ['Explain this line', 'asynclint.explainLine'],
    ]);
    await client.execute('asynclint.showInterleaving', ...(actions[0]?.command?.arguments ?? []));
    expect(client.shown).toEqual([]);
  });

  test('stands under the finding where its line is explained', async () => {
    const { folder, client } = await edit(project);
    const file = folder.file('src/pool.ts');
    await client.open(file);
    const [found] = await client.diagnostics(file);
    const page = (await client.execute(
      'asynclint.explain',
      client.document(file).uri,
      found?.range.start.line,
    )) as Page;
    expect(page.text).toMatch(/check-then-act: .*\n(?:.*\n)*? {4}turn {2}/);
  });
});

interface Page {
  readonly title: string;
  readonly text: string;
  readonly tasks: readonly { readonly name: string }[];
  readonly steps: readonly {
    readonly task: number;
    readonly turn: number;
    readonly kind: string;
    readonly at: {
      readonly uri: string;
      readonly label: string;
      readonly code: string;
      readonly range: { readonly start: { readonly line: number } };
    };
  }[];
  readonly outcome: string;
}
