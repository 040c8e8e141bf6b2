import * as vscode from 'vscode';
import { reportRequest } from './protocol.ts';
import type { Server } from './server.ts';
import type { StatusItem } from './status-item.ts';

/** Everything that a bug report needs, as text on the clipboard. It names versions and settings, and holds no source code. */
export async function copyReport(
  context: vscode.ExtensionContext,
  server: Server,
  status: StatusItem,
  output: vscode.LogOutputChannel,
): Promise<void> {
  const text = [...aboutTheClient(context, status), '', await aboutTheServer(server)].join('\n');
  await vscode.env.clipboard.writeText(text);
  output.info(`The diagnostic report is on the clipboard.\n${text}`);
  vscode.window.setStatusBarMessage(vscode.l10n.t('asynclint: the diagnostic report is on the clipboard'), 5000);
}

function aboutTheClient(context: vscode.ExtensionContext, status: StatusItem): string[] {
  const manifest = context.extension.packageJSON as { version: string };
  return [
    `asynclint ${manifest.version}`,
    `VS Code ${vscode.version} (${vscode.env.appHost}${vscode.env.remoteName === undefined ? '' : `, remote ${vscode.env.remoteName}`})`,
    `${process.platform}-${process.arch}, extension host on Node ${process.versions.node}`,
    `workspace: ${vscode.workspace.workspaceFolders?.length ?? 0} folders, ${vscode.workspace.isTrusted ? 'trusted' : 'untrusted'}`,
    `settings: ${JSON.stringify(vscode.workspace.getConfiguration('asynclint'))}`,
    `status: ${JSON.stringify(status.current)}`,
  ];
}

async function aboutTheServer(server: Server): Promise<string> {
  if (server.client === undefined) return 'The server is not running.';
  try {
    const { text } = await server.client.sendRequest(reportRequest, {});
    return `server: process ${server.client.serverProcess?.pid}\n${text}`;
  } catch (error) {
    return `The server gave no report: ${String(error)}`;
  }
}
