import type { ExtensionContext, LogOutputChannel } from 'vscode';
import { Uri, workspace } from 'vscode';
import {
  CloseAction,
  DiagnosticPullMode,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import type { CrashGuard } from './crash-guard.ts';
import { configDocuments, lintedDocuments } from './languages.ts';
import { readSettings } from './settings.ts';

/**
 * A language client that never interrupts: what went wrong stands in the log and in the status item.
 * The library's own client shows a notification for a failed start whatever its options say.
 */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
  override warn(message: string, data?: unknown): void {
    super.warn(message, data, false);
  }
  override info(message: string, data?: unknown): void {
    super.info(message, data, false);
  }
}

/** Makes the client of one server process. `gaveUp` is called when the server died too often to start it again. */
export function createLanguageClient(
  context: ExtensionContext,
  output: LogOutputChannel,
  crashes: CrashGuard,
  gaveUp: () => void,
): LanguageClient {
  return new QuietClient(
    'asynclint',
    'asynclint',
    serverOptions(context),
    clientOptions(context, output, crashes, gaveUp),
  );
}

function serverOptions(context: ExtensionContext): ServerOptions {
  const { maxMemory } = readSettings();
  const run = {
    module: context.asAbsolutePath('dist/server.js'),
    transport: TransportKind.ipc,
    options: {
      execArgv: [`--max-old-space-size=${maxMemory}`],
      // The native compiler inherits this: Go's collector works harder as its heap comes near the limit.
      env: { GOMEMLIMIT: `${maxMemory}MiB` },
    },
  };
  return { run, debug: { ...run, options: { ...run.options, execArgv: [...run.options.execArgv, '--inspect=6019'] } } };
}

function clientOptions(
  context: ExtensionContext,
  output: LogOutputChannel,
  crashes: CrashGuard,
  gaveUp: () => void,
): LanguageClientOptions {
  return {
    documentSelector: [...lintedDocuments, ...configDocuments],
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: () => ({
      docs: Uri.joinPath(context.extensionUri, 'docs', 'rules').toString(),
      settings: workspace.getConfiguration('asynclint'),
    }),
    initializationFailedHandler: () => false,
    errorHandler: errorHandler(crashes, gaveUp),
    diagnosticPullOptions: {
      onChange: true,
      onSave: true,
      // `true` leaves the document out of this pull.
      filter: (_document, mode) => mode === DiagnosticPullMode.onType && readSettings().run === 'onSave',
    },
  };
}

function errorHandler(crashes: CrashGuard, gaveUp: () => void): ErrorHandler {
  return {
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: () => {
      if (crashes.crashed() === 'restart') return { action: CloseAction.Restart, handled: true };
      gaveUp();
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}
