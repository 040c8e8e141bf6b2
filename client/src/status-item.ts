import * as vscode from 'vscode';
import { configDocuments, lintedDocuments } from './languages.ts';
import type { ServerStatus } from './protocol.ts';
import { statusText } from './status-text.ts';

/** The entry in VS Code's language status menu: engine, TypeScript, tsconfig, config file, last run. */
export interface StatusItem extends vscode.Disposable {
  show(status: ServerStatus): void;
  /** What is shown now, for the diagnostic report. */
  readonly current: ServerStatus;
}

/** Creates the status item; it speaks of the documents that are linted and of the config file. */
export function createStatusItem(): StatusItem {
  const item = vscode.languages.createLanguageStatusItem('asynclint.status', [...lintedDocuments, ...configDocuments]);
  item.name = 'asynclint';
  let current: ServerStatus = { state: 'starting', typescriptVersion: '' };
  const show = (status: ServerStatus) => {
    current = status;
    const { text, detail } = statusText(status, vscode.l10n.t, (path) => vscode.workspace.asRelativePath(path));
    item.text = text;
    item.detail = detail;
    item.busy = status.state === 'starting' || status.state === 'busy';
    item.severity =
      status.state === 'stopped' ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    item.command = commandFor(status);
  };
  show(current);
  return {
    show,
    get current() {
      return current;
    },
    dispose: () => item.dispose(),
  };
}

/** One click leads to what helps most: the report of a stopped server, the config in force, or else the log. */
function commandFor(status: ServerStatus): vscode.Command {
  if (status.state === 'stopped') {
    return { command: 'asynclint.copyReport', title: vscode.l10n.t('Copy diagnostic report') };
  }
  if (status.config !== undefined) {
    return {
      command: 'vscode.open',
      title: vscode.l10n.t('Open config file'),
      arguments: [vscode.Uri.file(status.config)],
    };
  }
  return { command: 'asynclint.showOutput', title: vscode.l10n.t('Show output') };
}
