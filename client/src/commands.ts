import * as vscode from 'vscode';
import { ExecuteCommandRequest } from 'vscode-languageclient/node';
import { copyReport } from './diagnostic-report.ts';
import { openExample } from './example.ts';
import { LineExplainer } from './explain-line.ts';
import { Interleavings } from './interleavings.ts';
import { serverCommands } from './protocol.ts';
import { showRule } from './rule-page.ts';
import type { Server } from './server.ts';
import type { StatusItem } from './status-item.ts';

/** Registers the commands of the manifest. All of them work, or say why not, whether or not the server runs. */
export function registerCommands(
  context: vscode.ExtensionContext,
  server: Server,
  status: StatusItem,
  output: vscode.LogOutputChannel,
): void {
  const register = (id: string, run: (...args: unknown[]) => Promise<void>) => {
    context.subscriptions.push(vscode.commands.registerCommand(id, run));
  };
  register('asynclint.restart', () => server.restart());
  register('asynclint.showOutput', async () => output.show());
  register('asynclint.copyReport', () => copyReport(context, server, status, output));
  register('asynclint.showRule', (rule) => showRule(context, rule));
  register('asynclint.openExample', openExample);
  const explainer = new LineExplainer(server);
  context.subscriptions.push(explainer);
  new Interleavings(context, server);
  register('asynclint.explainLine', (uri, line) => explainer.explain(uri, line));
  register('asynclint.fixAllInFile', async () => {
    const document = vscode.window.activeTextEditor?.document;
    if (document !== undefined) await askServer(server, serverCommands.fixAll, [document.uri.toString()]);
  });
  register('asynclint.checkWorkspace', () => askServer(server, serverCommands.lintWorkspace, []));
}

async function askServer(server: Server, command: string, args: string[]): Promise<void> {
  if (server.client === undefined) {
    vscode.window.setStatusBarMessage(vscode.l10n.t('asynclint: the server is not running'), 5000);
    return;
  }
  await server.client.sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
}
