import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { FileChangeType } from 'vscode-languageserver-protocol';
import type { TemporaryFolder } from '../../harness/temporary-folder.ts';
import { type Client, until, uriOf } from './client.ts';
import type { Step } from './scenario.ts';

/** Carries out the steps of one scenario in one editor. */
export class Player {
  readonly #client: Client;
  readonly #folder: TemporaryFolder;
  readonly #isUpdate: boolean;
  readonly #open = new Set<string>();
  /** What the expectations should have said, where they are to be rewritten. */
  readonly updates = new Map<Step, string>();

  constructor(client: Client, folder: TemporaryFolder, isUpdate: boolean) {
    this.#client = client;
    this.#folder = folder;
    this.#isUpdate = isUpdate;
  }

  async play(step: Step): Promise<void> {
    const action = this.#actions[step.verb];
    if (!action) throw new Error(`Line ${step.line}: nobody knows how to ${step.verb}.`);
    try {
      await action(step);
    } catch (error) {
      throw new Error(`Line ${step.line}, ${step.verb} ${step.subject}: ${(error as Error).message}`, { cause: error });
    }
  }

  readonly #actions: Readonly<Record<string, (step: Step) => Promise<void>>> = {
    write: async ({ subject, body }) => {
      const isNew = !existsSync(this.#file(subject));
      await this.#folder.write(subject, body);
      await this.#client.watched(this.#file(subject), isNew ? FileChangeType.Created : FileChangeType.Changed);
    },
    delete: async ({ subject }) => {
      await this.#folder.remove(subject);
      await this.#client.watched(this.#file(subject), FileChangeType.Deleted);
    },
    open: async ({ subject }) => {
      this.#open.add(subject);
      await this.#client.open(this.#file(subject));
    },
    edit: async ({ subject, body }) => {
      const lines = (sign: string): string =>
        body
          .split('\n')
          .filter((line) => line.startsWith(sign))
          .map((line) => line.slice(1))
          .join('\n');
      await this.#client.replace(this.#file(subject), lines('-'), lines('+'));
    },
    save: ({ subject }) => this.#client.save(this.#file(subject)),
    close: async ({ subject }) => {
      this.#open.delete(subject);
      await this.#client.close(this.#file(subject));
    },
    settings: ({ body }) => this.#client.configure(JSON.parse(body)),
    command: async ({ subject, body }) => {
      await this.#client.execute(
        subject,
        ...body
          .trim()
          .split('\n')
          .filter(Boolean)
          .map((file) => uriOf(this.#file(file))),
      );
    },
    apply: async ({ subject, body }) => {
      const title = /^"(.*)"$/.exec(subject)?.[1];
      if (title === undefined) throw new Error('The title stands in quotes.');
      const { file, at } = place(body);
      const pattern = new RegExp(`^${title.split('…').map(escaped).join('.*')}`);
      const only = title.startsWith('Fix all safe') ? ['source.fixAll'] : undefined;
      await this.#client.apply(await this.#client.action(this.#file(file), at, pattern, only));
    },
    'expect diagnostics': async (step) => {
      const see = async (): Promise<string> => {
        const lines: string[] = [];
        for (const file of [...this.#open].filter((each) => !each.endsWith('.jsonc')).sort()) {
          for (const diagnostic of await this.#diagnostics(file)) lines.push(...this.#describe(file, diagnostic));
        }
        return lines.length === 0 ? 'none\n' : `${lines.join('\n')}\n`;
      };
      await this.#expect(step, see);
    },
    'expect actions': async (step) => {
      const [first = '', ...titles] = step.body.trimEnd().split('\n');
      const { file, at } = place(first);
      const offered = await this.#client.actions(this.#file(file), at);
      const seen = offered.map((action) => `${action.isPreferred ? '*' : '-'} ${action.title}`);
      await this.#expect({ ...step, body: titles.join('\n') }, async () => seen.join('\n'), `${first}\n`, step);
    },
    'expect hover': async (step) => {
      const [first = '', ...expected] = step.body.trimEnd().split('\n');
      const { file, at } = place(first);
      const hover = (await this.#client.hover(this.#file(file), at)) ?? 'nothing';
      // The addresses of pages and files depend on where the checkout and the workspace are.
      const seen = hover.replace(/\[([\w.:-]+)\]\(file:[^)]*\)/g, '$1');
      await this.#expect({ ...step, body: expected.join('\n') }, async () => seen, `${first}\n`, step);
    },
    'expect file': async (step) => {
      await this.#expect(step, async () => {
        if (this.#open.has(step.subject)) return this.#client.text(this.#file(step.subject));
        return readFile(this.#file(step.subject), 'utf8');
      });
    },
    'expect config': async (step) => {
      await this.#expect(step, async () => {
        const found = this.#client.published(this.#file(step.subject)) ?? [];
        const lines = found.map(
          ({ range, message }) => `${range.start.line + 1}:${range.start.character + 1} ${message}`,
        );
        return `${lines.join('\n') || 'none'}\n`;
      });
    },
  };

  /** What an editor shows: it asks, or it was told. What it was told for another version would be shown as well. */
  async #diagnostics(file: string): Promise<readonly Diagnostic[]> {
    return this.#client.diagnostics(this.#file(file));
  }

  async #expect(step: Step, see: () => Promise<string>, head = '', original = step): Promise<void> {
    if (this.#isUpdate) {
      await new Promise((resolve) => setTimeout(resolve, 800));
      const seen = await see();
      this.updates.set(original, `${head}${seen}${seen.endsWith('\n') ? '' : '\n'}`);
      return;
    }
    let seen = '';
    await until(
      () => `expected\n${step.body}\nbut saw\n${seen}`,
      async () => {
        seen = await see();
        return seen === step.body || undefined;
      },
    );
  }

  #describe(file: string, { range, severity, code, relatedInformation = [] }: Diagnostic): readonly string[] {
    const name = ['', 'error', 'warning', 'information'][severity ?? 0];
    const related = relatedInformation.map(
      ({ location, message }) => `  ${location.uri.split('/').at(-1)}:${location.range.start.line + 1} ${message}`,
    );
    return [`${file}:${range.start.line + 1}:${range.start.character + 1} ${name} ${code}`, ...related];
  }

  #file(relative: string): string {
    return this.#folder.file(relative);
  }
}

/** `src/a.ts: some text`: a file, and a text that stands in it. */
function place(line: string): { readonly file: string; readonly at: string } {
  const [, file, at] = /^(\S+): (.*)$/.exec(line.trim()) ?? [];
  if (file === undefined || at === undefined) throw new Error(`"${line}" names no place: write "a.ts: text".`);
  return { file, at };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
