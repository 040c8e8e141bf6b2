import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  ApplyWorkspaceEditRequest,
  type ClientCapabilities,
  type CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  type CodeActionTriggerKind,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExecuteCommandRequest,
  ExitNotification,
  FileChangeType,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type InlayHint,
  InlayHintRefreshRequest,
  InlayHintRequest,
  LogMessageNotification,
  LSPErrorCodes,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type Range,
  RegistrationRequest,
  ResponseError,
  ShowDocumentRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  WorkDoneProgress,
  type WorkDoneProgressBegin,
  WorkDoneProgressCreateRequest,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** The built program, as an editor starts it. `npm test` builds it first. */
export const cli = process.env['ASYNCLINT_CLI'] ?? fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

export interface ClientOptions {
  /** Absolute paths of the workspace folders. */
  readonly folders: readonly string[];
  /** Asks for diagnostics, as VS Code does; else they are sent, as to older editors. */
  readonly pulls?: boolean;
  /** Settings of the section `asynclint`, by folder or for all. */
  readonly settings?: Record<string, unknown>;
  /** Can place the cursor in an edit. */
  readonly snippets?: boolean;
  /** Fetches the edit of a code action when it is chosen. */
  readonly resolves?: boolean;
  readonly documentChanges?: boolean;
  /** Shows what an edit is for, and asks before it is applied. */
  readonly annotations?: boolean;
  readonly initializationOptions?: unknown;
  /** Opens documents that the server names. */
  readonly showsDocuments?: boolean;
  /** Can do nothing but show diagnostics. */
  readonly bare?: boolean;
  /** What the client says that it can do, instead of all that follows from the other options. */
  readonly capabilities?: ClientCapabilities;
  /** Called with each step of the server's own progress. */
  readonly onProgress?: (
    value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd,
    token: string | number,
  ) => void;
  /** The program to run instead of the built one. */
  readonly cli?: string;
  /** What Node itself is told as it starts the server. */
  readonly nodeArguments?: readonly string[];
  /** Where results are kept. */
  readonly cache?: string;
  /** The process that the server is to outlive by little. */
  readonly processId?: number | null;
}

/** What a status notification carries. */
export interface Status {
  readonly state: string;
  readonly message?: string;
  readonly typescriptVersion: string;
  readonly tsconfig?: string;
  readonly config?: string;
  readonly findings?: number;
  readonly lastRunMilliseconds?: number;
}

const milliseconds = 30_000;

/** An editor without a face: a real client of the protocol over the server's stdin and stdout. */
export class Client {
  readonly connection: ProtocolConnection;
  readonly server: ChildProcess;
  readonly #options: ClientOptions;
  readonly #documents = new Map<string, TextDocument>();
  readonly #published = new Map<string, { version: number | undefined; diagnostics: Diagnostic[] }>();
  readonly statuses: Status[] = [];
  readonly log: string[] = [];
  readonly registered: string[] = [];
  /** The URIs that the server had opened. */
  readonly shown: string[] = [];
  readonly exited: Promise<number | null>;
  initialized!: InitializeResult;
  settings: Record<string, unknown>;
  refreshes = 0;
  /** How often the server said that hints are others now. */
  hintRefreshes = 0;
  #stderr = '';

  private constructor(options: ClientOptions) {
    this.#options = options;
    this.settings = options.settings ?? {};
    this.server = spawn(process.execPath, [...(options.nodeArguments ?? []), options.cli ?? cli, 'lsp', '--stdio'], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...(options.cache !== undefined && { XDG_CACHE_HOME: options.cache }) },
    });
    const { stdin, stdout, stderr } = this.server;
    if (!stdin || !stdout || !stderr) throw new Error('The server has no pipes.');
    stderr.on('data', (chunk: Buffer) => {
      this.#stderr += chunk.toString();
    });
    this.exited = new Promise((resolve) => this.server.once('exit', resolve));
    this.connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    stdin.on('error', () => undefined); // A server that is killed in a test breaks the pipe.
  }

  static async start(options: ClientOptions): Promise<Client> {
    const client = new Client(options);
    client.#listen();
    client.initialized = await client.connection.sendRequest(InitializeRequest.type, {
      processId: options.processId === undefined ? process.pid : options.processId,
      rootUri: null,
      workspaceFolders: options.folders.map((folder) => ({ uri: uriOf(folder), name: path.basename(folder) })),
      capabilities: client.#capabilities(),
      initializationOptions: options.initializationOptions,
    });
    await client.connection.sendNotification(InitializedNotification.type, {});
    return client;
  }

  /** The text of an open document. */
  text(file: string): string {
    return this.document(file).getText();
  }

  version(file: string): number {
    return this.document(file).version;
  }

  document(file: string): TextDocument {
    const document = this.#documents.get(uriOf(file));
    if (!document) throw new Error(`${file} is not open.`);
    return document;
  }

  /** Opens a file with its text on disk, or with another one. */
  async open(file: string, text?: string, languageId = languageOf(file)): Promise<void> {
    const content = text ?? (await readFile(file, 'utf8'));
    const document = TextDocument.create(uriOf(file), languageId, 1, content);
    this.#documents.set(document.uri, document);
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: document.uri, languageId, version: 1, text: content },
    });
  }

  /** Replaces the only occurrence of `before`. */
  async replace(file: string, before: string, after: string): Promise<void> {
    const text = this.text(file);
    const start = text.indexOf(before);
    if (start < 0 || text.indexOf(before, start + 1) >= 0) throw new Error(`${before} is not there exactly once.`);
    const document = this.document(file);
    const range = { start: document.positionAt(start), end: document.positionAt(start + before.length) };
    await this.change(file, [{ range, newText: after }]);
  }

  async change(file: string, edits: readonly TextEdit[]): Promise<void> {
    const document = this.document(file);
    // Later edits first, so that the positions of the earlier ones stay right.
    const changes = [...edits]
      .sort((a, b) => document.offsetAt(b.range.start) - document.offsetAt(a.range.start))
      .map(({ range, newText }) => ({ range, text: newText }));
    TextDocument.update(document, changes, document.version + 1);
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: document.uri, version: document.version },
      contentChanges: changes,
    });
  }

  /** Writes the text to disk and says so, as an editor and its watcher do. */
  async save(file: string): Promise<void> {
    await writeFile(file, this.text(file));
    await this.connection.sendNotification(DidSaveTextDocumentNotification.type, {
      textDocument: { uri: uriOf(file) },
    });
    await this.watched(file, FileChangeType.Changed);
  }

  async close(file: string): Promise<void> {
    this.#documents.delete(uriOf(file));
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: uriOf(file) },
    });
  }

  watched(file: string, type: FileChangeType): Promise<void> {
    return this.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: uriOf(file), type }],
    });
  }

  configure(settings: Record<string, unknown>): Promise<void> {
    this.settings = settings;
    return this.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  }

  changeFolders(added: readonly string[], removed: readonly string[]): Promise<void> {
    const folder = (file: string) => ({ uri: uriOf(file), name: path.basename(file) });
    return this.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
      event: { added: added.map(folder), removed: removed.map(folder) },
    });
  }

  /** The diagnostics of the current version of a document. */
  async diagnostics(file: string): Promise<Diagnostic[]> {
    if (!this.#options.pulls) {
      const { version } = this.document(file);
      return until(`diagnostics of version ${version} of ${file}`, () => {
        const published = this.#published.get(uriOf(file));
        return published?.version === version ? published.diagnostics : undefined;
      });
    }
    for (;;) {
      try {
        const report = await this.connection.sendRequest(DocumentDiagnosticRequest.type, {
          textDocument: { uri: uriOf(file) },
        });
        if (report.kind !== 'full') throw new Error('A full report was asked for.');
        return report.items;
      } catch (error) {
        if (!(error instanceof ResponseError) || error.code !== LSPErrorCodes.ServerCancelled) throw error;
      }
    }
  }

  /** What was sent about a file last, without asking. */
  published(file: string): Diagnostic[] | undefined {
    return this.#published.get(uriOf(file))?.diagnostics;
  }

  /** The version for which something was sent last. */
  publishedVersion(file: string): number | undefined {
    return this.#published.get(uriOf(file))?.version;
  }

  /** The rules and the lines (from 1) of what is found: `floating-promise 4`. */
  async found(file: string): Promise<string[]> {
    return (await this.diagnostics(file)).map(inShort);
  }

  /** Waits until a document has exactly these findings. The client asks again whenever the server says so. */
  async untilFound(file: string, expected: readonly string[]): Promise<void> {
    let last: string[] = [];
    await until(
      () => `${path.basename(file)} has ${JSON.stringify(expected)}; it has ${JSON.stringify(last)}`,
      async () => {
        last = this.#options.pulls ? await this.found(file) : (this.published(file) ?? []).map(inShort);
        return JSON.stringify(last) === JSON.stringify(expected) || undefined;
      },
    );
  }

  /** The code actions on the only occurrence of a text. */
  async actions(
    file: string,
    at: string,
    only?: readonly string[],
    triggerKind?: CodeActionTriggerKind,
  ): Promise<CodeAction[]> {
    const document = this.document(file);
    const start = document.getText().indexOf(at);
    if (start < 0) throw new Error(`${at} is not in ${file}.`);
    const range = { start: document.positionAt(start), end: document.positionAt(start + at.length) };
    const context = { diagnostics: [], ...(only && { only: [...only] }), ...(triggerKind && { triggerKind }) };
    const actions = await this.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: document.uri },
      range,
      context,
    });
    return (actions ?? []).filter((action): action is CodeAction => !('arguments' in action));
  }

  async action(file: string, at: string, title: string | RegExp, only?: readonly string[]): Promise<CodeAction> {
    const actions = await this.actions(file, at, only);
    const found = actions.find((action) =>
      typeof title === 'string' ? action.title === title : title.test(action.title),
    );
    if (!found) throw new Error(`There is no action ${title} but ${actions.map((each) => each.title).join(' · ')}`);
    return found;
  }

  /** Chooses an action: fetches its edit and applies it. */
  async apply(action: CodeAction): Promise<void> {
    const resolved = action.edit ? action : await this.resolve(action);
    if (!resolved.edit) throw new Error(`The action ${action.title} has no edit.`);
    await this.applyEdit(resolved.edit);
  }

  resolve(action: CodeAction): Promise<CodeAction> {
    return this.connection.sendRequest(CodeActionResolveRequest.type, action);
  }

  /** Applies an edit as an editor does: it refuses one that is for another version of a document. */
  async applyEdit({ changes, documentChanges }: WorkspaceEdit): Promise<void> {
    for (const [uri, edits] of Object.entries(changes ?? {})) await this.#applyTo(uri, edits);
    for (const change of documentChanges ?? []) {
      if (!('textDocument' in change)) throw new Error('Only text is changed here.');
      const { uri, version } = change.textDocument;
      const open = this.#documents.get(uri);
      if ((open?.version ?? null) !== version) throw new Error(`The edit is for version ${version} of ${uri}.`);
      await this.#applyTo(
        uri,
        change.edits.map((edit) =>
          'snippet' in edit ? { range: edit.range, newText: plain(edit.snippet.value) } : (edit as TextEdit),
        ),
      );
    }
  }

  async hover(file: string, at: string): Promise<string | undefined> {
    const document = this.document(file);
    const position = document.positionAt(document.getText().indexOf(at));
    const hover = await this.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: document.uri },
      position,
    });
    return hover ? (hover.contents as { value: string }).value : undefined;
  }

  /** The hints of a document or of a part of it. */
  async hints(file: string, part?: Range): Promise<InlayHint[]> {
    const document = this.document(file);
    const whole = { start: { line: 0, character: 0 }, end: document.positionAt(document.getText().length) };
    const range = part ?? whole;
    const found = await this.connection.sendRequest(InlayHintRequest.type, {
      textDocument: { uri: document.uri },
      range,
    });
    return found ?? [];
  }

  execute(command: string, ...given: unknown[]): Promise<unknown> {
    return this.connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: given });
  }

  async report(fresh = false): Promise<string> {
    const { text } = await this.connection.sendRequest<{ text: string }>('asynclint/report', { fresh });
    return text;
  }

  /** The process id of the native compiler. */
  async compilerPid(): Promise<number> {
    return until('the compiler runs', async () => {
      const pid = /process (\d+)/.exec(await this.report())?.[1];
      return pid === undefined ? undefined : Number(pid);
    });
  }

  untilStatus(what: string, test: (status: Status) => boolean): Promise<Status> {
    return until(`the status says ${what}; it is ${JSON.stringify(this.statuses.at(-1))}`, () => {
      const last = this.statuses.at(-1);
      return last && test(last) ? last : undefined;
    });
  }

  /** Ends the server as the protocol has it, and checks that it went well. */
  async stop(): Promise<void> {
    if (this.server.exitCode !== null || this.server.signalCode !== null) return;
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    const code = await this.exited;
    this.connection.dispose();
    if (code !== 0 || this.#stderr !== '') throw new Error(`The server ended with ${code}: ${this.#stderr}`);
  }

  #listen(): void {
    const { connection } = this;
    connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version, diagnostics }) => {
      this.#published.set(uri, { version, diagnostics });
    });
    connection.onNotification('asynclint/status', (status: Status) => void this.statuses.push(status));
    connection.onNotification(LogMessageNotification.type, ({ message }) => void this.log.push(message));
    connection.onRequest(DiagnosticRefreshRequest.type, () => {
      this.refreshes++;
    });
    connection.onRequest(InlayHintRefreshRequest.type, () => {
      this.hintRefreshes++;
    });
    connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      this.registered.push(...registrations.map(({ method }) => method));
    });
    connection.onRequest(ShowDocumentRequest.type, ({ uri }) => {
      this.shown.push(uri);
      return { success: true };
    });
    connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
      connection.onProgress(WorkDoneProgress.type, token, (value) => this.#options.onProgress?.(value, token));
    });
    connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => this.settings));
    connection.onRequest(ApplyWorkspaceEditRequest.type, async ({ edit }) => {
      await this.applyEdit(edit);
      return { applied: true };
    });
    connection.listen();
  }

  async #applyTo(uri: string, edits: readonly TextEdit[]): Promise<void> {
    const file = this.#documents.has(uri) && !uri.startsWith('file:') ? uri : fileURLToPath(uri);
    if (this.#documents.has(uri)) return this.change(file, edits);
    const text = await readFile(file, 'utf8');
    await writeFile(file, TextDocument.applyEdits(TextDocument.create(uri, '', 1, text), [...edits]));
    await this.watched(file, FileChangeType.Changed);
  }

  #capabilities(): ClientCapabilities {
    const experimental = { asynclintStatus: true };
    if (this.#options.capabilities) return this.#options.capabilities;
    if (this.#options.bare) return { experimental };
    const { pulls, snippets = false, resolves = true, documentChanges = true, showsDocuments = false } = this.#options;
    const { annotations = false } = this.#options;
    return {
      experimental,
      general: { positionEncodings: ['utf-16'] },
      window: { workDoneProgress: true, ...(showsDocuments && { showDocument: { support: true } }) },
      workspace: {
        configuration: true,
        workspaceFolders: true,
        inlayHint: { refreshSupport: true },
        applyEdit: true,
        workspaceEdit: {
          documentChanges,
          snippetEditSupport: snippets,
          ...(annotations && { changeAnnotationSupport: {} }),
        },
        didChangeWatchedFiles: { dynamicRegistration: true },
        didChangeConfiguration: { dynamicRegistration: true },
        ...(pulls && { diagnostics: { refreshSupport: true } }),
      },
      textDocument: {
        ...(pulls && { diagnostic: { dynamicRegistration: false, relatedDocumentSupport: false } }),
        publishDiagnostics: { relatedInformation: true, versionSupport: true },
        codeAction: {
          codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source', 'source.fixAll'] } },
          dataSupport: true,
          isPreferredSupport: true,
          ...(resolves && { resolveSupport: { properties: ['edit'] } }),
        },
      },
    };
  }
}

/** The URI of a path; a URI stays what it is. */
export function uriOf(file: string): string {
  return /^[a-z-]+:/.test(file) ? file : pathToFileURL(file).href;
}

export function inShort({ code, range }: { readonly code?: unknown; readonly range: Range }): string {
  return `${code} ${range.start.line + 1}`;
}

/** Asks again and again until there is an answer. */
export async function until<T>(
  what: string | (() => string),
  probe: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + milliseconds;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    if (performance.now() > end)
      throw new Error(`Not within ${milliseconds} ms: ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function languageOf(file: string): string {
  if (/\.tsx$/.test(file)) return 'typescriptreact';
  if (/\.[cm]?ts$/.test(file)) return 'typescript';
  if (/\.jsx$/.test(file)) return 'javascriptreact';
  return /\.[cm]?js$/.test(file) ? 'javascript' : 'jsonc';
}

/** The text of a snippet, with the place of the cursor left out. */
function plain(snippet: string): string {
  return snippet.replace(/(?<!\\)\$0/, '').replaceAll(/\\([\\$}])/g, '$1');
}
