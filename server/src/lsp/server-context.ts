import type { Connection } from 'vscode-languageserver/node';
import type { Linter } from '../engine/linter.ts';
import type { Host } from '../model/host.ts';
import type { Analysis } from './analysis.ts';
import type { ClientAbilities } from './client-abilities.ts';
import type { OpenDocuments } from './documents.ts';
import type { RulePages } from './rule-pages.ts';
import type { SettingsStore } from './settings.ts';

/** What the request families share. */
export interface ServerContext {
  readonly connection: Connection;
  readonly abilities: ClientAbilities;
  readonly documents: OpenDocuments;
  readonly settings: SettingsStore;
  readonly analysis: Analysis;
  readonly linter: Linter;
  readonly host: Host;
  readonly pages: RulePages;
  readonly log: Log;
  /** Settles when the client's settings are known. */
  readonly ready: Promise<void>;
}

/** The client's log. Nothing here ever interrupts the user. */
export interface Log {
  info(text: string): void;
  error(what: string, error: unknown): void;
  /** Takes care of work that nobody waits for: a failure is logged as `what`. */
  own(what: string, work: Promise<unknown>): void;
  /** The last error, for the diagnostic report. */
  readonly lastError: string | undefined;
}

export function createLog(connection: Connection): Log {
  let lastError: string | undefined;
  const error = (what: string, cause: unknown): void => {
    const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    lastError = `${what}: ${detail}`;
    connection.console.error(lastError);
  };
  return {
    info: (text) => connection.console.info(text),
    error,
    own: (what, work) => {
      work.catch((cause: unknown) => error(what, cause));
    },
    get lastError() {
      return lastError;
    },
  };
}
