import * as vscode from 'vscode';
import { ExecuteCommandRequest } from 'vscode-languageclient/node';
import { spotLinks } from './interleaving-links.ts';
import { type InterleavingPage, spotsOf } from './interleaving-page.ts';
import { InterleavingPanel } from './interleaving-panel.ts';
import { serverCommands } from './protocol.ts';
import type { Server } from './server.ts';

const scheme = 'asynclint-interleaving';

/** Shows how a race comes about: as a text that nobody can change, whose places are links, or as a drawing. */
export class Interleavings implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider {
  readonly #server: Server;
  readonly #panel: InterleavingPanel;
  readonly #pages = new Map<string, InterleavingPage>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;

  constructor(context: vscode.ExtensionContext, server: Server) {
    this.#server = server;
    this.#panel = new InterleavingPanel(context);
    context.subscriptions.push(
      this.#panel,
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.languages.registerDocumentLinkProvider({ scheme }, this),
    );
  }

  /**
   * Opens the text beside the editor.
   * @param uri of the document; without arguments the race at the cursor is meant
   * @param asked a position, or the `data` of a diagnostic
   */
  async open(uri?: unknown, asked?: unknown): Promise<void> {
    const page = await this.#ask(uri, asked);
    if (page) await this.#open(page);
  }

  /** Draws it; the arguments are those of `open`. */
  async draw(uri?: unknown, asked?: unknown): Promise<void> {
    const page = await this.#ask(uri, asked);
    if (page) this.#panel.show(page);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#pages.get(uri.toString())?.text ?? '';
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const page = this.#pages.get(document.uri.toString());
    if (!page) return [];
    return spotLinks(document.getText(), spotsOf(page)).map(({ start, end, spot }) => {
      const { line, character } = spot.range.start;
      const target = vscode.Uri.parse(spot.uri).with({ fragment: `L${line + 1},${character + 1}` });
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      const link = new vscode.DocumentLink(range, target);
      link.tooltip = spot.code;
      return link;
    });
  }

  /** Says so where there is nothing to show. */
  async #ask(uri: unknown, asked: unknown): Promise<InterleavingPage | undefined> {
    const editor = vscode.window.activeTextEditor;
    const { client } = this.#server;
    if (client === undefined) return say(vscode.l10n.t('asynclint: the server is not running'));
    const document = typeof uri === 'string' ? uri : editor?.document.uri.toString();
    const at = asked ?? editor?.selection.active;
    try {
      const page: InterleavingPage | null =
        document === undefined || at === undefined
          ? null
          : await client.sendRequest(ExecuteCommandRequest.type, {
              command: serverCommands.showInterleaving,
              arguments: [document, at],
            });
      return page ?? say(vscode.l10n.t('asynclint: no race is found here'));
    } catch {
      // The text changed faster than it could be looked at, or the server ended: the status item tells the latter.
      return say(vscode.l10n.t('asynclint: the interleaving could not be shown'));
    }
  }

  async #open(page: InterleavingPage): Promise<void> {
    // The query keeps files of one name apart.
    const query = page.tasks.map(({ at }) => at.uri).join(' ');
    const uri = vscode.Uri.from({ scheme, path: `/${page.title}.interleaving`, query });
    this.#pages.set(uri.toString(), page);
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }
}

function say(text: string): undefined {
  vscode.window.setStatusBarMessage(text, 5000);
  return undefined;
}
