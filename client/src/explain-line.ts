import * as vscode from 'vscode';
import { ExecuteCommandRequest } from 'vscode-languageclient/node';
import { type ExplanationPage, serverCommands } from './protocol.ts';
import type { Server } from './server.ts';

const scheme = 'asynclint';

/** Shows what the server knows of a line, as a page beside the editor that nobody can change. */
export class LineExplainer implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #server: Server;
  readonly #pages = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  readonly onDidChange = this.#changed.event;

  constructor(server: Server) {
    this.#server = server;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#pages.get(uri.path) ?? '';
  }

  /** @param line zero-based; without arguments the line of the cursor is meant */
  async explain(uri?: unknown, line?: unknown): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const document = typeof uri === 'string' ? uri : editor?.document.uri.toString();
    const at = typeof line === 'number' ? line : editor?.selection.active.line;
    if (document === undefined || at === undefined) return say(vscode.l10n.t('asynclint: no line to explain'));
    const { client } = this.#server;
    if (client === undefined) return say(vscode.l10n.t('asynclint: the server is not running'));
    const asked = { command: serverCommands.explain, arguments: [document, at] };
    try {
      const page: ExplanationPage | null = await client.sendRequest(ExecuteCommandRequest.type, asked);
      if (page === null) return say(vscode.l10n.t('asynclint: no line to explain'));
      await this.#show(page);
    } catch {
      // The text changed faster than it could be looked at, or the server ended: the status item tells the latter.
      say(vscode.l10n.t('asynclint: the line could not be explained'));
    }
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  async #show({ title, text }: ExplanationPage): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${title}.md` });
    this.#pages.set(uri.path, text);
    this.#changed.fire(uri);
    try {
      await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
    } catch {
      // VS Code's Markdown extension can be switched off; the page reads well as text too.
      await vscode.commands.executeCommand('vscode.open', uri, vscode.ViewColumn.Beside);
    }
  }
}

function say(text: string): void {
  vscode.window.setStatusBarMessage(text, 5000);
}
