import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { interleavingHtml, type PageWords } from './interleaving-html.ts';
import { type InterleavingPage, type Spot, spotsOf } from './interleaving-page.ts';

/** The panel that draws interleavings as lanes: one panel, which shows the last one that was asked for. */
export class InterleavingPanel implements vscode.Disposable {
  readonly #media: vscode.Uri;
  readonly #highlight = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.findMatchHighlightBackground'),
    outline: '1px solid',
    outlineColor: new vscode.ThemeColor('focusBorder'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.findMatchForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
  });
  readonly #changes: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #spots: readonly Spot[] = [];
  /** Whether the text has changed since: positions of another text are worse than none. */
  #isOutdated = false;

  constructor(context: vscode.ExtensionContext) {
    this.#media = vscode.Uri.joinPath(context.extensionUri, 'media', 'interleaving');
    this.#changes = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && this.#spots.some(({ uri }) => isIn(uri, document))) this.#outdated();
    });
  }

  show(page: InterleavingPage): void {
    const panel = this.#panel ?? this.#create();
    this.#spots = spotsOf(page);
    this.#isOutdated = false;
    this.#clear();
    panel.title = page.title;
    const inMedia = (file: string): string =>
      panel.webview.asWebviewUri(vscode.Uri.joinPath(this.#media, file)).toString();
    panel.webview.html = interleavingHtml(page, {
      nonce: randomBytes(18).toString('base64url'),
      script: inMedia('panel.js'),
      style: inMedia('panel.css'),
      words: words(),
    });
    panel.reveal(undefined, false);
  }

  dispose(): void {
    this.#panel?.dispose();
    this.#changes.dispose();
    this.#highlight.dispose();
  }

  #create(): vscode.WebviewPanel {
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false };
    const panel = vscode.window.createWebviewPanel('asynclint.interleaving', 'asynclint', column, {
      enableScripts: true,
      localResourceRoots: [this.#media],
    });
    panel.webview.onDidReceiveMessage((message: unknown) => this.#received(message));
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#spots = [];
      this.#clear();
    });
    this.#panel = panel;
    return panel;
  }

  #received(message: unknown): void {
    const { type, spot: index } = (message ?? {}) as { readonly type?: unknown; readonly spot?: unknown };
    const spot = typeof index === 'number' ? this.#spots[index] : undefined;
    if (type === 'ready' && this.#isOutdated) this.#outdated();
    if (type === 'clear') this.#clear();
    if (type === 'highlight' && spot) this.#mark(spot);
    // A file that is gone since cannot be shown; VS Code says so itself.
    if (type === 'reveal' && spot) reveal(spot).then(undefined, () => undefined);
  }

  #mark(spot: Spot): void {
    this.#clear();
    if (this.#isOutdated) return;
    for (const editor of vscode.window.visibleTextEditors) {
      if (!isIn(spot.uri, editor.document)) continue;
      const range = rangeOf(spot);
      editor.setDecorations(this.#highlight, [range]);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  #clear(): void {
    for (const editor of vscode.window.visibleTextEditors) editor.setDecorations(this.#highlight, []);
  }

  #outdated(): void {
    this.#isOutdated = true;
    this.#clear();
    // A panel that was closed meanwhile cannot be told and need not be; one that is hidden asks when it is shown again.
    this.#panel?.webview.postMessage({ type: 'outdated' }).then(undefined, () => undefined);
  }
}

/** Shows the place in the editor that has its file already, or in the first column. */
async function reveal(spot: Spot): Promise<void> {
  const open = vscode.window.visibleTextEditors.find(({ document }) => isIn(spot.uri, document));
  const viewColumn = open?.viewColumn ?? vscode.ViewColumn.One;
  await vscode.window.showTextDocument(vscode.Uri.parse(spot.uri), { viewColumn, selection: rangeOf(spot) });
}

function rangeOf({ range: { start, end } }: Spot): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Whether a URI as the server writes it names a document. */
function isIn(uri: string, document: vscode.TextDocument): boolean {
  return vscode.Uri.parse(uri).toString() === document.uri.toString();
}

function words(): PageWords {
  return {
    turn: vscode.l10n.t('Turn'),
    step: vscode.l10n.t('Step {0} of {1}, turn {2}'),
    keys: vscode.l10n.t('Arrow keys move through the steps; Enter shows the code.'),
    outcome: vscode.l10n.t('In the end:'),
    evidence: vscode.l10n.t('Both can run at once:'),
    outdated: vscode.l10n.t('The code has changed since this was drawn.'),
  };
}
