import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import { configFileName } from '../engine/config.ts';
import { basename, dirname, join } from '../typescript/paths.ts';
import { configDiagnostic } from './diagnostics.ts';
import type { ServerContext } from './server-context.ts';

/**
 * Shows the mistakes of config files in these files: of those that are open, and of those that hold for what is
 * linted. A tsconfig that does not parse is shown likewise. They are always sent, also to clients that ask for
 * diagnostics, because these ask about programs only.
 */
export class ConfigDiagnostics {
  readonly #context: ServerContext;
  readonly #sent = new Map<string, string>();
  #again = false;
  #running: Promise<void> | undefined;

  constructor(context: ServerContext) {
    this.#context = context;
  }

  /** Looks again. Calls that come while it looks are one more look. */
  refresh(): void {
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  async #run(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      try {
        await this.#send(await this.#collect());
      } catch (error) {
        this.#context.log.error('The config files could not be checked', error);
      }
    }
  }

  async #collect(): Promise<ReadonlyMap<string, readonly Diagnostic[]>> {
    const { documents, settings, linter, analysis } = this.#context;
    const found = new Map<string, Diagnostic[]>();
    const seen = new Set<string>();
    const add = (file: string, diagnostic: Diagnostic): void => {
      const key = `${file} ${JSON.stringify(diagnostic)}`;
      if (seen.has(key)) return;
      seen.add(key);
      found.set(file, [...(found.get(file) ?? []), diagnostic]);
    };
    const open = documents.all().map(({ path }) => path);
    const rootFiles = settings.folders.map((folder) => join(folder.path, '_.ts'));
    for (const path of [...open, ...rootFiles]) {
      const isConfig = basename(path) === configFileName;
      const configFile = isConfig ? path : settings.configFileFor(path);
      const { problems } = await linter.config(join(dirname(path), '_.ts'), { configFile });
      for (const problem of problems) add(problem.file, configDiagnostic(problem));
    }
    for (const path of open) {
      for (const note of analysis.last(path)?.result.notes ?? []) {
        if (note.level === 'error' && note.file?.endsWith('.json')) add(note.file, atTheTop(note.text));
      }
    }
    return found;
  }

  async #send(found: ReadonlyMap<string, readonly Diagnostic[]>): Promise<void> {
    const { connection, documents } = this.#context;
    for (const path of new Set([...this.#sent.keys(), ...found.keys()])) {
      const diagnostics = found.get(path) ?? [];
      const text = JSON.stringify(diagnostics);
      if (this.#sent.get(path) === text) continue;
      if (diagnostics.length === 0) this.#sent.delete(path);
      else this.#sent.set(path, text);
      await connection.sendDiagnostics({ uri: documents.uriOf(path), diagnostics: [...diagnostics] });
    }
  }
}

function atTheTop(message: string): Diagnostic {
  const start = { line: 0, character: 0 };
  return { range: { start, end: start }, severity: DiagnosticSeverity.Error, source: 'asynclint', message };
}
