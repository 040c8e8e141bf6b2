import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import { type CrashGuard, createCrashGuard } from './crash-guard.ts';
import { createLanguageClient } from './language-client.ts';
import { statusNotification } from './protocol.ts';
import { readSettings } from './settings.ts';
import type { StatusItem } from './status-item.ts';

const crashLimit = 5;
const crashWindowMilliseconds = 3 * 60 * 1000;

/**
 * The language server as the extension sees it: one process at most, started and stopped in order.
 * Invariant: two calls never overlap; each waits for the one before it.
 */
export class Server {
  readonly #context: vscode.ExtensionContext;
  readonly #output: vscode.LogOutputChannel;
  readonly #status: StatusItem;
  readonly #crashes: CrashGuard = createCrashGuard(crashLimit, crashWindowMilliseconds, () => performance.now());
  #client: LanguageClient | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(context: vscode.ExtensionContext, output: vscode.LogOutputChannel, status: StatusItem) {
    this.#context = context;
    this.#output = output;
    this.#status = status;
  }

  /** The client of the running server, or undefined. */
  get client(): LanguageClient | undefined {
    return this.#client?.state === State.Running ? this.#client : undefined;
  }

  /** Starts the server, unless it is switched off. A failure is logged and shown in the status item. */
  start(): Promise<void> {
    return this.#inOrder(() => this.#start());
  }

  /** Stops the server and starts another one. */
  restart(): Promise<void> {
    return this.#inOrder(async () => {
      await this.#stop();
      this.#crashes.reset();
      await this.#start();
    });
  }

  /** Stops the server; the returned promise settles once its process has been told. */
  stop(): Promise<void> {
    return this.#inOrder(() => this.#stop());
  }

  #inOrder(step: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(step).catch((error: unknown) => {
      this.#output.error(String(error));
    });
    return this.#last;
  }

  async #start(): Promise<void> {
    if (!readSettings().enable) {
      this.#stopped(vscode.l10n.t('switched off by the setting asynclint.enable'));
      return;
    }
    this.#status.show({ state: 'starting', typescriptVersion: '' });
    const client = createLanguageClient(this.#context, this.#output, this.#crashes, () => {
      this.#stopped(vscode.l10n.t('The server died {0} times in three minutes.', crashLimit));
    });
    this.#client = client;
    client.onNotification(statusNotification, (status) => this.#status.show(status));
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) this.#status.show({ state: 'starting', typescriptVersion: '' });
    });
    try {
      await client.start();
      this.#output.info(`The server runs (process ${client.serverProcess?.pid}).`);
    } catch (error) {
      this.#output.error(`The server did not start: ${String(error)}`);
      this.#stopped(vscode.l10n.t('The server did not start.'));
    }
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (client === undefined) return;
    if (client.needsStop()) await client.stop();
    await client.dispose();
  }

  #stopped(message: string): void {
    this.#status.show({ state: 'stopped', message, typescriptVersion: '' });
  }
}
