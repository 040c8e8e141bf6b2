import * as vscode from 'vscode';
import { configDocuments, lintedDocuments } from './languages.ts';
import type { ServerStatus } from './protocol.ts';
import { engineText, projectText } from './status-text.ts';

/** Two entries in VS Code's language status menu: the engine, and what decides about the file (config, tsconfig). */
export interface StatusItem extends vscode.Disposable {
  show(status: ServerStatus): void;
  /** What is shown now, for the diagnostic report. */
  readonly current: ServerStatus;
}

/** Creates the entries; they are there for documents that are linted and for the config file. */
export function createStatusItem(): StatusItem {
  const selector = [...lintedDocuments, ...configDocuments];
  const engine = vscode.languages.createLanguageStatusItem('asynclint.engine', selector);
  engine.name = 'asynclint';
  let project: vscode.LanguageStatusItem | undefined;
  let current: ServerStatus = { state: 'starting', typescriptVersion: '' };
  const show = (status: ServerStatus) => {
    current = status;
    Object.assign(engine, engineText(status, vscode.l10n.t));
    engine.busy = status.state === 'starting' || status.state === 'busy';
    engine.severity =
      status.state === 'stopped' ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    engine.command = engineCommand(status);
    // Before the first run nothing is known about the project, and after the last one nothing is true.
    if (status.lastRunMilliseconds === undefined || status.state === 'stopped') {
      project?.dispose();
      project = undefined;
      return;
    }
    project ??= vscode.languages.createLanguageStatusItem('asynclint.project', selector);
    project.name = vscode.l10n.t('asynclint config');
    Object.assign(
      project,
      projectText(status, vscode.l10n.t, (path) => vscode.workspace.asRelativePath(path)),
    );
    project.command = projectCommand(status);
  };
  show(current);
  return {
    show,
    get current() {
      return current;
    },
    dispose() {
      engine.dispose();
      project?.dispose();
    },
  };
}

/** One click leads to what helps most: the report of a stopped server, or else the log. */
function engineCommand(status: ServerStatus): vscode.Command {
  return status.state === 'stopped'
    ? { command: 'asynclint.copyReport', title: vscode.l10n.t('Copy diagnostic report') }
    : { command: 'asynclint.showOutput', title: vscode.l10n.t('Show output') };
}

function projectCommand({ config, tsconfig }: ServerStatus): vscode.Command | undefined {
  const file = config ?? tsconfig;
  if (file === undefined) return undefined;
  const title = config === undefined ? vscode.l10n.t('Open tsconfig') : vscode.l10n.t('Open config file');
  return { command: 'vscode.open', title, arguments: [vscode.Uri.file(file)] };
}
