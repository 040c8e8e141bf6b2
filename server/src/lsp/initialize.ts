import { type InitializeParams, type InitializeResult, TextDocumentSyncKind } from 'vscode-languageserver/node';
import { clientAbilities } from './client-abilities.ts';
import { codeActionKinds } from './code-actions.ts';
import { commandsFor } from './commands.ts';

/** What the server offers to this client. */
export function initializeResult(params: InitializeParams, version: string): InitializeResult {
  const abilities = clientAbilities(params);
  return {
    serverInfo: { name: 'asynclint', version },
    capabilities: {
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
      ...(abilities.pullsDiagnostics && {
        diagnosticProvider: { identifier: 'asynclint', interFileDependencies: true, workspaceDiagnostics: true },
      }),
      codeActionProvider: abilities.codeActionLiterals
        ? { codeActionKinds: [...codeActionKinds], resolveProvider: abilities.resolvesActionEdits }
        : true,
      hoverProvider: true,
      inlayHintProvider: true,
      executeCommandProvider: { commands: commandsFor(abilities) },
      workspace: {
        workspaceFolders: { supported: true, changeNotifications: true },
        fileOperations: {
          didRename: { filters: [{ scheme: 'file', pattern: { glob: '**' } }] },
          didDelete: { filters: [{ scheme: 'file', pattern: { glob: '**', matches: 'folder' } }] },
        },
      },
    },
  };
}
