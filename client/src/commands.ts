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

/**
 * Registers the commands of the manifest, and those that the walkthrough and code actions call. All of them work, or say
 * why not, whether or not the server runs.
 */
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
  const explainer = new LineExplainer(server);
  const interleavings = new Interleavings(context, server);
  context.subscriptions.push(explainer);
  register('asynclint.explainLine', (uri, line) => explainer.explain(uri, line));
  register('asynclint.openInterleaving', (uri, asked) => interleavings.open(uri, asked));
  register('asynclint.drawInterleaving', (uri, asked) => interleavings.draw(uri, asked));
  register('asynclint.fixAllInFile', async () => {
    const document = vscode.window.activeTextEditor?.document;
    if (document !== undefined) await askServer(server, serverCommands.fixAll, [document.uri.toString()]);
  });
  register('asynclint.checkWorkspace', () => askServer(server, serverCommands.lintWorkspace, []));
  context.subscriptions.push(
    vscode.commands.registerCommand('asynclint.showRule', (rule) => showRule(context, rule)),
    vscode.commands.registerCommand('asynclint.openExample', openExample),
  );
}

async function askServer(server: Server, command: string, args: string[]): Promise<void> {
  if (server.client === undefined) return say(vscode.l10n.t('asynclint: the server is not running'));
  try {
    await server.client.sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
  } catch {
    // The text changed faster than it could be looked at, or the server ended. VS Code would make a pop-up of it.
    say(vscode.l10n.t('asynclint: that could not be done; try again'));
  }
}

function say(text: string): void {
  vscode.window.setStatusBarMessage(text, 5000);
}
