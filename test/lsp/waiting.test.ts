import { describe, expect, test } from 'vitest';
import { until } from './support/client.ts';
import { edit, type Session } from './support/projects.ts';

const project: Readonly<Record<string, string>> = {
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "target": "es2023", "module": "nodenext", "types": [] } }',
  'store.ts': `export async function save(id: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  if (id < 0) throw new Error('no id');
  await fetch('/save', signal ? { signal } : {});
}

export async function calm(): Promise<number> {
  return 1;
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
`,
  'counter.ts': `import { calm, pause, save } from './store';

export class Counter {
  private total = 0;
  private last = 0;

  async add(amount: number, signal: AbortSignal): Promise<void> {
    const before = this.total;
    this.last = amount;
    await save(amount);
    this.total = before + amount;
    await save(amount, signal);
    await pause(10);
    await calm();
  }

  later(): number {
    const saved = save(1).catch(() => undefined);
    void saved;
    return Math.max(this.total, this.last);
  }
}
`,
};

async function opened(settings: Record<string, unknown> = {}): Promise<Session & { readonly file: string }> {
  const session = await edit(project, { settings });
  const file = session.folder.file('counter.ts');
  await session.client.open(file);
  return { ...session, file };
}

describe('hovers', () => {
  test('on an `await` say whether it waits, where it rejects, what becomes of the signal, and what is used on both sides', async () => {
    const { client, file } = await opened();
    const shown = await client.hover(file, 'await save(amount);');
    const [text] = (shown ?? '').split('\n\n---\n\n').slice(-1);
    expect(withoutFolders(text)).toMatchInlineSnapshot(`
      "**Waits here until it settles: other tasks run meanwhile**

      - *rejects*: it can throw here · [store.ts:3](store.ts#L3) \`throw new Error('no id');\`
      - *handled*: nowhere in the async method \`add\`: its own promise rejects
      - *signal*: \`signal\` is in scope and is not passed on; it could be, as argument 2 · [counter.ts:7](counter.ts#L7)
      - *shared*: \`this.total\` is read before it and written after it · [counter.ts:8](counter.ts#L8) · [counter.ts:11](counter.ts#L11)"
    `);
  });

  test('say when the signal is passed on, and when nothing is used on both sides', async () => {
    const { client, file } = await opened();
    const shown = withoutFolders(await client.hover(file, 'await save(amount, signal)'));
    expect(shown).toContain('- *signal*: it is given one');
    expect(shown).not.toContain('*shared*');
  });

  test('say how long it waits', async () => {
    const { client, file } = await opened();
    expect(await client.hover(file, 'await pause')).toContain(
      '**Waits here until a timer ends: other tasks run meanwhile**',
    );
    expect(await client.hover(file, 'await calm')).toContain('**Waits here, only for promises that are settled');
    expect(await client.hover(file, 'await calm')).toContain('- *rejects*: never');
  });

  test('on the name of a call that gives a promise say that it does not wait, and where it first does', async () => {
    const { client, file } = await opened();
    const shown = withoutFolders(await client.hover(file, 'save(1)'));
    expect(shown).toContain('**Gives a promise, and does not wait here**');
    expect(shown).toContain(
      "- *suspends*: first here · [store.ts:4](store.ts#L4) `await fetch('/save', signal ? { signal } : {})`",
    );
    expect(shown).toContain('- *signal*: it could take one as argument 2; none is in scope');
    expect(await client.hover(file, 'max(')).toBeUndefined();
    expect(await client.hover(file, 'const before')).toBeUndefined();
  });

  test('follow another file as it is typed', async () => {
    const { client, file, folder } = await opened();
    const store = folder.file('store.ts');
    await client.open(store);
    expect(await client.hover(file, 'await calm')).toContain('*rejects*: never');
    await client.replace(store, 'return 1;', "if (Math.random() > 0.5) throw new Error('odd');\n  return 1;");
    expect(withoutFolders(await client.hover(file, 'await calm'))).toContain(
      '- *rejects*: it can throw here · [store.ts:8]',
    );
  });
});

describe('hints', () => {
  const written = async ({ client, file }: Awaited<ReturnType<typeof opened>>): Promise<readonly string[]> => {
    const lines = client.text(file).split('\n');
    return (await client.hints(file)).map(({ position: { line, character }, label }) => {
      const text = lines[line] ?? '';
      return `${text.slice(0, character)}«${label}»${text.slice(character)}`.trim();
    });
  };

  test('are off until the setting says otherwise, and follow it', async () => {
    const session = await opened();
    expect(await written(session)).toEqual([]);
    const before = session.client.hintRefreshes;
    await session.client.configure({ inlayHints: 'on' });
    await until('the server says that hints are others', () => session.client.hintRefreshes > before || undefined);
    expect(await written(session)).not.toEqual([]);
    await session.client.configure({ inlayHints: 'sometimes' });
    await until('no hints', async () => (await written(session)).length === 0 || undefined);
  });

  test('number the suspension points, and mark calls that could take the signal in scope', async () => {
    const session = await opened({ inlayHints: 'on' });
    expect(await written(session)).toEqual([
      '«⏸1»await save(amount);',
      'await save(amount«, signal?»);',
      '«⏸2»await save(amount, signal);',
      '«⏸3»await pause(10);',
      '«⏸4»await calm();',
    ]);
    const { client, file } = session;
    const [, signal] = await client.hints(file);
    expect(signal?.tooltip).toMatchObject({ value: '`save` could take `signal`, which is in scope.' });
    await client.change(file, signal?.textEdits ?? []);
    expect(client.text(file)).toContain('await save(amount, signal);\n    this.total');
    expect((await written(session)).filter((line) => line.includes('signal?'))).toEqual([]);
  });

  test('are given for the part of a file that is asked for', async () => {
    const { client, file } = await opened({ inlayHints: 'on' });
    const document = client.document(file);
    const start = document.positionAt(client.text(file).indexOf('await pause'));
    const hints = await client.hints(file, { start, end: { line: start.line, character: 40 } });
    expect(hints.map(({ label }) => label)).toEqual(['⏸3']);
  });
});

/** Links without the folder of the test. */
function withoutFolders(text: string | undefined): string {
  return (text ?? '').replaceAll(/file:[^)#]*\//g, '');
}
