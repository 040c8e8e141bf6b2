import * as vscode from 'vscode';
import { registerCommands } from './commands.ts';
import { Server } from './server.ts';
import { needsNewServer } from './settings.ts';
import { createStatusItem } from './status-item.ts';

let running: Server | undefined;

/** Called by VS Code once, when a linted file is opened. It does not wait for the server, so that it never holds up others. */
export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel('asynclint', { log: true });
  const status = createStatusItem();
  const server = new Server(context, output, status);
  running = server;
  context.subscriptions.push(output, status);
  registerCommands(context, server, status, output);
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (needsNewServer(event)) void server.restart();
    }),
  );
  // `start` owns its own failures: they are logged and shown.
  void server.start();
}

/** Called by VS Code when the window closes or the extension goes; VS Code waits for the promise. */
export async function deactivate(): Promise<void> {
  await running?.stop();
}
